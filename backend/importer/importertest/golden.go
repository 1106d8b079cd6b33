package importertest

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// update makes golden files be written instead of compared.
var update = flag.Bool("update", false, "write the golden files")

// Golden compares a value, as indented JSON, with a golden file.
func Golden(t *testing.T, file string, v any) {
	t.Helper()
	var got bytes.Buffer
	enc := json.NewEncoder(&got)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("%s differs (run with -update to accept):\n%s", file, got.Bytes())
	}
}

// GoldenText compares a text with a golden file.
func GoldenText(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (run with -update to accept)", file)
	}
}

// Short is the part of a post of a real file that golden files keep: enough to
// see that it was read right, not enough to be the post.
type Short struct {
	UID     string       `json:"uid"`
	Created string       `json:"created,omitempty"`
	Author  string       `json:"author,omitempty"`
	Text    string       `json:"text,omitempty"`
	Counts  model.Counts `json:"counts,omitzero"`
}

// shortText is how many characters of a text are kept.
const shortText = 60

// Shorten gives the first, the middle and the last post.
func Shorten(c *Collected) []Short {
	var out []Short
	for _, s := range Summarise(c) {
		words := s.Text
		if words == "" {
			words = s.Title
		}
		author := s.Author
		if author == "" {
			author = s.Name
		}
		out = append(out, Short{s.UID, s.Created, author, text.Clip(words, shortText), s.Counts})
	}
	return out
}

// Summary is the part of a post that golden files keep.
type Summary struct {
	Seq     int64        `json:"seq"`
	Offset  int64        `json:"offset"`
	Length  int64        `json:"length"`
	UID     string       `json:"uid"`
	Kind    model.Kind   `json:"kind"`
	Author  string       `json:"author,omitempty"`
	Name    string       `json:"name,omitempty"`
	Created string       `json:"created,omitempty"`
	Edited  string       `json:"edited,omitempty"`
	Title   string       `json:"title,omitempty"`
	Text    string       `json:"text"`
	URL     string       `json:"url,omitempty"`
	Counts  model.Counts `json:"counts,omitzero"`
	Refs    model.Refs   `json:"refs,omitzero"`
	Tags    []string     `json:"hashtags,omitempty"`
	Links   []model.Link `json:"links,omitempty"`
	Media   int          `json:"media,omitempty"`
}

// Summarise gives the first, the middle and the last post.
func Summarise(c *Collected) []Summary {
	var all []Summary
	for _, r := range c.Records {
		if p := r.Post; p != nil {
			all = append(all, Summary{
				Seq: r.Seq, Offset: r.Locator.Offset, Length: r.Locator.Length,
				UID: p.UID(), Kind: p.Kind, Author: p.Author.UID(), Name: p.Author.Name,
				Created: stamp(p.Created), Edited: stamp(p.Edited), Title: p.Title, Text: p.Text, URL: p.URL,
				Counts: p.Counts, Refs: p.Refs, Tags: p.Hashtags, Links: p.Links, Media: len(p.Media),
			})
		}
	}
	if len(all) <= 3 {
		return all
	}
	return []Summary{all[0], all[len(all)/2], all[len(all)-1]}
}

func stamp(i model.Instant) string {
	if i.Time.IsZero() {
		return i.Original
	}
	return i.Time.Format("2006-01-02T15:04:05.999999999Z07:00") + " " + string(i.Zone)
}

// Outcome is what became of one real file.
type Outcome struct {
	Read     int            `json:"read"`
	Accepted int            `json:"accepted"`
	Rejected int            `json:"rejected,omitempty"`
	Reasons  map[string]int `json:"reasons,omitempty"`
	Kinds    map[string]int `json:"kinds,omitempty"`
	Authors  int            `json:"with_author_name"`
	Dated    int            `json:"dated"`
	// Unknown counts distinct unknown fields.
	Unknown int    `json:"unknown_fields,omitempty"`
	Refused string `json:"refused,omitempty"`
	Error   string `json:"error,omitempty"`
}

// Real reads every file below a folder of ../shared/data with one format and
// compares what became of each with a golden table. It is skipped only when the
// folder of real data is absent.
func Real(t *testing.T, f importer.Format, sub, golden string) {
	t.Helper()
	root := DataDir(t)
	got := map[string]Outcome{}
	dir := filepath.Join(root, filepath.FromSlash(sub))
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		got[filepath.ToSlash(name)] = outcome(t, f, name, data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	Golden(t, golden, got)
}

// DataDir returns the folder of real data beside the repository, and skips the
// test when there is none.
func DataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
	data := filepath.Join(dir, "..", "shared", "data")
	if _, err := os.Stat(data); errors.Is(err, fs.ErrNotExist) {
		t.Skip("no real data beside the repository")
	}
	return data
}

func outcome(t *testing.T, f importer.Format, name string, data []byte) Outcome {
	t.Helper()
	file := FileOf(filepath.Base(name), data)
	if _, _, err := importer.Detect([]importer.Format{f}, file, importer.Options{}); err != nil {
		var refused *importer.Refused
		if errors.As(err, &refused) {
			return Outcome{Refused: refused.Reason}
		}
		return Outcome{Error: err.Error()}
	}
	c, err := Read(t.Context(), f, name, data, importer.Options{})
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	CheckRecords(t, data, c)
	o := Outcome{Read: len(c.Records), Unknown: len(c.Fields), Kinds: map[string]int{}}
	for _, r := range c.Records {
		if r.Reject != nil {
			o.Rejected++
			if o.Reasons == nil {
				o.Reasons = map[string]int{}
			}
			o.Reasons[r.Reject.Code]++
			continue
		}
		o.Accepted++
		o.Kinds[string(r.Post.Kind)]++
		if r.Post.Author.Handle != "" {
			o.Authors++
		}
		if !r.Post.Created.Time.IsZero() {
			o.Dated++
		}
	}
	return o
}
