package xgraphql_test

import (
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/xgraphql"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, xgraphql.Format{}, []importertest.Case{
		{Name: "search", File: "testdata/search.json", Accepted: 4, Rejected: 2, Golden: "testdata/search.golden.json"},
		{Name: "single posts", File: "testdata/lines.jsonl", Accepted: 1, Rejected: 2},
		{Name: "older", File: "testdata/global.json", Accepted: 1, Golden: "testdata/global.golden.json", Partial: true},
		{Name: "accounts", Data: []byte(`{"data":{"user":{"result":{"__typename":"User","rest_id":"1"}}}}`), Refused: "without posts"},
	})
}

func TestSearch(t *testing.T) {
	data := importertest.Case{File: "testdata/search.json"}.Bytes(t)
	c, err := importertest.Read(t.Context(), xgraphql.Format{}, "x.json", data, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := c.Posts()
	if p[0].Text != "The first & last" || p[0].Author.Followers != model.Known(3) || p[1].Refs.QuoteOf != "x:99" || p[2].Author.Handle != "cy" || p[3].Refs.ReplyTo != "x:100" {
		t.Errorf("%+v %+v %+v %+v", p[0], p[1], p[2], p[3])
	}
	for _, r := range c.Rejects() {
		if r.Code != "tombstone" {
			t.Errorf("rejected: %+v", r)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"search.json", "lines.jsonl", "global.json"} {
		f.Add(importertest.Case{File: "testdata/" + name}.Bytes(f))
	}
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, xgraphql.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, xgraphql.Format{}, append(importertest.Case{File: "testdata/search.json"}.Bytes(b), '\n'), 500)
}
