package custody

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"vedette/backend/model"
)

// TestCanonicalCoversEveryField changes every field of a post, one at a time
// and however deep, by reflection: a field added to the model and forgotten
// here fails.
func TestCanonicalCoversEveryField(t *testing.T) {
	p := samplePost()
	p.Media[0].PHash = "0123456789abcdef" // a post without one is encoded as before
	base := string(Canonical(&p))
	seen := map[string]string{base: "the post itself"}
	fields := 0
	walk(reflect.ValueOf(&p).Elem(), "Post", func(path string) {
		fields++
		c := string(Canonical(&p))
		if other, ok := seen[c]; ok {
			t.Errorf("changing %s gives the encoding of %s", path, other)
		}
		seen[c] = path
	})
	if string(Canonical(&p)) != base {
		t.Error("the walk did not put everything back")
	}
	if fields < 60 {
		t.Errorf("only %d fields were changed", fields)
	}
}

// walk changes every leaf below v, calls changed, and puts it back.
func walk(v reflect.Value, path string, changed func(path string)) {
	try := func(x any, what string) {
		old := reflect.New(v.Type()).Elem()
		old.Set(v)
		v.Set(reflect.ValueOf(x).Convert(v.Type()))
		changed(path + what)
		v.Set(old)
	}
	switch x := v.Interface().(type) {
	case model.Count:
		n, _ := x.Value()
		try(model.Known(n+1), " + 1")
		try(model.Count{}, " missing")
		return
	case time.Time:
		try(x.Add(1), " + 1 ns")
		try(x.Add(time.Second), " + 1 s")
		try(time.Time{}, " missing")
		return
	case *bool:
		no := false
		try(&no, " no")
		try((*bool)(nil), " unknown")
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			walk(v.Field(i), path+"."+v.Type().Field(i).Name, changed)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i), changed)
		}
		old := reflect.New(v.Type()).Elem()
		old.Set(v)
		v.Set(old.Slice(0, old.Len()-1))
		changed(path + " shorter")
		v.Set(old)
	case reflect.String:
		try(v.String()+"x", " longer")
		try("", " empty")
	case reflect.Bool:
		try(!v.Bool(), " not")
	case reflect.Float64:
		try(v.Float()+0.25, " + 0.25")
	default:
		panic("a field of kind " + v.Kind().String() + " at " + path)
	}
}

func samplePost() model.Post {
	yes := true
	at := func(n int) model.Instant {
		return model.Instant{Time: time.Unix(int64(n)*1000, int64(n)).UTC(), Original: fmt.Sprint("o", n), Zone: model.ZoneStated}
	}
	place := func(n float64) model.Place {
		return model.Place{Name: fmt.Sprint("n", n), Country: "DE", Lat: n, Lon: n + 1, HasPoint: true, Provenance: model.ProvenanceDeclared}
	}
	return model.Post{
		Platform: "x", NativeID: "1", Kind: model.KindPost, PageType: model.PageSocial,
		Author: model.Account{
			Platform: "y", NativeID: "2", Handle: "h", Name: "n", Description: "d", URL: "u", Created: at(1),
			Followers: model.Known(10), Following: model.Known(20), Posts: model.Known(30), Verified: &yes, DeclaredBot: true, Place: place(1),
			Gender: model.Attributed{Value: "f", Provenance: model.ProvenanceDeclared}, Age: model.Attributed{Value: "40", Provenance: model.ProvenancePlatform},
		},
		Title: "t", Text: "text", URL: "url", PlatformLang: "de", Created: at(2), Edited: at(3),
		Refs:     model.Refs{ReplyTo: "a", RepostOf: "b", QuoteOf: "c", Thread: "d"},
		Hashtags: []string{"p", "q"}, Mentions: []model.Mention{{Handle: "r", AccountID: "s"}}, Links: []model.Link{{URL: "v", Title: "w"}},
		Media: []model.Media{{Type: "image", URL: "e", Alt: "f", SHA256: "g"}}, Place: place(5), Visibility: model.VisibilityPublic,
		Counts:     model.Counts{Likes: model.Known(1), Comments: model.Known(2), Shares: model.Known(3), Views: model.Known(4)},
		CapturedAt: at(4),
	}
}

// TestGolden pins the scheme: a case made today must verify for ever.
func TestGolden(t *testing.T) {
	p := samplePost()
	for name, c := range map[string]struct {
		got  model.Hash
		want string
	}{
		"canonical post":   {sha256.Sum256(Canonical(&p)), goldenPost},
		"canonical reject": {sha256.Sum256(CanonicalReject(&model.Reject{Code: "bad_json", Reason: "x"})), goldenReject},
		"item":             {CommitItem(&model.Record{Raw: []byte("raw"), Post: &p}, "f/1", [32]byte{1, 2, 3}).Commit, goldenItem},
		"record": {func() model.Hash {
			var l Log
			l.Append(time.Unix(0, 0), "ada", "create", "case:1", PayloadCommit([]byte("{}")))
			return l.Append(time.Unix(1, 5), "ada", "items", "x", model.Hash{9}).Hash
		}(), goldenRecord},
	} {
		if got := hex.EncodeToString(c.got[:]); got != c.want {
			t.Errorf("%s: %s, not %s", name, got, c.want)
		}
	}
}

func TestItemCommitFormula(t *testing.T) {
	p := samplePost()
	rec := model.Record{Raw: []byte("raw bytes"), Post: &p}
	salt := [32]byte{7}
	it := CommitItem(&rec, "f/1", salt)
	raw := sha256.Sum256(rec.Raw)
	parsed := sha256.Sum256(append(Canonical(&p), "f/1"...))
	want := sha256.Sum256(append(append(append([]byte("item1"), salt[:]...), raw[:]...), parsed[:]...))
	if it.Commit != want || it.RawHash != raw || it.Salt != salt {
		t.Errorf("the commitment is %x, not %x", it.Commit, want)
	}
}

func TestTreeIsRFC6962(t *testing.T) {
	var tree Tree
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(at))
		for i, a := range at {
			out[i] = stored[a]
		}
		return out, nil
	})
	var commits []model.Hash
	for n := range int64(300) {
		data := fmt.Appendf(nil, "leaf %d", n)
		want, err := tlog.StoredHashes(n, data, reader)
		if err != nil {
			t.Fatal(err)
		}
		got := tree.Append(data)
		if len(got) != len(want) || NodeIndex(n) != int64(len(stored)) {
			t.Fatalf("leaf %d stores %d nodes at %d", n, len(got), NodeIndex(n))
		}
		for i := range got {
			if got[i] != model.Hash(want[i]) {
				t.Fatalf("node %d of leaf %d differs", i, n)
			}
		}
		stored = append(stored, want...)
		root, err := tlog.TreeHash(n+1, reader)
		if err != nil {
			t.Fatal(err)
		}
		var edge []model.Hash
		for _, at := range EdgeIndexes(n + 1) {
			edge = append(edge, model.Hash(stored[at]))
		}
		loaded, err := LoadTree(n+1, edge)
		if err != nil {
			t.Fatal(err)
		}
		if tree.Root() != model.Hash(root) || loaded.Root() != model.Hash(root) {
			t.Fatalf("the root after %d leaves differs", n+1)
		}
		h := model.Hash(sha256.Sum256(data))
		commits = append(commits, h)
		var flat Tree
		for i := range commits {
			flat.Append(commits[i][:])
		}
		if MerkleRoot(commits) != flat.Root() {
			t.Fatalf("the Merkle root of %d commitments differs", n+1)
		}
	}
	if (&Tree{}).Root() != sha256.Sum256(nil) || MerkleRoot(nil) != sha256.Sum256(nil) {
		t.Error("the empty tree has another root")
	}
	if _, err := LoadTree(3, nil); err == nil {
		t.Error("a tree without nodes was loaded")
	}
}

func TestCheckpointSigning(t *testing.T) {
	key, err := NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	text, err := key.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseKey(text)
	if err != nil || again.Public() != key.Public() || key.Public() == "" {
		t.Fatalf("the key came back as %q: %v", again.Public(), err)
	}
	cp := Checkpoint{Case: "c", Size: 7, Root: model.Hash{1}, Head: model.Hash{2}, Time: time.Unix(5, 6).UTC()}
	s, err := SignCheckpoint(cp, key)
	if err != nil {
		t.Fatal(err)
	}
	back, err := ParseSignedCheckpoint(s.Bytes())
	if err != nil || back.Checkpoint != cp {
		t.Fatalf("%+v, %v", back, err)
	}
	if err := back.Verify(key.Public()); err != nil {
		t.Error(err)
	}
	other, err := NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := back.Verify(other.Public()); !errors.Is(err, ErrSignature) {
		t.Errorf("another key gave %v", err)
	}
	forged := bytes.Replace(s.Bytes(), []byte("size 7"), []byte("size 8"), 1)
	back, err = ParseSignedCheckpoint(forged)
	if err != nil {
		t.Fatal(err)
	}
	if err := back.Verify(key.Public()); !errors.Is(err, ErrSignature) {
		t.Errorf("a forged checkpoint gave %v", err)
	}
	if (Key{}).Public() != "" || !(Key{}).IsZero() {
		t.Error("the zero key has a public key")
	}
}

func TestItemsObject(t *testing.T) {
	it := Items{Batch: 1, FirstSeq: 2, FirstItem: 3, FirstPost: 4, Accepted: 5, Duplicate: 6, Rejected: 7, Rows: model.Hash{8}}
	got, err := ParseItems(it.Object())
	if err != nil || got != it {
		t.Errorf("%+v, %v", got, err)
	}
	for _, s := range []string{"", it.Object() + " ", strings.Replace(it.Object(), "seq:2", "seq:+2", 1), strings.Replace(it.Object(), "seq", "sek", 1)} {
		if _, err := ParseItems(s); !errors.Is(err, ErrItems) {
			t.Errorf("%q gave %v", s, err)
		}
	}
}

func FuzzCheckpoint(f *testing.F) {
	cp := Checkpoint{Case: "c", Size: 7, Time: time.Unix(5, 6).UTC()}
	f.Add(cp.Text())
	f.Add([]byte(checkpointHeader + "\n\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if c, err := ParseCheckpoint(b); err == nil && !bytes.Equal(c.Text(), b) {
			t.Errorf("%q is read as %q", b, c.Text())
		}
		if s, err := ParseSignedCheckpoint(b); err == nil && s.Verify("RWQ") == nil {
			t.Errorf("%q has a signature", b)
		}
	})
}

func FuzzItems(f *testing.F) {
	it := Items{Batch: 1}
	f.Add(it.Object())
	f.Fuzz(func(t *testing.T, s string) {
		if it, err := ParseItems(s); err == nil && it.Object() != s {
			t.Errorf("%q is read as %q", s, it.Object())
		}
	})
}

func FuzzKey(f *testing.F) {
	f.Add([]byte("untrusted comment: x\nRWQAAA=="))
	f.Fuzz(func(t *testing.T, b []byte) {
		if k, err := ParseKey(b); err == nil && k.Public() == "" && !k.IsZero() {
			t.Error("a key without a public half")
		}
	})
}

const (
	goldenPost   = "3e15b42a0a582eef45669fad58578f88836cf0fd57b2c6a1194b66734bbe3168"
	goldenReject = "474c989280d4be43693eef58b4ca88ff1a4e0873a69c354f0691cd4cca4bac00"
	goldenItem   = "3ab6037e7f33973281aebb17a83dcdaabfc350367cec13dc9873c23f5ccce70e"
	goldenRecord = "0e83e06eb1ae336fe76a71b9299f432bc4c92f37ae30e80cced02537480aceea"
)
