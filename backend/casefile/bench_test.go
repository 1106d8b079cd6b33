package casefile

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// benchSource makes posts like those of a social network: some 450 bytes of
// text each, with authors, counts, hashtags and links.
func benchSource(n int) *source {
	rng := rand.New(rand.NewPCG(9, 10))
	words := make([]string, 30_000)
	for i := range words {
		b := make([]byte, 3+rng.IntN(8))
		for j := range b {
			b[j] = byte('a' + rng.IntN(26))
		}
		words[i] = string(b)
	}
	zipf := rand.NewZipf(rng, 1.2, 8, uint64(len(words)-1))
	var s source
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		var text strings.Builder
		for text.Len() < 440 {
			text.WriteString(words[zipf.Uint64()])
			text.WriteByte(' ')
		}
		author := rng.IntN(n/8 + 1)
		p := &model.Post{
			Platform: "x", NativeID: fmt.Sprint(1_700_000_000_000 + i), Kind: model.KindPost, PageType: model.PageSocial,
			Author: model.Account{
				Platform: "x", NativeID: fmt.Sprint(author), Handle: fmt.Sprint("user", author), Name: fmt.Sprint("User ", author),
				Description: "writes about harbours and ships", Followers: model.Known(rng.Int64N(10_000)), Following: model.Known(300), Posts: model.Known(int64(i)),
			},
			Text: text.String(), URL: fmt.Sprint("https://x.example/status/", i), PlatformLang: "en",
			Created:    model.Instant{Time: start.Add(time.Duration(i) * time.Second), Original: "Mon Jan 01 00:00:00 +0000 2024", Zone: model.ZoneStated},
			Hashtags:   []string{"harbour", words[i%100]},
			Visibility: model.VisibilityPublic,
			Counts:     model.Counts{Likes: model.Known(rng.Int64N(500)), Comments: model.Known(rng.Int64N(50)), Shares: model.Known(rng.Int64N(90)), Views: model.Known(rng.Int64N(9000))},
		}
		if i%4 == 0 {
			p.Refs = model.Refs{ReplyTo: fmt.Sprint("x:", i/2), Thread: fmt.Sprint("x:", i/3)}
		}
		if i%3 == 0 {
			p.Links = []model.Link{{URL: "https://news.example/" + words[i%1000]}}
		}
		raw := fmt.Appendf(nil, `{"id":"%s","text":%q,"user":{"id":"%d"}}`, p.NativeID, p.Text, author)
		s.records = append(s.records, model.Record{
			Seq: int64(i), Locator: model.Locator{Offset: int64(len(s.data)), Length: int64(len(raw))}, Raw: raw, Post: p,
		})
		s.data = append(append(s.data, raw...), '\n')
	}
	return &s
}

const benchPosts = 100_000

// BenchmarkAppend measures posts acknowledged per second from ready items, with
// evidence, custody and checkpoints, against FTS5 indexing the same texts.
func BenchmarkAppend(b *testing.B) {
	s := benchSource(benchPosts)
	for range b.N {
		b.StopTimer()
		fts := ftsRate(b, s)
		w := newWorld(b)
		batch := w.begin("bench.jsonl", s)
		items := s.items(batch, 0, len(s.records))
		for i := range items {
			items[i].Enriched, items[i].Raw = nil, nil
		}
		b.StartTimer()
		begun := time.Now()
		for i := 0; i < len(items); i += MaxAppend {
			_, err := w.c.Append(context.Background(), batch.ID, items[i:min(i+MaxAppend, len(items))])
			w.must(err)
		}
		rate := benchPosts / time.Since(begun).Seconds()
		b.StopTimer()
		b.ReportMetric(rate, "posts/s")
		b.ReportMetric(rate/fts, "of-fts5")
		counts, err := w.c.Counts(context.Background())
		w.must(err)
		b.ReportMetric(float64(counts.Bytes)/benchPosts, "bytes/post")
		w.close()
	}
}

// ftsRate is how many of the same texts FTS5 indexes per second.
func ftsRate(b *testing.B, s *source) float64 {
	db := sql.OpenDB(connector{path: filepath.Join(b.TempDir(), "fts.db"), how: openWrite})
	defer db.Close()
	db.SetMaxOpenConns(1)
	exec := func(q string) {
		if _, err := db.Exec(q); err != nil {
			b.Fatal(err)
		}
	}
	exec("CREATE VIRTUAL TABLE f USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0')")
	begun := time.Now()
	st, err := db.Prepare("INSERT INTO f (rowid, text) VALUES (?,?)")
	if err != nil {
		b.Fatal(err)
	}
	defer st.Close()
	for i := 0; i < len(s.records); {
		exec("BEGIN")
		for end := min(i+10_000, len(s.records)); i < end; i++ {
			if _, err := st.Exec(int64(i+1), s.records[i].Post.Text); err != nil {
				b.Fatal(err)
			}
		}
		exec("COMMIT")
	}
	return float64(len(s.records)) / time.Since(begun).Seconds()
}

// BenchmarkCommit measures hashing: what callers do in parallel.
func BenchmarkCommit(b *testing.B) {
	s := benchSource(1000)
	b.ResetTimer()
	for i := range b.N {
		custody.CommitItem(&s.records[i%1000], "x/1", [32]byte{1})
	}
}

// BenchmarkRead measures the streams and the verification of a case.
func BenchmarkRead(b *testing.B) {
	s := benchSource(benchPosts)
	w := newWorld(b)
	w.load("bench.jsonl", s, MaxAppend)
	ctx := context.Background()
	for name, run := range map[string]func() error{
		"facets": func() error { return w.c.FacetRows(ctx, 0, func([]model.FacetRow) error { return nil }) },
		"texts":  func() error { return w.c.Texts(ctx, 0, func([]TextRow) error { return nil }) },
		"posts":  func() error { return w.c.PostsForEnrich(ctx, 0, func([]int64, []model.Post) error { return nil }) },
		"commitments": func() error {
			ids := make([]int64, benchPosts)
			for i := range ids {
				ids[i] = int64(i + 1)
			}
			return w.c.Commitments(ctx, ids, func(int64, model.Hash) error { return nil })
		},
		"verify": func() error {
			r, err := Verify(ctx, w.dir, VerifyOptions{ConfigDir: w.config})
			if err == nil && !r.OK {
				err = fmt.Errorf("findings %+v", r.Findings)
			}
			return err
		},
		"page of 50": func() error {
			ids := make([]int64, 50)
			for i := range ids {
				ids[i] = int64(1 + i*1999)
			}
			_, err := w.c.Posts(ctx, ids)
			return err
		},
		"open": func() error {
			c, err := Open(ctx, w.dir, Options{ReadOnly: true})
			if err != nil {
				return err
			}
			return c.Close()
		},
	} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				w.must(run())
			}
		})
	}
}

// BenchmarkStoreContainer measures taking an original file into the case.
func BenchmarkStoreContainer(b *testing.B) {
	s := benchSource(50_000)
	w := newWorld(b)
	b.SetBytes(int64(len(s.data)))
	b.ResetTimer()
	for i := range b.N {
		data := append(bytes.Clone(s.data), fmt.Sprint(i)...)
		_, err := w.c.StoreContainer(context.Background(), "x", bytes.NewReader(data), nil)
		w.must(err)
	}
}
