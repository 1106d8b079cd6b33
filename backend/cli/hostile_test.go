package cli

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"
)

// redditLine is a bare comment as archives keep them, with members replaced.
func redditLine(id string, change map[string]any) string {
	m := map[string]any{
		"id": id, "name": "t1_" + id, "author": "ana", "author_fullname": "t2_1", "subreddit": "s", "subreddit_id": "t5_1", "link_id": "t3_1",
		"parent_id": "t3_1", "body": "The kettle " + id + " is great", "created_utc": 1700000000, "score": 3,
	}
	for k, v := range change {
		m[k] = v
	}
	b, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return string(b) + "\n"
}

// hostileFile is one file that was made to hurt, and what must become of it:
// posts are read, rejected records told with a code, or the whole refused with a
// sentence that says why.
type hostileFile struct {
	name, data string
	posts      int
	rejected   string
	refused    string
}

func hostileFiles() []hostileFile {
	line := func(id string) string { return redditLine(id, nil) }
	odd := func(id, key string, v any) string { return redditLine(id, map[string]any{key: v}) }
	var zip bytes.Buffer
	z := gzip.NewWriter(&zip)
	_, _ = z.Write([]byte(line("z1"))) // into memory
	_ = z.Close()
	noise := make([]byte, 50_000)
	for i := range noise {
		noise[i] = byte(rand.N(256))
	}
	laughs := `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">`
	for i := 1; i < 10; i++ {
		laughs += fmt.Sprintf("<!ENTITY lol%d %q>", i, strings.Repeat(fmt.Sprintf("&lol%s;", strings.TrimPrefix(fmt.Sprint(i-1), "0")), 10))
	}
	rss := func(title string) string {
		return `<rss version="2.0"><channel><title>c</title><item><title>` + title + `</title><guid>g1</guid></item></channel></rss>`
	}
	million, over := 1_000_000, 70<<20
	if slow { // a hundredth of it, and a record that is long but not too long
		million, over = 10_000, 1<<20
	}
	files := []hostileFile{
		{name: "empty.json", refused: "is empty"},
		{name: "one-byte.json", data: "{", refused: "No importer recognises"},
		{name: "nul.bin", data: "\x00", refused: "No importer recognises"},
		{name: "noise.bin", data: string(noise), refused: "No importer recognises"},
		{name: "whole.json.gz", data: zip.String(), posts: 1},
		{name: "cut.json.gz", data: zip.String()[:20], rejected: "archive_damaged"},
		{name: "table.csv", data: strings.Repeat("a,b,c\n", 9), refused: "no profile fits"},
		{name: "cut.csv", data: "id,author,body\n\"1,\"x", refused: "No importer recognises"},
		{name: "cut.ndjson", data: line("c1") + line("c2")[:40], posts: 1, rejected: "truncated"},
		{name: "cut.xml", data: `<rss version="2.0"><channel><item><title>a</title><guid>1</guid></item><item><tit`, posts: 1, rejected: "truncated"},
		{name: "mark.ndjson", data: "\ufeff" + line("m1"), posts: 1},
		{name: "marks.ndjson", data: "\ufeff\ufeff" + line("m2"), posts: 1},
		{name: "latin1.ndjson", data: strings.ReplaceAll(line("l1"), "kettle", "\xf1and\xfa"), posts: 1},
		{name: "invalid.ndjson", data: strings.ReplaceAll(line("i1"), "kettle", "\xff\xfe\xc3("), posts: 1},
		{name: "wide.ndjson", data: wide(line("w1") + line("w2")), posts: 2},
		{name: "nuls.ndjson", data: line("n1") + strings.Repeat("\x00", 5000) + "\n" + line("n2"), posts: 2, rejected: "not_json"},
		{name: "nul-inside.ndjson", data: odd("n3", "body", "a\x00b"), posts: 1},
		{name: "deep.ndjson", data: line("d1") + `{"id":"d2","x":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "}\n" + line("d3"), posts: 2, rejected: "too_deep"},
		{name: "deep.json", data: strings.Repeat(`{"a":`, 100_000), refused: "No importer recognises"},
		{name: "twice.ndjson", data: `{"id":"t1","id":"t2","author":"a","author":"b","subreddit":"s","subreddit_id":"t5","body":"x"}` + "\n", posts: 1},
		{name: "nan.ndjson", data: strings.ReplaceAll(line("a1"), "1700000000", "NaN") + line("a2"), posts: 2},
		{name: "million.json", data: `{"kind":"Listing","data":{"children":[` + strings.Repeat("1,", million) + `1]}}`, refused: "holds no posts"},
		{name: "million.ndjson", data: strings.Replace(line("x1"), "}", `,"extra":[`+strings.Repeat("1,", million)+`1]}`, 1), posts: 1},
		{name: "laughs.xml", data: laughs + "]>" + rss("&lol9;"), refused: "declares entities"},
		{name: "outside.xml", data: `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + rss("&x;"), refused: "declares entities"},
		{name: "long.ndjson", data: line("g1") + odd("g2", "body", strings.Repeat("k", over)) + line("g3"), posts: 2, rejected: "record_too_long"},
	}
	if slow {
		files[len(files)-1].posts, files[len(files)-1].rejected = 3, ""
	}
	return append(files, wrongTypes(odd), instants(odd), formulas(odd))
}

// wrongTypes puts values of every type into every field.
func wrongTypes(odd func(id, key string, v any) string) hostileFile {
	x := hostileFile{name: "types.ndjson"}
	for _, key := range []string{"id", "author", "author_fullname", "body", "created_utc", "score", "link_id", "parent_id", "subreddit"} {
		for i, v := range []any{nil, true, "", []int{1}, map[string]int{"a": 1}, -1, 1e308, json.Number("12345678901234567890123"), "NaN", "1e400", strings.Repeat("9", 5000)} {
			x.data += odd(fmt.Sprintf("y%s%d", key, i), key, v)
			x.posts++
		}
	}
	return x
}

// instants are dates and counts at and beyond every limit.
func instants(odd func(id, key string, v any) string) hostileFile {
	x := hostileFile{name: "instants.ndjson"}
	for i, v := range []any{0, -62135596800, -62167219200, -1e12, 253402300799, 253402300800, 1e15, 1e18, 9.3e18, -9.3e18, 1e300, "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "10000-01-01T00:00:00Z", "NaN"} {
		if slow && v == 253402300799 {
			continue // eight thousand years of months take long to draw
		}
		x.data += odd(fmt.Sprintf("v%d", i), "created_utc", v) + odd(fmt.Sprintf("vs%d", i), "score", v)
		x.posts += 2
	}
	return x
}

// formulas are texts that a spreadsheet would execute.
func formulas(odd func(id, key string, v any) string) hostileFile {
	x := hostileFile{name: "formulas.ndjson"}
	for i, v := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", `=HYPERLINK("http://evil.example")`, "\uff1d1+1"} {
		x.data += odd(fmt.Sprintf("f%d", i), "body", v) + odd(fmt.Sprintf("fa%d", i), "author", v)
		x.posts += 2
	}
	return x
}

// wide is a text in UTF-16 with its mark.
func wide(s string) string {
	var b strings.Builder
	for _, u := range append([]uint16{0xfeff}, utf16.Encode([]rune(s))...) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

// TestHostileFiles imports a folder of files that were made to hurt. Each is
// refused or rejected in words, the rest is read, memory stays bounded, and
// nothing is written beside the case.
func TestHostileFiles(t *testing.T) {
	r, dir, _, _ := newRunner(t)
	folder := filepath.Join(t.TempDir(), "in")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	files := hostileFiles()
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(folder, f.name), []byte(f.data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before := listing(t, folder)
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	var got struct {
		Batches []struct {
			batchNow
			File, Error string
			Reasons     map[string]int
		}
	}
	r.object(ExitAttention, &got, "import", dir, folder)
	if len(got.Batches) != len(files) {
		t.Fatalf("%d files gave %d batches", len(files), len(got.Batches))
	}
	total := 0
	for _, b := range got.Batches {
		f := fileNamed(files, filepath.Base(b.File))
		total += b.Accepted
		switch {
		case f.refused != "":
			if b.State != "failed" || !strings.Contains(b.Error, f.refused) || b.Accepted != 0 {
				t.Errorf("%s: %+v", f.name, b)
			}
		case b.State != "done" || b.Accepted+b.Duplicate != f.posts:
			t.Errorf("%s: want %d posts: %+v", f.name, f.posts, b)
		case (f.rejected != "" && b.Reasons[f.rejected] == 0) || (f.rejected == "" && b.Rejected > 0):
			t.Errorf("%s: want rejections %q: %+v", f.name, f.rejected, b)
		}
	}
	r.must(ExitDone, "verify", dir)
	l := life{runner: r, dir: dir}
	var page struct{ Total, Unindexed int }
	l.object(ExitDone, &page, "search", dir, "", "--limit", "1")
	if page.Total != total || page.Unindexed != 0 {
		t.Errorf("of %d posts %+v are found", total, page)
	}
	hostileOutputs(r, dir)
	if after := listing(t, folder); after != before {
		t.Errorf("the folder that was imported changed:\n%s\n%s", before, after)
	}
}

// hostileOutputs makes every output of a hostile case: none may fail, steer a
// terminal or hold a formula.
func hostileOutputs(r *runner, dir string) {
	r.t.Helper()
	out := r.t.TempDir()
	for _, args := range [][]string{{"search", dir, ""}, {"batches", dir}, {"rejects", dir}, {"log", dir}, {"show", dir, "1"}, {"analyze", dir, "volume"}, {"analyze", dir, "sentiment"}, {"analyze", dir, "accounts"}, {"analyze", dir, "alerts"}} {
		if s := r.must(ExitDone, args...); strings.ContainsAny(s, "\x00\x1b\r\u202e\u009b") {
			r.t.Errorf("%s sends a control character", args[0])
		}
	}
	for _, name := range []string{"x.csv", "x.xlsx", "x.jsonl"} {
		r.must(ExitDone, "export", dir, "-o", filepath.Join(out, name))
	}
	r.must(ExitDone, "report", dir, "-o", filepath.Join(out, "x.pdf"))
	b, err := os.ReadFile(filepath.Join(out, "x.csv"))
	if err != nil {
		r.t.Fatal(err)
	}
	for _, f := range []string{",=1+1", ",+1,", ",@SUM", ",\"=HYPER", ",\t=1", ",\"\r=1", ",\uff1d1"} {
		if bytes.Contains(b, []byte(f)) {
			r.t.Errorf("the CSV holds the formula %q", f)
		}
	}
}

func fileNamed(files []hostileFile, name string) hostileFile {
	for _, f := range files {
		if f.name == name {
			return f
		}
	}
	return hostileFile{name: name, refused: "(no such file)"}
}

// listing names what is in a folder, with sizes.
func listing(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s %s %d\n", path, info.Mode(), info.Size())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestManyFilesAndItself imports five hundred small files, and a folder that
// holds the case.
func TestManyFilesAndItself(t *testing.T) {
	r, _, _, _ := newRunner(t)
	folder := t.TempDir()
	many := 500
	if slow {
		many = 60
	}
	for i := range many {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%04d.ndjson", i)), []byte(redditLine(fmt.Sprint("m", i), nil)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Join(folder, "case")
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	var got struct {
		Batches []batchNow
		Skipped []struct{ File, Code, Reason string }
	}
	r.object(ExitAttention, &got, "import", dir, folder)
	if len(got.Batches) != many || len(got.Skipped) != 1 || got.Skipped[0].Code != "own_case" {
		t.Errorf("%d batches, skipped %+v", len(got.Batches), got.Skipped)
	}
	l := life{runner: r, dir: dir}
	l.search(many)
	for _, path := range []string{dir, filepath.Join(dir, "containers"), filepath.Join(dir, "case.db"), filepath.Join(folder, "case", "..", "case", "index")} {
		if code, _, errs := r.run("import", dir, path); code != ExitFailed || !strings.Contains(errs, "cannot be imported into itself") {
			t.Errorf("importing %s: exit %d, %q", path, code, errs)
		}
	}
	r.must(ExitDone, "verify", dir)
}

// TestStrangeNames imports files whose names try to steer a terminal or to leave
// the folder, from inside and from above it.
func TestStrangeNames(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("such names cannot be made here; the plain one is imported")
	}
	r, dir, _, _ := newRunner(t)
	folder := filepath.Join(t.TempDir(), "in")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	names := []string{"plain.ndjson"}
	if runtime.GOOS != "windows" {
		names = append(names, "a\nvedette: all is well\x1b[31m.ndjson", "..\u202egnp.ndjson", "..%2f..%2fetc.ndjson", `..\..\up.ndjson`, strings.Repeat("z", 240)+".ndjson", "-o.ndjson", "$(id).ndjson")
	}
	if runtime.GOOS == "linux" {
		names = append(names, "bad\xff\xfename.ndjson")
	}
	for i, name := range names {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(redditLine(fmt.Sprint("s", i), nil)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	out := r.must(ExitDone, "import", dir, folder)
	out += r.must(ExitDone, "batches", dir) + r.must(ExitDone, "show", dir, "1") + r.must(ExitDone, "log", dir)
	if strings.ContainsAny(out, "\x1b\u202e") || strings.Contains(out, "\xff") || strings.Contains(out, "\nvedette: all is well") {
		t.Errorf("a file's name steers the terminal: %q", out)
	}
	r.must(ExitDone, "import", dir, filepath.Join(folder, "..", "in", "plain.ndjson"))
	t.Chdir(folder)
	r.must(ExitDone, "import", dir, ".")
	t.Chdir(filepath.Join(folder, ".."))
	var all struct{ Batches []struct{ File string } }
	r.object(ExitDone, &all, "batches", dir)
	for _, b := range all.Batches {
		if strings.Contains(b.File, "../") && !strings.Contains(b.File, "..\u202e") || strings.HasPrefix(b.File, "/") {
			t.Errorf("a file is called %q", b.File)
		}
	}
	l := life{runner: r, dir: dir}
	l.search(len(names))
}
