package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"vedette/backend/model"
)

// dashboardKinds are the analyses of the situation over one selection. Early
// alerts look at the whole case and are asked apart.
var dashboardKinds = []string{"volume", "sentiment", "voice", "accounts", "hashtags", "domains", "types", "languages", "platforms"}

// Dashboard computes what the situation of a selection shows, by kind, as
// canonical JSON. Nothing is recorded.
func (s *Session) Dashboard(ctx context.Context, sel model.Selection) (map[string]json.RawMessage, error) {
	sel = s.withoutPrivate(sel)
	chosen, err := s.selectPosts(ctx, sel)
	if err != nil {
		return nil, err
	}
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		out  = make(map[string]json.RawMessage, len(dashboardKinds))
		fail error
	)
	for _, kind := range dashboardKinds {
		wg.Go(func() {
			b, err := s.result(ctx, model.RunSpec{Kind: kind, Selection: sel}, chosen)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				fail = fmt.Errorf("dashboard: %w", err)
				return
			}
			out[kind] = b
		})
	}
	wg.Wait()
	return out, fail
}
