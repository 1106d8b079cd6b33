package table

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/model"
)

// TestGuide reads the guide for users: its example works, and it names every
// field and every shipped profile.
func TestGuide(t *testing.T) {
	b, err := os.ReadFile(filepath.FromSlash("../../../docs/guide/profiles.md"))
	if err != nil {
		t.Fatal(err)
	}
	guide := string(b)
	_, rest, _ := strings.Cut(guide, "```json\n")
	example, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("no example")
	}
	p, err := ParseProfile([]byte(example))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ = strings.Cut(guide, "For this table\n\n")
	table, _, _ := strings.Cut(rest, "\n\n")
	got := read(t, strings.ReplaceAll(table, "    ", "")+"\n", importer.Options{Profile: p})
	post := got.Posts()[0]
	if post.UID() != "harbour:1" || post.Text != "Fog, and rain" || post.Counts.Likes != model.Known(1234) || len(post.Hashtags) != 2 ||
		!post.Created.Time.Equal(time.Date(2024, 1, 31, 13, 5, 0, 0, time.UTC)) || post.URL != "https://harbour.example/posts/1" {
		t.Errorf("%+v", post)
	}
	for name := range targets {
		if !strings.Contains(guide, "`"+name+"`") {
			t.Errorf("the guide does not name the field %q", name)
		}
	}
	for _, s := range Shipped() {
		if !strings.Contains(guide, "| `"+s.Name+"` |") {
			t.Errorf("the guide does not name the profile %q", s.Name)
		}
	}
}
