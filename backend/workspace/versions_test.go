package workspace

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestAnEditIsKeptBesideTheFirstVersion(t *testing.T) {
	ctx := context.Background()
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	first := writeLines(t, 0, 3)
	importLines(t, s, first)
	old, err := os.ReadFile(first)
	if err != nil {
		t.Fatal(err)
	}
	later := filepath.Join(t.TempDir(), "later.ndjson")
	if err := os.WriteFile(later, []byte(strings.ReplaceAll(string(old), "number 1 is", "number 1 was")), 0o600); err != nil {
		t.Fatal(err)
	}
	if b := importLines(t, s, later); b.Duplicate != 3 || b.Accepted != 0 {
		t.Fatalf("%+v", b)
	}
	d, err := s.Show(ctx, "x:9007199254740994")
	if err != nil || len(d.Sightings) != 2 {
		t.Fatalf("%+v, %v", d, err)
	}
	v := d.Sightings[1].Version
	if d.Sightings[0].Version != nil || v == nil || !strings.Contains(v.Text, "number 1 was") || !reflect.DeepEqual(v.Changed, []string{"text"}) {
		t.Errorf("%+v", v)
	}
	if !strings.Contains(d.Post.Text, "number 1 is") {
		t.Errorf("the first version is now %q", d.Post.Text)
	}
	if d, err = s.Show(ctx, "x:9007199254740993"); err != nil || d.Sightings[1].Version != nil {
		t.Errorf("a post that did not change has a version: %+v, %v", d.Sightings, err)
	}
}
