package importertest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"vedette/backend/importer"
	"vedette/backend/model"
)

// truncated cuts the sample at many places: what came before the cut stays.
func truncated(t *testing.T, f importer.Format, c Case, data []byte, full *Collected) {
	t.Helper()
	step := max(1, len(data)/150)
	for n := 0; n < len(data); n++ {
		if n%step != 0 && n < len(data)-40 {
			continue
		}
		got, err := ReadFile(t.Context(), f, c.of(data[:n]), c.Options)
		if err != nil && !c.Partial {
			t.Fatalf("cut at %d: %v", n, err)
		}
		CheckRecords(t, data[:n], got)
		if !c.Partial {
			keeps(t, n, full, got)
		}
	}
}

// keeps checks that every record that ends before the cut is still read.
func keeps(t *testing.T, n int, full, got *Collected) {
	t.Helper()
	type key struct {
		at  model.Locator
		uid string
	}
	have := map[key]bool{}
	for _, r := range got.Records {
		if r.Post != nil {
			have[key{r.Locator, r.Post.UID()}] = true
		}
	}
	for _, r := range full.Records {
		if r.Post == nil || !r.Locator.HasRange() || r.Locator.Offset+r.Locator.Length > int64(n) {
			continue
		}
		if !have[key{r.Locator, r.Post.UID()}] {
			t.Fatalf("cut at %d: the record %s at %d+%d is lost", n, r.Post.UID(), r.Locator.Offset, r.Locator.Length)
		}
	}
}

// damaged overwrites, inserts and appends bytes that do not belong.
func damaged(t *testing.T, f importer.Format, c Case, data []byte) {
	t.Helper()
	step := max(1, len(data)/60)
	for i := 0; i < len(data); i += step {
		for _, bad := range []byte{0, 0xff, 0xc3, '"', '{', ']', '\n', '\\'} {
			x := bytes.Clone(data)
			x[i] = bad
			try(t, f, c, x)
		}
	}
	try(t, f, c, append(bytes.Clone(data), make([]byte, 5000)...))
	try(t, f, c, append([]byte("\x00\x00\n"), data...))
}

// try reads a broken file: it may be rejected in any clear way.
func try(t *testing.T, f importer.Format, c Case, data []byte) {
	t.Helper()
	got, err := ReadFile(t.Context(), f, c.of(data), c.Options)
	if err != nil && err.Error() == "" {
		t.Error("an error without words")
	}
	CheckRecords(t, data, got)
}

// limits reads with small records allowed only: what is longer is rejected and
// the rest is read, whatever the number of workers.
func limits(t *testing.T, f importer.Format, c Case, data []byte) {
	t.Helper()
	for _, limit := range []int64{16, 200, 2000} {
		o := c.Options
		o.MaxRecord, o.Workers = limit, -1
		one, err := ReadFile(t.Context(), f, c.of(data), o)
		if err != nil {
			t.Fatalf("limit %d: %v", limit, err)
		}
		CheckRecords(t, data, one)
		o.Workers = 5
		many, err := ReadFile(t.Context(), f, c.of(data), o)
		if err != nil {
			t.Fatalf("limit %d: %v", limit, err)
		}
		if !reflect.DeepEqual(one.Records, many.Records) {
			t.Errorf("limit %d: five workers read other records than none", limit)
		}
	}
}

// cancelling is a sink that cancels the reading on its first record.
type cancelling struct {
	Collected
	cancel context.CancelFunc
}

// Record implements importer.Sink.
func (c *cancelling) Record(r model.Record) error {
	c.cancel()
	return c.Collected.Record(r)
}

// stopped checks that reading ends early, with the reason, when it is cancelled
// or when the sink fails.
func stopped(t *testing.T, f importer.Format, c Case, data []byte, full *Collected) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := f.Read(ctx, c.of(data), c.Options, &Collected{}); len(full.Records) > 0 && !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
	if len(full.Records) < 2 {
		return
	}
	ctx, cancel = context.WithCancel(t.Context())
	s := &cancelling{cancel: cancel}
	if err := f.Read(ctx, c.of(data), c.Options, s); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled in the middle: %v", err)
	}
	if len(s.Records) == len(full.Records) {
		t.Error("cancelled in the middle: everything was read")
	}
	err := f.Read(t.Context(), c.of(data), c.Options, &Collected{Stop: 1})
	if !errors.Is(err, ErrStopped) {
		t.Errorf("sink failed: %v", err)
	}
}

// atOnce reads the same file from several goroutines.
func atOnce(t *testing.T, f importer.Format, c Case, data []byte, full *Collected) {
	t.Helper()
	file := c.of(data)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			got := &Collected{}
			if err := f.Read(t.Context(), file, c.Options, got); err != nil {
				t.Error(err)
			}
			if !reflect.DeepEqual(got.Records, full.Records) {
				t.Error("read at the same time, the records differ")
			}
		})
	}
	wg.Wait()
}

// wide reads the sample in UTF-16, with the right mark and without any.
func wide(t *testing.T, f importer.Format, c Case, data []byte, full *Collected) {
	t.Helper()
	o := c.Options
	o.Encoding = ""
	text := strings.TrimPrefix(strings.ToValidUTF8(string(data), "\uFFFD"), "\ufeff")
	for _, big := range []bool{false, true} {
		x := UTF16(text, big, true)
		got, err := ReadFile(t.Context(), f, c.of(x), o)
		if err != nil {
			t.Fatalf("utf-16 (big endian: %v): %v", big, err)
		}
		CheckRecords(t, x, got)
		if a, b := fmt.Sprint(uids(got)), fmt.Sprint(uids(full)); a != b {
			t.Errorf("utf-16 (big endian: %v): read %s, want %s", big, a, b)
		}
		for i, p := range got.Posts() {
			if w := full.Posts(); i < len(w) && p.Text != w[i].Text {
				t.Errorf("utf-16: text %q, want %q", p.Text, w[i].Text)
			}
		}
	}
	try(t, f, c, UTF16(text, false, false))
}

// UTF16 encodes a text, with a byte-order mark when asked.
func UTF16(s string, big, mark bool) []byte {
	var out []byte
	units := utf16.Encode([]rune(s))
	if mark {
		units = append([]uint16{0xfeff}, units...)
	}
	for _, u := range units {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}

func uids(c *Collected) []string {
	var out []string
	for _, p := range c.Posts() {
		out = append(out, p.UID())
	}
	return out
}

// hostile reads files that were made to hurt.
func hostile(t *testing.T, f importer.Format) {
	t.Helper()
	const many = 50000
	long := strings.Repeat("long ", 300000)
	for name, s := range map[string]string{
		"empty": "", "white": " \n\r\n\t ", "nul": strings.Repeat("\x00", 3000),
		"binary": "\xff\x00\x80{\"\xc3\x28[[[\n\"}", "deep list": strings.Repeat("[", many),
		"deep objects": strings.Repeat(`{"data":`, many), "deep both": strings.Repeat(`[{"replies":`, many) + strings.Repeat("}]", many),
		"deep tags": strings.Repeat("<a>", many), "quotes": strings.Repeat(`"`, many+1), "escapes": `{"a":"` + strings.Repeat(`\`, many),
		"commas": strings.Repeat(",", many), "brackets": strings.Repeat("}{", many), "long line": `{"id":"1","text":"` + long + `"}` + "\n{}\n",
		"long word": long, "many keys": "{" + strings.Repeat(`"a":1,`, many) + `"b":2}`, "entity": "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
	} {
		got, err := Read(t.Context(), f, name, []byte(s), importer.Options{MaxRecord: 1 << 20})
		if err != nil && err.Error() == "" {
			t.Errorf("%s: an error without words", name)
		}
		CheckRecords(t, []byte(s), got)
		if h, err := importer.ReadHead(FileOf(name, []byte(s)), importer.Options{}); err == nil {
			f.Detect(h)
		}
	}
}
