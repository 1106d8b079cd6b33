package casefile

import (
	"context"
	"fmt"

	"vedette/backend/custody"
)

// CheckpointAt states where the custody log stood after its first size records,
// recomputed from the records, and signs it where there is a key. Its time is
// that of the last of them, so that the same position always gives the same
// bytes. size is 1..LogSize.
func (c *Case) CheckpointAt(ctx context.Context, size int64) (custody.SignedCheckpoint, error) {
	var out custody.SignedCheckpoint
	rows, err := c.Log(ctx, size-1, 1)
	if err != nil {
		return out, err
	}
	if len(rows) != 1 {
		return out, fmt.Errorf("checkpoint at %d: the log has %d records", size, c.LogSize())
	}
	root, head, err := rootAt(ctx, c.read, size)
	if err != nil {
		return out, fmt.Errorf("checkpoint at %d: %w", size, asFault(err))
	}
	cp := custody.Checkpoint{Case: c.Meta().ID, Size: size, Root: root, Head: head, Time: rows[0].At}
	if c.out.key.IsZero() {
		return custody.SignedCheckpoint{Checkpoint: cp}, nil
	}
	if out, err = custody.SignCheckpoint(cp, c.out.key); err != nil {
		return out, fmt.Errorf("checkpoint at %d: %w", size, err)
	}
	return out, nil
}
