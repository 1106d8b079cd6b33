package casefile

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// world is one test's case folder, configuration folder and clock.
type world struct {
	t      testing.TB
	dir    string
	config string
	clock  time.Time
	c      *Case
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, dir: filepath.Join(t.TempDir(), "case"), config: t.TempDir(), clock: time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC)}
	c, err := Create(context.Background(), w.dir, model.CaseMeta{Name: "Harbour", Owner: "Ada", Purpose: "test", TLP: model.TLPAmber, Zone: "UTC"}, w.options())
	w.must(err)
	w.c = c
	t.Cleanup(func() { w.close() })
	return w
}

func (w *world) options() Options {
	return Options{Actor: "ada", ConfigDir: w.config, Now: func() time.Time { w.clock = w.clock.Add(time.Second); return w.clock }}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) close() {
	w.t.Helper()
	if w.c != nil {
		w.must(w.c.Close())
		w.c = nil
	}
}

func (w *world) reopen() {
	w.t.Helper()
	w.close()
	c, err := Open(context.Background(), w.dir, w.options())
	w.must(err)
	w.c = c
}

// source is a container made of records, one per line, and what was read of it.
type source struct {
	data    []byte
	records []model.Record
}

// line adds a record that is a byte range.
func (s *source) line(p *model.Post, rej *model.Reject) {
	raw := fmt.Appendf(nil, `{"n":%d,"post":%v,"text":"some original bytes of record %d"}`, len(s.records), p != nil, len(s.records))
	s.records = append(s.records, model.Record{
		Seq: int64(len(s.records)), Locator: model.Locator{Offset: int64(len(s.data)), Length: int64(len(raw))}, Raw: raw, Post: p, Reject: rej,
	})
	s.data = append(append(s.data, raw...), '\n')
}

// row adds a record that is a table row with canonical bytes.
func (s *source) row(p *model.Post, rej *model.Reject) {
	n := len(s.records)
	s.records = append(s.records, model.Record{
		Seq: int64(n), Locator: model.Locator{Row: int64(n + 2)}, Raw: fmt.Appendf(nil, "cell %d", n), Post: p, Reject: rej,
	})
	s.data = fmt.Appendf(s.data, "row %d;x\n", n)
}

func salt(batch int64, seq int64) [32]byte {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:], uint64(batch))
	binary.BigEndian.PutUint64(b[8:], uint64(seq))
	return sha256.Sum256(b[:])
}

// begin stores the source's bytes and begins a batch over them.
func (w *world) begin(name string, s *source) model.Batch {
	w.t.Helper()
	ctx := context.Background()
	cont, err := w.c.StoreContainer(ctx, name, bytes.NewReader(s.data), nil)
	w.must(err)
	b, err := w.c.BeginBatch(ctx, model.Batch{File: name, Container: cont.SHA256, Format: "test", Version: "1", Source: model.Source{Name: "src", Mode: model.ModeOpen}})
	w.must(err)
	return b
}

// items commits to records of the source.
func (s *source) items(b model.Batch, from, to int) []model.Item {
	out := make([]model.Item, 0, to-from)
	for i := from; i < to; i++ {
		r := s.records[i]
		r.Locator.Container = b.Container
		it := custody.CommitItem(&r, b.Format+"/"+b.Version, salt(b.ID, r.Seq))
		if r.Post != nil {
			it.Enriched = &model.Enrichment{
				Version: "e/1", Lang: "en", LangConfidence: 0.9, Polarity: model.PolarityPositive, Sentiment: 0.5,
				Hashtags: []string{"tag"}, Links: []model.EnrichedLink{{URL: "https://example.org/a", Domain: "example.org"}},
			}
		}
		out = append(out, it)
	}
	return out
}

// load imports the whole source in chunks of n.
func (w *world) load(name string, s *source, n int) model.Batch {
	w.t.Helper()
	b := w.begin(name, s)
	for i := 0; i < len(s.records); i += n {
		_, err := w.c.Append(context.Background(), b.ID, s.items(b, i, min(i+n, len(s.records))))
		w.must(err)
	}
	b, err := w.c.FinishBatch(context.Background(), b)
	w.must(err)
	return b
}

// fullPost sets every field, so that what is lost on the way is seen.
func fullPost(id string) *model.Post {
	yes := true
	return &model.Post{
		Platform: "x", NativeID: id, Kind: model.KindPost, PageType: model.PageSocial,
		Author: model.Account{
			Platform: "x", NativeID: "u" + id, Handle: "Ann" + id, Name: "Ann", Description: "Likes\x00harbours", URL: "https://ann.example",
			Created:   model.Instant{Time: time.Date(2011, 2, 3, 4, 5, 6, 7, time.UTC), Original: "2011", Zone: model.ZoneStated},
			Followers: model.Known(0), Following: model.Known(12), Posts: model.Known(900), Verified: &yes, DeclaredBot: true,
			Place:  model.Place{Name: "Kiel", Country: "DE", Lat: 54.3, Lon: 10.1, HasPoint: true, Provenance: model.ProvenanceDeclared},
			Gender: model.Attributed{Value: "f", Provenance: model.ProvenanceDeclared}, Age: model.Attributed{Value: "40", Provenance: model.ProvenancePlatform},
		},
		Title: "A title", Text: "Über the #Harbour \U0001F6A2 \xff broken " + id, URL: "https://x.example/" + id, PlatformLang: "de",
		Created:  model.Instant{Time: time.Date(2024, 4, 1, 9, 30, 0, 123456789, time.UTC), Original: "1 Apr 2024", Zone: model.ZoneAssumed},
		Edited:   model.Instant{Time: time.Date(2024, 4, 1, 9, 40, 0, 0, time.UTC), Original: "later", Zone: model.ZoneChosen},
		Refs:     model.Refs{ReplyTo: "x:1", RepostOf: "x:2", QuoteOf: "x:3", Thread: "x:0"},
		Hashtags: []string{"Harbour", "q\"uote", "bad\xfe", ""}, Mentions: []model.Mention{{Handle: "Bob", AccountID: "7"}, {Handle: "Eve"}},
		Links: []model.Link{{URL: "https://example.org/a?b=1", Title: "T"}}, Media: []model.Media{{Type: "image", URL: "u", Alt: "alt", SHA256: "00", PHash: "0123456789abcdef"}, {Type: "file"}},
		Place:      model.Place{Name: "Hafen", Country: "DE", Lat: -54.5, Lon: 0, HasPoint: true, Provenance: model.ProvenancePlatform},
		Visibility: model.VisibilityUnlisted, Counts: model.Counts{Likes: model.Known(3), Shares: model.Known(0)},
		CapturedAt: model.Instant{Time: time.Date(2024, 4, 2, 0, 0, 0, 0, time.UTC), Original: "c", Zone: model.ZoneStated},
	}
}

func plainPost(id string) *model.Post {
	return &model.Post{
		Platform: "reddit", NativeID: id, Kind: model.KindComment, PageType: model.PageForum, Text: "plain " + id, Visibility: model.VisibilityPublic,
		Author: model.Account{Platform: "reddit", NativeID: "@joe", Handle: "joe"},
	}
}
