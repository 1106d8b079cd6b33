package workspace

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"

	"vedette/backend/report"
)

// outputs are the log's traces of what left the case, and of the case's being
// opened on another machine; they change nothing in it.
var outputs = []string{"event:report", "event:export", "adopt"}

// asOf finds the last custody record that is not the trace of an output.
func (s *Session) asOf(ctx context.Context) (int64, error) {
	const window = 64
	for end := s.c.LogSize(); end > 0; {
		after := max(0, end-window)
		rows, err := s.c.Log(ctx, after, int(end-after))
		if err != nil {
			return 0, fmt.Errorf("read the custody log: %w", err)
		}
		for i := len(rows) - 1; i >= 0; i-- {
			if !isOutput(rows[i].Action) {
				return rows[i].Seq, nil
			}
		}
		end = after
	}
	return 0, fmt.Errorf("the custody log has no record")
}

func isOutput(action string) bool {
	for _, o := range outputs {
		if strings.EqualFold(action, o) {
			return true
		}
	}
	return false
}

// reportCustody fills in as of which custody record the report is made, and
// what lets a reader check it.
func (s *Session) reportCustody(ctx context.Context, in *report.Input) error {
	n, err := s.asOf(ctx)
	if err != nil {
		return err
	}
	cp, err := s.c.CheckpointAt(ctx, n)
	if err != nil {
		return fmt.Errorf("read the custody root: %w", err)
	}
	in.AsOf = report.AsOf{LogIndex: n, At: cp.Checkpoint.Time}
	in.Custody = report.Custody{
		LogSize: n, Root: hex.EncodeToString(cp.Checkpoint.Root[:]), Head: hex.EncodeToString(cp.Checkpoint.Head[:]),
		PublicKey: s.c.PublicKey(), Outside: len(cp.Signature) > 0,
	}
	if len(cp.Signature) > 0 {
		in.Custody.Checkpoint = string(cp.Bytes())
	}
	return nil
}
