package casefile

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
)

// findUID looks a UID up in the keys of the chunks, newest last, and checks
// every hit against its post. It reads eight bytes a post.
func (c *Case) findUID(ctx context.Context, uid string) (int64, error) {
	h := sha256.Sum256([]byte(uid))
	key := binary.BigEndian.Uint64(h[:8])
	var maybe []int64
	err := queryRows(ctx, c.read, 2, func(r *row) error {
		first, keys := r.num(), r.blob()
		for i := 0; i+8 <= len(keys); i += 8 {
			if binary.BigEndian.Uint64(keys[i:]) == key {
				maybe = append(maybe, first+int64(i/8))
			}
		}
		return nil
	}, "SELECT post, uids FROM chunks WHERE fresh > 0 ORDER BY log")
	if err != nil {
		return 0, err
	}
	for _, id := range maybe {
		var same bool
		err := queryRows(ctx, c.read, 2, func(r *row) error { same = r.text()+":"+r.text() == uid; return nil },
			"SELECT platform, native_id FROM posts WHERE id = ?", id)
		if err != nil || same {
			return id, err
		}
	}
	return 0, nil
}
