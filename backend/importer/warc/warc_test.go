package warc_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/warc"
	"vedette/backend/internal/archive"
	"vedette/backend/model"
)

// html is a small page about a thing.
func html(thing string) string {
	p := "<p>The " + thing + " was seen in Westhaven on Monday, and again on Tuesday, by two people who had not met before that day. They agree on its colour.</p>"
	return "<!doctype html><html lang=en><head><title>About the " + thing + "</title></head><body><article>" + strings.Repeat(p, 3) + "</article></body></html>"
}

func digest(b string) string {
	sum := sha1.Sum([]byte(b))
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}

// rec writes a WARC record.
func rec(kind, uri, contentType, block string, more ...string) string {
	head := "WARC/1.1\r\nWARC-Type: " + kind + "\r\nWARC-Date: 2026-03-05T08:30:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
	if uri != "" {
		head += "WARC-Target-URI: " + uri + "\r\n"
	}
	for _, l := range more {
		head += l + "\r\n"
	}
	return fmt.Sprintf("%sContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", head, contentType, len(block), block)
}

// answer is a response record of a page.
func answer(uri, headers, body string) string {
	block := "HTTP/1.1 200 OK\r\n" + headers + "\r\n" + body
	return rec("response", uri, "application/http; msgtype=response", block, "WARC-Block-Digest: "+digest(block))
}

const htmlType = "Content-Type: text/html; charset=utf-8\r\n"

// sample is an archive with records of every kind.
func sample() string {
	return rec("warcinfo", "", "application/warc-fields", "software: sample\r\n") +
		rec("request", "https://a.example/boat", "application/http; msgtype=request", "GET /boat HTTP/1.1\r\nHost: a.example\r\n\r\n") +
		answer("https://a.example/boat", htmlType, html("boat")) +
		answer("https://a.example/x.png", "Content-Type: image/png\r\n", "\x89PNG") +
		rec("response", "https://a.example/gone", "application/http", "HTTP/1.1 404 Not Found\r\n"+htmlType+"\r\n"+html("ghost")) +
		rec("resource", "<https://a.example/whale>", "text/html", html("whale")) +
		rec("revisit", "https://a.example/boat", "application/http", "HTTP/1.1 200 OK\r\n\r\n") +
		answer("https://a.example/kite", htmlType+"Transfer-Encoding: chunked\r\n", chunked(html("kite")))
}

func chunked(s string) string {
	return fmt.Sprintf("%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n", 100, s[:100], len(s)-100, s[100:])
}

func gz(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, p := range parts {
		z := gzip.NewWriter(&b)
		write(t, z, []byte(p))
	}
	return b.Bytes()
}

func write(t testing.TB, w io.WriteCloser, b []byte) {
	t.Helper()
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// split cuts an archive into its records.
func split(s string) []string {
	var out []string
	for _, p := range strings.Split(s, "WARC/1.1\r\n")[1:] {
		out = append(out, "WARC/1.1\r\n"+p)
	}
	return out
}

func arc() string {
	body := "HTTP/1.1 200 OK\r\n" + htmlType + "\r\n" + html("lantern")
	info := "1 0 Sample\nURL IP-address Archive-date Content-type Archive-length\n"
	return fmt.Sprintf("filedesc://sample.arc 0.0.0.0 20140216050221 text/plain %d\n%s\n", len(info), info) +
		fmt.Sprintf("http://a.example/a lantern 192.0.2.1 20140216050221 text/html %d\n%s\n", len(body), body) +
		"http://a.example/x 192.0.2.1 20140216050222 text/html -1\n\n" +
		fmt.Sprintf("http://b.example/2 192.0.2.1 20140216050223 text/html 200 - - 0 x.arc %d\n%s\n", len(body), body)
}

func wacz(t testing.TB) []byte {
	t.Helper()
	data := gz(t, split(sample())[:3]...)
	sum := sha256.Sum256(data)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range []struct{ name, body string }{
		{"archive/data.warc.gz", string(data)},
		{"archive/more.warc", answer("https://a.example/mast", htmlType, html("mast"))},
		{"pages/pages.jsonl", `{"format":"json-pages-1.0"}`},
		{"datapackage.json", `{"profile":"data-package","resources":[{"name":"data.warc.gz","path":"archive/data.warc.gz","hash":"sha256:` + hex.EncodeToString(sum[:]) + `"},
{"path":"archive/more.warc","hash":"sha256:00"}]}`},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: m.name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(m.body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFormat(t *testing.T) {
	importertest.Run(t, warc.Format{}, []importertest.Case{
		{Name: "sample.warc", Data: []byte(sample()), Accepted: 3, Binary: true, Golden: "testdata/warc.golden.json"},
		{Name: "sample.warc.gz", Data: gz(t, split(sample())[:6]...), Accepted: 2, Binary: true, Partial: true, Golden: "testdata/packed.golden.json"},
		{Name: "sample.arc", Data: []byte(arc()), Accepted: 2, Rejected: 1, Binary: true, Golden: "testdata/arc.golden.json"},
	})
}

func TestWACZ(t *testing.T) {
	importertest.Run(t, warc.WACZ{}, []importertest.Case{
		{Name: "sample.wacz", Data: wacz(t), Accepted: 2, Binary: true, Partial: true, Golden: "testdata/wacz.golden.json"},
	})
	c := read(t, warc.WACZ{}, "sample.wacz", wacz(t))
	var members []string
	for _, r := range c.Records {
		members = append(members, r.Locator.Member)
	}
	if got := strings.Join(members, " "); got != "archive/data.warc.gz!/data.warc archive/more.warc" {
		t.Errorf("members %s", got)
	}
	if c.Assumed["archives_as_described"] != "1" || c.Assumed["archives_not_as_described"] != "1: archive/more.warc" || c.Assumed["members_not_read"] != ". 1, pages 1" {
		t.Errorf("assumed %v", c.Assumed)
	}
}

func read(t *testing.T, f importer.Format, name string, data []byte) *importertest.Collected {
	t.Helper()
	c, err := importertest.Read(t.Context(), f, name, data, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, data, c)
	return c
}

func TestPages(t *testing.T) {
	c := read(t, warc.Format{}, "s.warc", []byte(sample()))
	posts := c.Posts()
	p := posts[0]
	if p.UID() != "web:https://a.example/boat" || p.Title != "About the boat" || p.Kind != model.KindArticle || p.PlatformLang != "en" {
		t.Errorf("post %+v", p)
	}
	if want := time.Date(2026, 3, 5, 8, 30, 0, 0, time.UTC); !p.CapturedAt.Time.Equal(want) || p.CapturedAt.Zone != model.ZoneStated {
		t.Errorf("captured %+v", p.CapturedAt)
	}
	if posts[1].URL != "https://a.example/whale" || !strings.Contains(posts[2].Text, "kite") {
		t.Errorf("posts %+v, %+v", posts[1], posts[2])
	}
	if got := c.Assumed["no_pages"]; got != "image/png 1, request 1, revisit 1, status 404 1, warcinfo 1" {
		t.Errorf("told %q", got)
	}
}

// TestPackedRecordsAreFoundAgain reads every record's bytes at the place that it
// is said to be, as the case does.
func TestPackedRecordsAreFoundAgain(t *testing.T) {
	for _, c := range []struct {
		f    importer.Format
		name string
		data []byte
	}{{warc.Format{}, "x.warc.gz", gz(t, split(sample())...)}, {warc.WACZ{}, "x.wacz", wacz(t)}} {
		for _, r := range read(t, c.f, c.name, c.data).Records {
			at := archive.NewAt(func() (io.ReadCloser, error) {
				return archive.Open(bytes.NewReader(c.data), int64(len(c.data)), r.Locator.Member, t.TempDir())
			})
			b := make([]byte, r.Locator.Length)
			if _, err := at.ReadAt(b, r.Locator.Offset); err != nil || len(b) == 0 || !bytes.Equal(b, r.Raw) {
				t.Errorf("%s: record %d at %+v: %v", c.name, r.Seq, r.Locator, err)
			}
			if err := at.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestContentEncodings(t *testing.T) {
	body := html("anchor")
	pack := func(w func(io.Writer) io.WriteCloser) string {
		var b bytes.Buffer
		write(t, w(&b), []byte(body))
		return b.String()
	}
	gzipped := pack(func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	zlibbed := pack(func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
	zstded := pack(func(w io.Writer) io.WriteCloser {
		z, err := zstd.NewWriter(w)
		if err != nil {
			t.Fatal(err)
		}
		return z
	})
	for name, c := range map[string]struct{ encoding, body, code string }{
		"gzip": {"gzip", gzipped, ""}, "deflate": {"deflate", zlibbed, ""}, "raw deflate": {"deflate", zlibbed[2:], ""}, "zstd": {"zstd", zstded, ""},
		"brotli": {"br", pack(func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) }), ""},
		"two":    {"identity, gzip", gzipped, ""}, "stale header": {"gzip", body, ""}, "cut off": {"gzip", gzipped[:len(gzipped)-12], ""},
		"damaged": {"gzip", "\x1f\x8b\x08 nothing", "bad_encoding"}, "unknown": {"compress", gzipped, "bad_encoding"},
		"bomb": {"gzip", string(gz(t, strings.Repeat("<", 65<<20))), "record_too_long"},
	} {
		got := read(t, warc.Format{}, name, []byte(answer("https://a.example/", htmlType+"Content-Encoding: "+c.encoding+"\r\n", c.body)))
		switch {
		case c.code == "" && (len(got.Posts()) != 1 || !strings.Contains(got.Posts()[0].Text, "The anchor was seen")):
			t.Errorf("%s: %+v", name, got.Records)
		case c.code != "" && (len(got.Rejects()) != 1 || got.Rejects()[0].Code != c.code):
			t.Errorf("%s: rejected %+v, want %s", name, got.Rejects(), c.code)
		}
	}
}

// codes are what became of each record.
func codes(c *importertest.Collected) string {
	var out []string
	for _, r := range c.Records {
		if r.Post != nil {
			out = append(out, r.Post.Title[len("About the "):])
		} else {
			out = append(out, r.Reject.Code)
		}
	}
	return strings.Join(out, " ")
}

func TestBrokenRecords(t *testing.T) {
	good := func(thing string) string { return answer("https://a.example/"+thing, htmlType, html(thing)) }
	length := func(s string, n int) string {
		i := strings.Index(s, "Content-Length: ")
		j := i + strings.Index(s[i:], "\r\n")
		return s[:i] + fmt.Sprintf("Content-Length: %d", n) + s[j:]
	}
	for name, c := range map[string]struct{ data, want string }{
		"good":            {good("a") + good("b"), "a b"},
		"too short":       {good("a") + length(good("b"), 100) + good("c"), "a bad_length c"},
		"too long":        {good("a") + length(good("b"), 1000) + good("c") + good("d"), "a bad_length c d"},
		"far too long":    {good("a") + length(good("b"), 1<<40) + good("c"), "a bad_length c"},
		"no length":       {good("a") + strings.Replace(good("b"), "Content-Length", "X", 1) + good("c"), "a bad_length c"},
		"cut":             {good("a") + good("b")[:500], "a truncated"},
		"cut in the head": {good("a") + good("b")[:60], "a truncated"},
		"no end of lines": {good("a") + strings.TrimRight(good("b"), "\r\n") + good("c"), "a b c"},
		"garbage":         {"garbage\n" + good("a") + good("b") + "more garbage", "not_a_record a b not_a_record"},
		"changed":         {good("a") + strings.Replace(good("b"), "Monday", "Friday", 1), "a digest_mismatch"},
		"no type":         {good("a") + strings.Replace(good("b"), "WARC-Type", "X", 1) + good("c"), "a bad_header c"},
		"bad HTTP":        {good("a") + rec("response", "https://a.example/", "application/http", "HTTP/9\r\n\r\n") + good("c"), "a bad_http c"},
		"HTTP/2":          {rec("response", "https://a.example/b", "application/http", "HTTP/2 200\r\n"+htmlType+"\r\n"+html("b")), "b"},
		"bare lines":      {strings.ReplaceAll(rec("resource", "https://a.example/b", "text/html", html("b")), "\r\n", "\n"), "b"},
	} {
		if got := codes(read(t, warc.Format{}, name, []byte(c.data))); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestBrokenMembers(t *testing.T) {
	one := func(thing string) []byte { return gz(t, answer("https://a.example/"+thing, htmlType, html(thing))) }
	a, b, c := one("a"), one("b"), one("c")
	damaged := bytes.Clone(b)
	for i := 40; i < 80; i++ {
		damaged[i] ^= 0x5a
	}
	checksum := bytes.Clone(b)
	checksum[len(checksum)-6] ^= 1
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	halves := []byte(answer("https://a.example/h", htmlType, html("h")))
	for name, x := range map[string]struct {
		data []byte
		want string
	}{
		"good":     {join(a, b, c), "a b c"},
		"whole":    {gz(t, answer("https://a.example/a", htmlType, html("a"))+answer("https://a.example/b", htmlType, html("b"))), "a b"},
		"split":    {join(a, gz(t, string(halves[:300]), string(halves[300:])), c), "a h c"},
		"damaged":  {join(a, damaged, c), "a truncated damaged_member c"},
		"checksum": {join(a, checksum, c), "a bad_checksum damaged_member c"},
		"cut":      {join(a, b[:len(b)/2]), "a truncated damaged_member"},
		"garbage":  {join(a, []byte("garbage in between"), c), "a damaged_member c"},
	} {
		got := read(t, warc.Format{}, "x.warc.gz", x.data)
		codes := codes(got)
		if name == "damaged" { // where unpacking fails depends on the bits
			codes = strings.Replace(codes, "a damaged_member", "a truncated damaged_member", 1)
		}
		if codes != x.want {
			t.Errorf("%s: %s, want %s", name, codes, x.want)
		}
		for _, r := range got.Records {
			if r.Post != nil && name != "good" && r.Post.Title == "About the c" && name != "split" && r.Locator.HasRange() {
				t.Errorf("%s: a record behind damage has a range %+v", name, r.Locator)
			}
		}
	}
}

func TestDetect(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want bool
	}{
		"warc": {sample(), true}, "arc": {arc(), true}, "packed": {string(gz(t, sample())), true}, "gzip of text": {string(gz(t, "hello")), false}, "text": {"WARC", false},
	} {
		h, err := importer.ReadHead(importertest.FileOf(name, []byte(c.data)), importer.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if m := (warc.Format{}).Detect(h); (m.Score > 60) != c.want {
			t.Errorf("%s: %+v", name, m)
		}
		if m := (warc.WACZ{}).Detect(h); m.Score != 0 {
			t.Errorf("%s as wacz: %+v", name, m)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(sample()))
	f.Add([]byte(arc()))
	f.Add(gz(f, split(sample())...))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, warc.Format{}, data) })
}

func FuzzWACZ(f *testing.F) {
	f.Add(wacz(f))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, warc.WACZ{}, data) })
}

func BenchmarkRead(b *testing.B) { importertest.Bench(b, warc.Format{}, []byte(sample()), 20) }
