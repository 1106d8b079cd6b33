package casefile

import (
	"context"
	"fmt"

	"vedette/backend/model"
)

// RejectRaw returns the bytes of a rejected record, by its batch and its place
// in it: exact bytes of the container when the record is a range of it, and else
// what was kept with the rejection.
func (c *Case) RejectRaw(ctx context.Context, batch, seq int64) (data []byte, exact bool, err error) {
	var l *model.Locator
	err = c.rows(ctx, 7, func(r *row) error {
		x := r.locator()
		l, data = &x, r.blob()
		return nil
	}, "SELECT c.sha256, m.path, r.start, r.length, r.line, r.item, x.data FROM rejects r "+
		"LEFT JOIN containers c ON c.id = r.container LEFT JOIN members m ON m.id = r.member "+
		"LEFT JOIN raws x ON x.item = r.id WHERE r.batch = ? AND r.seq = ?", batch, seq)
	if err == nil && l == nil {
		err = &model.Fault{Code: "reject_not_found", Params: map[string]string{
			"batch": fmt.Sprint(batch), "record": fmt.Sprint(seq + 1),
			"message": fmt.Sprintf("Record %d of batch %d was not rejected.", seq+1, batch),
		}}
	}
	if err == nil && l.HasRange() {
		exact = true
		data, err = c.readRange(ctx, l)
	}
	if err != nil {
		return nil, false, fmt.Errorf("read rejected record: %w", err)
	}
	return data, exact, nil
}
