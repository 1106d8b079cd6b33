package workspace

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"vedette/backend/model"
)

const privateProfile = `{"name":"p","version":1,"rows":"json","header":["id","at","text","who"],"platform":"telegram","type":"chat","kind":"message",
"fields":{"id":"id","created":"at","text":"text","visibility":"who"}}`

func TestPrivatePostsAreLeftOutOfAnalyses(t *testing.T) {
	ctx := context.Background()
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	path := filepath.Join(t.TempDir(), "chat.jsonl")
	if err := os.WriteFile(path, []byte(`{"id":"1","at":"2026-02-01T10:00:00Z","text":"open","who":"public"}
{"id":"2","at":"2026-02-01T11:00:00Z","text":"closed","who":"private"}
{"id":"3","at":"2026-02-02T11:00:00Z","text":"between us","who":"direct"}
`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(ctx, ImportRequest{Paths: []string{path}, Profile: json.RawMessage(privateProfile)}, nil); err != nil {
		t.Fatal(err)
	}
	if n := total(t, s, ""); n != 3 {
		t.Errorf("%d posts are found", n)
	}
	for want, sel := range map[int64]model.Selection{1: {}, 3: WithPrivate(model.Selection{}), 2: {Exclude: map[string][]string{"visibility": {"direct"}}}} {
		run, err := s.Analyze(ctx, model.RunSpec{Kind: "volume", Selection: sel}, nil)
		if err != nil || run.Posts != want {
			t.Errorf("%+v: %d posts, want %d, %v", sel, run.Posts, want, err)
		}
		again, err := s.Rerun(ctx, run.ID)
		if err != nil || !again.Same {
			t.Errorf("rerun: %+v, %v", again, err)
		}
	}
	got, err := s.Situation(ctx, model.Selection{}, "en")
	if err != nil || got.Posts != 1 || got.Private != 2 {
		t.Fatalf("%d posts, %d left out, %v", got.Posts, got.Private, err)
	}
	ways := 0
	for _, p := range got.Panels {
		for _, series := range p.Points {
			for _, point := range series {
				if point == nil {
					continue
				}
				n := find(t, s, SearchRequest{Selection: Refine(model.Selection{}, *point)}).Total
				if n > 1 {
					t.Errorf("%s: %+v leads to %d posts", p.Kind, point, n)
				}
				ways += int(n)
			}
		}
	}
	if ways == 0 {
		t.Error("no way leads to the post")
	}
}
