package workspace

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"vedette/backend/casefile"
)

// custodyHead reads where the custody log stands.
func (s *Session) custodyHead(ctx context.Context) (CustodyHead, error) {
	cp, err := s.c.Checkpoint(ctx)
	if err != nil {
		return CustodyHead{}, fmt.Errorf("read the custody head: %w", err)
	}
	return CustodyHead{Size: cp.Size, Root: hex.EncodeToString(cp.Root[:]), Head: hex.EncodeToString(cp.Head[:])}, nil
}

// Log reads the custody log after a position, oldest first.
func (s *Session) Log(ctx context.Context, after int64, limit int) ([]CustodyRow, error) {
	rows, err := s.c.Log(ctx, after, limit)
	if err != nil {
		return nil, fmt.Errorf("read the custody log: %w", err)
	}
	out := make([]CustodyRow, len(rows))
	for i, r := range rows {
		out[i] = custodyRow(r)
	}
	return out, nil
}

func custodyRow(r casefile.LogEntry) CustodyRow {
	return CustodyRow{Index: r.Seq, At: r.At, Actor: r.Actor, Action: r.Action, Object: r.Object, Hash: hex.EncodeToString(r.Hash[:])}
}

// logEvent writes something that was done with the case into its custody log. A
// read-only session cannot, and what it does is not logged.
func (s *Session) logEvent(ctx context.Context, action, object string, details map[string]string) error {
	if s.c.ReadOnly() {
		return nil
	}
	payload, err := json.Marshal(details)
	if err != nil {
		return fmt.Errorf("log %s: %w", action, err)
	}
	s.write.Lock()
	defer s.write.Unlock()
	if _, err := s.c.LogEvent(ctx, action, object, payload); err != nil {
		return fmt.Errorf("log %s: %w", action, err)
	}
	return nil
}
