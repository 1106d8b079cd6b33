package workspace

import "context"

// Verify verifies the open case as it is on disk.
func (s *Session) Verify(ctx context.Context, progress ProgressFunc) (Verification, error) {
	return s.desk.Verify(ctx, s.c.Dir(), "", progress)
}
