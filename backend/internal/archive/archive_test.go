package archive_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"vedette/backend/internal/archive"
)

type file struct{ name, body string }

var sample = []file{{"a.txt", "first"}, {"b/c.txt", strings.Repeat("second ", 5000)}, {"a.txt", "again"}, {"../../etc/evil", "slip"}}

func zipOf(t testing.TB, files []file) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		x, err := w.Create(f.name)
		if err == nil {
			_, err = x.Write([]byte(f.body))
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

func tarOf(t testing.TB, files []file) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, f := range files {
		err := w.WriteHeader(&tar.Header{Name: f.name, Mode: 0o600, Size: int64(len(f.body)), Typeflag: tar.TypeReg})
		if err == nil {
			_, err = w.Write([]byte(f.body))
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

func gzipOf(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func zstdOf(t testing.TB, b []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll(b, nil)
}

// walk gives what is in an archive, one word a member.
func walk(t testing.TB, b []byte, name string) ([]file, error) {
	t.Helper()
	a, err := archive.New(bytes.NewReader(b), int64(len(b)), name)
	if err != nil {
		return nil, err
	}
	var got []file
	err = a.Walk(func(m archive.Member, r io.Reader) error {
		if m.Packed < 0 || m.Packed > int64(len(b)) {
			t.Errorf("%s ends at %d of %d", m.Path, m.Packed, len(b))
		}
		body, err := io.ReadAll(r)
		if m.Skip != "" {
			body = []byte("(" + m.Skip + ")")
		}
		got = append(got, file{m.Path, string(body)})
		return err
	})
	return got, err
}

func TestMembersOfEveryKind(t *testing.T) {
	named := []file{{"a.txt", "first"}, sample[1], {"a.txt#2", "again"}, sample[3]}
	bz, err := base64.StdEncoding.DecodeString("QlpoOTFBWSZTWacm3U4AAAAAgAAKIAAhAIKxdyRThQkKcm3U4A==")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		data []byte
		kind archive.Kind
		want []file
	}{
		{"x.zip", zipOf(t, sample), archive.ZIP, named},
		{"x.tar", tarOf(t, sample), archive.Tar, named},
		{"x.tar.gz", gzipOf(t, tarOf(t, sample)), archive.Gzip, named},
		{"x.tar.zst", zstdOf(t, tarOf(t, sample)), archive.Zstd, named},
		{"posts.json.gz", gzipOf(t, []byte("{}")), archive.Gzip, []file{{"posts.json", "{}"}}},
		{"posts.json.bz2", bz, archive.Bzip2, []file{{"posts.json", "{}"}}},
		{"posts.json.zst", zstdOf(t, []byte("{}")), archive.Zstd, []file{{"posts.json", "{}"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if k := archive.Sniff(c.data); k != c.kind {
				t.Fatalf("sniffed %q", k)
			}
			got, err := walk(t, c.data, c.name)
			if err != nil || fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Fatalf("%v, %v", got, err)
			}
			for _, f := range c.want {
				r, err := archive.Open(bytes.NewReader(c.data), int64(len(c.data)), f.name, t.TempDir())
				if err != nil {
					t.Fatalf("open %s: %v", f.name, err)
				}
				b, err := io.ReadAll(r)
				if err != nil || string(b) != f.body || r.Close() != nil {
					t.Errorf("open %s: %q, %v", f.name, b, err)
				}
			}
			if len(c.want) > 1 {
				if _, err := archive.Open(bytes.NewReader(c.data), int64(len(c.data)), "none", ""); !errors.Is(err, archive.ErrNoMember) {
					t.Errorf("open nothing: %v", err)
				}
			}
		})
	}
}

func TestArchivesInArchives(t *testing.T) {
	in := zipOf(t, []file{{"x/deep.json", strings.Repeat("deep", 3)}})
	out := gzipOf(t, tarOf(t, []file{{"first", "1"}, {"in.zip", string(in)}}))
	r, err := archive.Open(bytes.NewReader(out), int64(len(out)), archive.Inside("in.zip", "x/deep.json"), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	at := archive.NewAt(func() (io.ReadCloser, error) { return r, nil })
	b := make([]byte, 4)
	if n, err := at.ReadAt(b, 4); n != 4 || err != nil || string(b) != "deep" {
		t.Errorf("%q, %v", b, err)
	}
	if n, err := at.ReadAt(b, 10); n != 2 || !errors.Is(err, io.EOF) {
		t.Errorf("behind the end: %d, %v", n, err)
	}
	if err := at.Close(); err != nil {
		t.Error(err)
	}
}

func TestHostileArchives(t *testing.T) {
	zeros := gzipOf(t, make([]byte, 90<<20))
	if _, err := walk(t, zeros, "bomb.gz"); !errors.Is(err, archive.ErrBomb) {
		t.Errorf("bomb: %v", err)
	}
	whole := gzipOf(t, []byte(strings.Repeat("a line of text\n", 20000)))
	got, err := walk(t, whole[:len(whole)/2], "cut.gz")
	if err == nil || len(got) != 1 || len(got[0].body) == 0 {
		t.Errorf("cut gzip: %d members, %v", len(got), err)
	}
	z := zipOf(t, sample)
	if _, err := walk(t, z[:len(z)-10], "cut.zip"); !errors.Is(err, archive.ErrDamaged) {
		t.Errorf("cut zip: %v", err)
	}
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	if err := errors.Join(w.WriteHeader(&tar.Header{Name: "link", Linkname: "/etc/passwd", Typeflag: tar.TypeSymlink}), w.Close()); err != nil {
		t.Fatal(err)
	}
	if got, err := walk(t, b.Bytes(), "l.tar"); err != nil || len(got) != 1 || !strings.Contains(got[0].body, "link") {
		t.Errorf("link: %v, %v", got, err)
	}
}

func TestSpoolOnDisk(t *testing.T) {
	dir := t.TempDir()
	long := strings.Repeat("0123456789", 2<<20)
	s, err := archive.NewSpool(strings.NewReader(long), dir)
	if err != nil || s.Size() != int64(len(long)) {
		t.Fatalf("%d, %v", s.Size(), err)
	}
	b := make([]byte, 10)
	if _, err := s.ReadAt(b, s.Size()-10); err != nil || string(b) != "0123456789" {
		t.Errorf("%q, %v", b, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
}

func FuzzWalk(f *testing.F) {
	f.Add(zipOf(f, sample[:2]))
	f.Add(gzipOf(f, tarOf(f, sample[:1])))
	f.Add(zstdOf(f, []byte("{}")))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := archive.New(bytes.NewReader(data), int64(len(data)), "fuzz")
		if err != nil {
			return
		}
		_ = a.Walk(func(_ archive.Member, r io.Reader) error { // any error will do: nothing may panic
			_, err := io.Copy(io.Discard, r)
			return err
		})
	})
}
