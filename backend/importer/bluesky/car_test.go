package bluesky_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"vedette/backend/importer"
	"vedette/backend/importer/bluesky"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

type m = map[string]any

// repo writes CAR files.
type repo struct {
	t    testing.TB
	body bytes.Buffer
}

func (r *repo) encode(v any) []byte {
	r.t.Helper()
	mode, err := cbor.EncOptions{Sort: cbor.SortLengthFirst}.EncMode()
	if err != nil {
		r.t.Fatal(err)
	}
	b, err := mode.Marshal(v)
	if err != nil {
		r.t.Fatal(err)
	}
	return b
}

// add writes a block and gives the link to it.
func (r *repo) add(v any) cbor.Tag {
	data := r.encode(v)
	sum := sha256.Sum256(data)
	id := append([]byte{1, 0x71, 0x12, 32}, sum[:]...)
	r.body.Write(binary.AppendUvarint(nil, uint64(len(id)+len(data))))
	r.body.Write(id)
	r.body.Write(data)
	return cbor.Tag{Number: 42, Content: append([]byte{0}, id...)}
}

func (r *repo) file(root any) []byte {
	head := r.encode(m{"version": 1, "roots": []any{root}})
	return append(append(binary.AppendUvarint(nil, uint64(len(head))), head...), r.body.Bytes()...)
}

// node is a part of the tree: keys in order, each with its record.
func (r *repo) node(left any, pairs ...any) cbor.Tag {
	last := ""
	var entries []any
	for i := 0; i < len(pairs); i += 3 {
		key := pairs[i].(string)
		p := 0
		for p < len(key) && p < len(last) && key[p] == last[p] {
			p++
		}
		entries = append(entries, m{"p": p, "k": []byte(key[p:]), "v": pairs[i+1], "t": pairs[i+2]})
		last = key
	}
	return r.add(m{"l": left, "e": entries})
}

// sample is a repository with a tree of two levels.
func sample(t testing.TB) []byte {
	r := &repo{t: t}
	reply := m{
		"$type": "app.bsky.feed.post", "text": "olá #mar", "createdAt": "2024-05-01T12:00:00.000Z", "langs": []any{"pt"},
		"facets": []any{m{"index": m{"byteStart": 5, "byteEnd": 9}, "features": []any{m{"$type": "app.bsky.richtext.facet#tag", "tag": "mar"}}}},
		"reply":  m{"root": m{"uri": "at://did:plc:bbb/app.bsky.feed.post/0", "cid": "x"}, "parent": m{"uri": "at://did:plc:bbb/app.bsky.feed.post/1", "cid": "y"}},
	}
	blob := r.add(m{"x": 1}) // stands for the link to a picture
	one, two := r.add(reply), r.add(m{
		"$type": "app.bsky.feed.post", "text": "", "createdAt": "2024-05-02T12:00:00Z",
		"embed": m{"$type": "app.bsky.embed.images", "images": []any{m{"alt": "a boat", "image": m{"$type": "blob", "ref": blob, "mimeType": "image/png", "size": 12}}}},
	})
	repost := r.add(m{"$type": "app.bsky.feed.repost", "createdAt": "2024-05-03T12:00:00Z", "subject": m{"uri": "at://did:plc:bbb/app.bsky.feed.post/9", "cid": "z"}})
	like := r.add(m{"$type": "app.bsky.feed.like", "createdAt": "2024-05-03T12:00:00Z", "subject": m{"uri": "at://did:plc:bbb/app.bsky.feed.post/9", "cid": "z"}})
	r.add(m{"$type": "app.bsky.feed.post", "text": "nobody's", "createdAt": "2024-05-03T12:00:00Z"})
	absent := cbor.Tag{Number: 42, Content: append([]byte{0, 1, 0x71, 0x12, 32}, make([]byte, 32)...)}
	right := r.node(nil, "app.bsky.feed.post/3k2", two, nil, "app.bsky.feed.post/3k9", absent, nil)
	left := r.node(nil, "app.bsky.feed.like/3k0", like, nil)
	top := r.node(left, "app.bsky.feed.post/3k1", one, right, "app.bsky.feed.repost/3k3", repost, nil)
	return r.file(r.add(m{"did": "did:plc:aaa", "version": 3, "data": top, "rev": "3k", "prev": nil, "sig": []byte{1}}))
}

func TestCAR(t *testing.T) {
	data := sample(t)
	importertest.Run(t, bluesky.CAR{}, []importertest.Case{
		{Name: "repository", Data: data, Accepted: 3, Rejected: 2, Binary: true, Partial: true, Golden: "testdata/car.golden.json"},
		{Name: "no repository", Data: (&repo{t: t}).file(cbor.Tag{Number: 42, Content: []byte{0, 1}}), Refused: "not the repository"},
		{Name: "version 2", Data: []byte("\x0a\xa1gversion\x02 and so on"), Refused: "version 2"},
	})
	c, err := importertest.Read(t.Context(), bluesky.CAR{}, "repo.car", data, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := map[string]*model.Post{}
	for _, x := range c.Posts() {
		p[x.NativeID] = x
	}
	one := p["at://did:plc:aaa/app.bsky.feed.post/3k1"]
	if one.Text != "olá #mar" || one.Refs.ReplyTo != "bluesky:at://did:plc:bbb/app.bsky.feed.post/1" || one.Hashtags[0] != "mar" || one.PlatformLang != "pt" || one.URL != "https://bsky.app/profile/did:plc:aaa/post/3k1" {
		t.Errorf("post: %+v", one)
	}
	if two := p["at://did:plc:aaa/app.bsky.feed.post/3k2"]; two.Kind != model.KindMedia || two.Media[0].Alt != "a boat" || two.Created.Time.Day() != 2 {
		t.Errorf("picture: %+v", two)
	}
	if r := p["at://did:plc:aaa/app.bsky.feed.repost/3k3"]; r.Kind != model.KindRepost || r.Refs.RepostOf != "bluesky:at://did:plc:bbb/app.bsky.feed.post/9" {
		t.Errorf("repost: %+v", r)
	}
	codes := map[string]int{}
	for _, r := range c.Rejects() {
		codes[r.Code]++
	}
	if codes[importer.RejectNotAPost] != 1 || codes[importer.RejectNoID] != 1 || !strings.HasPrefix(c.Assumed["missing_blocks"], "1 ") || len(c.Fields) != 0 {
		t.Errorf("rejected %v, assumed %v, unknown %v", codes, c.Assumed, c.Fields)
	}
}

// TestCARIsChecked changes one letter of a post: its block is no longer what its
// address says.
func TestCARIsChecked(t *testing.T) {
	data := bytes.Replace(sample(t), []byte("#mar"), []byte("#war"), 1)
	c, err := importertest.Read(t.Context(), bluesky.CAR{}, "repo.car", data, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, data, c)
	found := false
	for _, r := range c.Rejects() {
		found = found || r.Code == "hash_mismatch"
	}
	if !found || len(c.Posts()) != 2 {
		t.Errorf("%d posts, rejected %v", len(c.Posts()), c.Rejects())
	}
}

func FuzzReadCAR(f *testing.F) {
	f.Add(sample(f))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, bluesky.CAR{}, data) })
}

func BenchmarkReadCAR(b *testing.B) {
	r := &repo{t: b}
	var pairs []any
	for i := range 5000 {
		post := r.add(m{"$type": "app.bsky.feed.post", "text": strings.Repeat("words ", 20), "createdAt": "2024-05-01T12:00:00.000Z", "n": i})
		pairs = append(pairs, "app.bsky.feed.post/"+string(rune('a'+i/676%26))+string(rune('a'+i/26%26))+string(rune('a'+i%26)), post, nil)
	}
	data := r.file(r.add(m{"did": "did:plc:aaa", "version": 3, "data": r.node(nil, pairs...)}))
	importertest.Bench(b, bluesky.CAR{}, data, 1)
}
