package pages_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/pages"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// shape is that of an invented interface: things with an id, lists of them, and
// things inside of things.
func shape() pages.Shape {
	return pages.Shape{
		Record: func(v jsonscan.Value) bool { return v.Has("id") },
		Holder: func(key string, _ jsonscan.Value, record bool) bool { return key == "in" || key == "list" && !record },
		Passed: func(key string) bool { return key == "next" },
		Read: func(v jsonscan.Value, b *importer.Batch) {
			b.Post(v, &model.Post{Platform: "web", NativeID: "n" + v.Get("id").Text(), Kind: model.KindPost, PageType: model.PageOther, Visibility: model.VisibilityPublic})
		},
	}
}

type format struct{}

func (format) Name() string                        { return "pages-test" }
func (format) Version() string                     { return "1" }
func (format) Detect(importer.Head) importer.Match { return importer.Match{Score: 90} }

func (format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	j := importer.JSON{Unit: shape().Unit, Large: shape().Large("list")}
	if err := j.Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("read: %w", err)
	}
	return nil
}

func TestWalk(t *testing.T) {
	importertest.Run(t, format{}, []importertest.Case{
		{Name: "list", Data: []byte(`{"list":[{"id":1,"in":{"id":2,"in":[{"id":3}]}},{"id":4}],"next":"x","novelty":1}`), Accepted: 4},
		{Name: "lines", Data: []byte("{\"id\":1}\n{\"id\":2}\n{\"other\":3}\n7\n"), Accepted: 2, Rejected: 2},
		{Name: "array", Data: []byte(`[{"id":1},{"list":[{"id":2},{"no":"record"},null,"text"]}]`), Accepted: 2, Rejected: 2},
		{Name: "empty", Data: []byte(`{"list":[]}`)},
	})
}

func TestDeepAndLarge(t *testing.T) {
	deep := strings.Repeat(`{"id":1,"in":`, 400) + `{"id":2}` + strings.Repeat(`}`, 400)
	c, err := importertest.Read(t.Context(), format{}, "deep.json", []byte(deep), importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(deep), c)
	if r := c.Rejects(); len(c.Posts()) != 129 || len(r) != 1 || r[0].Code != importer.RejectTooDeep {
		t.Errorf("%d posts, rejected %v", len(c.Posts()), r)
	}
	large := `{"next":1,"list":[` + strings.Repeat(`{"id":5,"x":"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"},`, 100) + `{"id":6}]}`
	c, err = importertest.Read(t.Context(), format{}, "large.json", []byte(large), importer.Options{MaxRecord: 200})
	if err != nil || len(c.Posts()) != 101 {
		t.Errorf("%d posts: %v", len(c.Posts()), err)
	}
}

func TestScan(t *testing.T) {
	const data = `{"list":[{"id":"a","name":"one"},{"id":"b","name":"two"},{"id":"a","name":"again"},{"id":"","name":"x"}]}`
	x := pages.Index{}
	err := shape().Scan(t.Context(), importertest.FileOf("a.json", []byte(data)), importer.Options{}, func(v jsonscan.Value) {
		x.Add(v.Get("id").Text(), v.Get("name").Text())
	}, "list")
	if err != nil || len(x) != 2 || x["a"] != "one" {
		t.Errorf("%v: %v", x, err)
	}
}
