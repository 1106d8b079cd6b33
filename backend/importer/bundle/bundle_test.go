package bundle_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/bundle"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/reddit"
	"vedette/backend/importer/table"
)

const (
	comments = `{"id":"c1","body":"The bridge is closed","author":"ana","created_utc":1700000000,"link_id":"t3_p","name":"t1_c1","subreddit":"harbour","parent_id":"t3_p"}` + "\n" +
		`{"id":"c2","body":"Since when?","author":"luis","created_utc":1700000060,"link_id":"t3_p","name":"t1_c2","subreddit":"harbour","parent_id":"t1_c1"}` + "\n"
	towns = "town,altitude\nCalder,4\n"
	png   = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
)

type part struct{ name, body string }

func zipped(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		x, err := w.Create(p.name)
		if err == nil {
			_, err = x.Write([]byte(p.body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarred(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	g := gzip.NewWriter(&b)
	w := tar.NewWriter(g)
	for _, p := range parts {
		err := w.WriteHeader(&tar.Header{Name: p.name, Mode: 0o600, Size: int64(len(p.body)), Typeflag: tar.TypeReg})
		if err == nil {
			_, err = w.Write([]byte(p.body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), g.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func format() bundle.Format {
	return bundle.Format{Inner: []importer.Format{reddit.Format{}, table.Format{}}}
}

func TestConformance(t *testing.T) {
	importertest.Run(t, format(), []importertest.Case{
		{Name: "zip", Data: zipped(t, part{"a/comments.jsonl", comments}, part{"b/comments.jsonl", comments}), Accepted: 4, Binary: true, Partial: true},
		{Name: "tar.gz", Data: tarred(t, part{"comments.jsonl", comments}, part{"photo.png", png}), Accepted: 2, Binary: true, Partial: true},
		{Name: "7z", Data: []byte("7z\xbc\xaf\x27\x1c and more"), Refused: "Unpack it"},
	})
}

func TestEveryMemberIsTold(t *testing.T) {
	inner := zipped(t, part{"deep.jsonl", comments})
	data := zipped(t, part{"comments.jsonl", comments}, part{"photo.png", png}, part{"void", ""}, part{"what.bin", "\x01\x02\x03 nobody knows"},
		part{"towns.csv", towns}, part{"in.zip", string(inner)}, part{"../../slip.jsonl", comments})
	c, err := importertest.Read(t.Context(), format(), "all.zip", data, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range c.Records {
		word := r.Locator.Member
		if r.Reject != nil {
			word = r.Locator.Item + " " + r.Reject.Code
		}
		got = append(got, word)
	}
	want := []string{
		"comments.jsonl", "comments.jsonl", "member what.bin member_unrecognised", "member towns.csv needs_mapping",
		"in.zip!/deep.jsonl", "in.zip!/deep.jsonl", "../../slip.jsonl", "../../slip.jsonl",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("records\n%q\nwant\n%q", got, want)
	}
	if c.Assumed["members_attachment"] != "1: photo.png" || c.Assumed["members_empty"] != "1: void" || !strings.HasPrefix(c.Assumed["members_read"], "3: ") {
		t.Errorf("told %v", c.Assumed)
	}
	if c.Done != int64(len(data)) {
		t.Errorf("done %d of %d", c.Done, len(data))
	}
}

func TestAnArchiveOfOneFormatIsOfThatFormat(t *testing.T) {
	for _, c := range []struct {
		data []byte
		want string
	}{
		{zipped(t, part{"a.jsonl", comments}, part{"photo.png", png}), "reddit/" + reddit.Format{}.Version()},
		{zipped(t, part{"photo.png", png}), "archive/1"},
	} {
		file := importertest.FileOf("x.zip", c.data)
		f, _, err := importer.Detect([]importer.Format{format()}, file, importer.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if f, err = importer.Refine(t.Context(), f, file, importer.Options{}); err != nil {
			t.Fatal(err)
		}
		if got := f.Name() + "/" + f.Version(); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

// neighbour is a format that reads what lies beside a file.
type neighbour struct{ reddit.Format }

// Read implements importer.Format.
func (neighbour) Read(_ context.Context, f importer.File, _ importer.Options, s importer.Sink) error {
	b, ok := f.Companion("../towns.csv", 100)
	s.Assume("beside", fmt.Sprintf("%s: %q %v", f.Name, b, ok))
	return nil
}

func TestMembersBesideEachOther(t *testing.T) {
	for name, data := range map[string][]byte{
		"zip": zipped(t, part{"x/towns.csv", towns}, part{"x/y/a.jsonl", comments}),
		"tar": tarred(t, part{"x/y/a.jsonl", comments}, part{"x/towns.csv", towns}),
	} {
		c, err := importertest.Read(t.Context(), bundle.Format{Inner: []importer.Format{neighbour{}}}, "x", data, importer.Options{})
		if want := fmt.Sprintf("x/y/a.jsonl: %q true", towns); err != nil || c.Assumed["beside"] != want {
			t.Errorf("%s: %v, %v", name, c.Assumed, err)
		}
	}
}

func TestBrokenArchivesKeepWhatCanBeRead(t *testing.T) {
	long := strings.Repeat(comments, 3000)
	data := tarred(t, part{"a.jsonl", long}, part{"b.jsonl", long})
	c, err := importertest.Read(t.Context(), format(), "x.tgz", data[:len(data)*3/4], importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := c.Rejects()
	if len(c.Posts()) < 6000 || len(r) == 0 || r[len(r)-1].Code != "member_damaged" && r[len(r)-1].Code != "archive_damaged" {
		t.Errorf("%d posts, %d rejected, last %+v", len(c.Posts()), len(r), r)
	}
	forced, err := importertest.Read(t.Context(), format(), "x.zip", zipped(t, part{"a.jsonl", comments}, part{"towns.csv", towns}), importer.Options{Format: "reddit"})
	if err != nil || len(forced.Posts()) != 2 || len(forced.Rejects()) != 1 {
		t.Errorf("forced: %d posts, %d rejected, %v", len(forced.Posts()), len(forced.Rejects()), err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(zipped(f, part{"a.jsonl", comments}))
	f.Add(tarred(f, part{"a.jsonl", comments}))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, format(), data) })
}
