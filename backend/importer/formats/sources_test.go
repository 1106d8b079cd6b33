package formats_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/formats"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

// outcome is what became of one real file, as an import reports it.
type outcome struct {
	file, format                      string
	read, accepted, duplicate, reject int
	why                               string
	posts                             []importertest.Short
}

// TestRealFiles reads every real file as an import does, with all formats asked,
// and holds two things: the table in docs/sources.md, and the first, the middle
// and the last post of each file. `make sources` writes both.
func TestRealFiles(t *testing.T) {
	root := importertest.DataDir(t)
	var all []outcome
	posts := map[string][]importertest.Short{}
	for _, dir := range []string{"posts", "feeds", "web", "tables"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			rel, err := filepath.Rel(root, file)
			if err != nil {
				return err
			}
			o := become(t, root, filepath.ToSlash(rel))
			all = append(all, o)
			if !strings.HasPrefix(o.file, "feeds/gofeed/") && len(o.posts) > 0 { // those have expected answers of their own
				posts[o.file] = o.posts
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	importertest.Golden(t, "testdata/real.json", posts)
	importertest.GoldenText(t, filepath.Join("..", "..", "..", "docs", "sources.md"), sourcesPage(all))
}

// become reads one file below the folder of real data.
func become(t *testing.T, root, rel string) outcome {
	t.Helper()
	o := outcome{file: rel, format: "–"}
	f, err := os.Open(filepath.Join(root, filepath.FromSlash(rel)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // opened for reading
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	file := importer.File{Name: path.Base(rel), Size: info.Size(), R: f}
	x, _, err := importer.Detect(formats.All(), file, importer.Options{})
	if err == nil {
		x, err = importer.Refine(t.Context(), x, file, importer.Options{Scratch: t.TempDir()})
	}
	if err != nil {
		o.why = sentence(t, rel, err)
		return o
	}
	o.format = x.Name()
	c, err := importertest.ReadFile(t.Context(), x, file, importer.Options{Scratch: t.TempDir()})
	if err != nil {
		t.Errorf("%s: %v", rel, err)
	}
	count(&o, c)
	return o
}

// sentence is why a file is not read, without its name.
func sentence(t *testing.T, rel string, err error) string {
	t.Helper()
	var refused *importer.Refused
	var mapping *importer.NeedsMapping
	var unknown *importer.Unrecognised
	switch {
	case errors.As(err, &refused):
		return "refused: " + refused.Reason
	case errors.As(err, &mapping):
		return "a table that needs a mapping"
	case errors.As(err, &unknown):
		if unknown.Empty {
			return "it is empty"
		}
		return "not recognised"
	}
	var fault *model.Fault
	if errors.As(err, &fault) && fault.Params["message"] != "" {
		return fault.Params["message"]
	}
	t.Errorf("%s: %v is no fault with a sentence", rel, err)
	return err.Error()
}

// count reconciles the records as a case does.
func count(o *outcome, c *importertest.Collected) {
	seen := map[string]bool{}
	reasons := map[string]int{}
	for _, r := range c.Records {
		o.read++
		switch {
		case r.Reject != nil:
			o.reject++
			reasons[r.Reject.Code]++
		case seen[r.Post.UID()]:
			o.duplicate++
		default:
			seen[r.Post.UID()] = true
			o.accepted++
		}
	}
	var codes []string
	for code, n := range reasons {
		codes = append(codes, fmt.Sprintf("%s × %d", code, n))
	}
	slices.Sort(codes)
	o.why = strings.Join(codes, ", ")
	o.posts = importertest.Shorten(c)
}

// sourcesPage is the page of documentation.
func sourcesPage(all []outcome) string {
	var b strings.Builder
	b.WriteString(`# What became of every real file

Written by ` + "`make sources`" + `, which reads every file of the folder of real data (not part of this repository) as an import
does; a test holds it. The numbers are of each file alone: *duplicate* is a post that occurs again in the same file. Which records
were rejected, and why, is told by stable codes; ` + "`vedette rejects`" + ` gives the sentence for each. Feeds are summed up by what became
of them. The guide has a page for [every source](guide/sources/).
`)
	var dir string
	for _, o := range all {
		if folder(o.file) == gofeed {
			continue
		}
		if d := folder(o.file); d != dir {
			dir = d
			fmt.Fprintf(&b, "\n## %s\n\n| file | format | read | accepted | duplicate | rejected | why |\n|---|---|--:|--:|--:|--:|---|\n", dir)
		}
		row(&b, strings.TrimPrefix(o.file, dir+"/"), o)
	}
	summed(&b, all)
	return b.String()
}

// gofeed is the folder whose files are summed up.
const gofeed = "feeds/gofeed"

func folder(file string) string {
	parts := strings.SplitN(file, "/", 3)
	if len(parts) < 3 {
		return parts[0]
	}
	return parts[0] + "/" + parts[1]
}

func row(b *strings.Builder, name string, o outcome) {
	clean := strings.NewReplacer("|", "\\|", "\n", " ", "<", "&lt;")
	fmt.Fprintf(b, "| %s | %s | %d | %d | %d | %d | %s |\n", clean.Replace(name), o.format, o.read, o.accepted, o.duplicate, o.reject, clean.Replace(o.why))
}

// summed writes one row for all files of the many feeds that ended alike.
func summed(b *strings.Builder, all []outcome) {
	groups := map[string]*outcome{}
	files := map[string]int{}
	for _, o := range all {
		if folder(o.file) != gofeed {
			continue
		}
		key := o.format + "\x00" + o.why
		if groups[key] == nil {
			groups[key] = &outcome{format: o.format, why: o.why}
		}
		g := groups[key]
		files[key]++
		g.read, g.accepted, g.duplicate, g.reject = g.read+o.read, g.accepted+o.accepted, g.duplicate+o.duplicate, g.reject+o.reject
	}
	keys := make([]string, 0, len(groups))
	for k := range groups {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	fmt.Fprintf(b, "\n## %s, summed up\n\n| file | format | read | accepted | duplicate | rejected | why |\n|---|---|--:|--:|--:|--:|---|\n", gofeed)
	for _, k := range keys {
		row(b, fmt.Sprintf("%d files", files[k]), *groups[k])
	}
}
