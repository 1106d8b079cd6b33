package workspace

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"
)

// rejectsPage is how many rejected records are read from the case at once.
const rejectsPage = 1000

// ExportRejects writes rejected records, of one batch or (0) of all, with their
// bytes, as one JSON object a line, and returns how many there were.
func (s *Session) ExportRejects(ctx context.Context, w io.Writer, batch int64, progress ProgressFunc) (int64, error) {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	m := newMeter(progress, s.desk.opt.Now, "export", "records", "", "records", 0)
	var n, after int64
	for {
		page, err := s.Rejects(ctx, batch, after, rejectsPage)
		if err != nil {
			return n, err
		}
		for _, r := range page {
			x := RejectedRecord{BatchReject: r}
			raw, _, err := s.RejectRaw(ctx, r.Batch, r.Seq)
			if err != nil {
				return n, err
			}
			if utf8.Valid(raw) {
				x.Raw = string(raw)
			} else {
				x.RawBase64 = raw
			}
			if err := enc.Encode(x); err != nil {
				return n, fmt.Errorf("write rejected record: %w", err)
			}
			n, after = n+1, r.Item
			m.set(n)
		}
		if len(page) < rejectsPage {
			break
		}
	}
	if err := out.Flush(); err != nil {
		return n, fmt.Errorf("write rejected records: %w", err)
	}
	return n, nil
}
