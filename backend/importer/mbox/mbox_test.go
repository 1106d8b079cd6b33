package mbox_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/mbox"
	"vedette/backend/model"
)

// Binary: mail is bytes with a character set for each part.
func TestFormat(t *testing.T) {
	importertest.Run(t, mbox.Format{}, []importertest.Case{
		{Name: "list", File: "testdata/list.mbox", Accepted: 3, Rejected: 1, Golden: "testdata/list.golden.json", Binary: true},
		{Name: "single", File: "testdata/plan.eml", Accepted: 1, Golden: "testdata/plan.golden.json", Binary: true},
		{Name: "mixed", File: "testdata/mixed.mbox", Accepted: 2, Golden: "testdata/mixed.golden.json", Binary: true},
	})
}

// mails reads mail and gives its posts by native id.
func mails(t *testing.T, data []byte, o importer.Options) (map[string]*model.Post, *importertest.Collected) {
	t.Helper()
	c, err := importertest.Read(t.Context(), mbox.Format{}, "x.mbox", data, o)
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, data, c)
	out := map[string]*model.Post{}
	for _, p := range c.Posts() {
		out[p.NativeID] = p
	}
	return out, c
}

func sample(t *testing.T, name string) []byte {
	t.Helper()
	return (importertest.Case{File: "testdata/" + name}).Bytes(t)
}

func TestMailingList(t *testing.T) {
	p, c := mails(t, sample(t, "list.mbox"), importer.Options{})
	one := p["one@harbour.example"]
	if one.Title != "[watch] The ferry fällt aus" || one.Text != "Hello all,\n\nFrom here it looks late.\n>From there too.\nFromage is not a boundary.\n\nAda" {
		t.Errorf("one: %+v", one)
	}
	if one.Author.NativeID != "ada@harbour.example" || one.Author.Name != "Ada Quay" || one.Created.Time.Hour() != 9 || one.Visibility != model.VisibilityUnlisted || one.PageType != model.PageForum {
		t.Errorf("one: %+v", one)
	}
	two := p["two@pier.example"]
	if two.Refs != (model.Refs{ReplyTo: "email:one@harbour.example", Thread: "email:zero@harbour.example"}) || two.Created.Time.Hour() != 10 || two.Created.Zone != model.ZoneStated {
		t.Errorf("two: %+v", two)
	}
	three := c.Posts()[2]
	if three.Text != "Café at the quay goes on in this line.\n-- \nCy" || three.Author.Name != "Cy Dock, Pilot" || three.Author.Handle != "Cy@Dock.example" || !strings.HasPrefix(three.NativeID, "content-") {
		t.Errorf("three: %+v", three)
	}
	if len(three.Mentions) != 2 || three.Mentions[1].AccountID != "jo@dock.example" || three.Created.Zone != model.ZoneAssumed || !three.Created.Time.Equal(time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)) {
		t.Errorf("three: %+v", three)
	}
	if r := c.Rejects(); r[0].Code != importer.RejectNotAPost || c.Assumed["zone"] != "UTC" {
		t.Errorf("rejected %+v, assumed %v", r[0], c.Assumed)
	}
}

func TestParts(t *testing.T) {
	p, _ := mails(t, sample(t, "plan.eml"), importer.Options{})
	m := p["plan@harbour.example"]
	if m.Text != "Berth 5, not 4." || m.Author.Name != "Ada 🚢" || m.Visibility != model.VisibilityPrivate || m.PageType != model.PageOther {
		t.Errorf("message: %+v", m)
	}
	if len(m.Media) != 1 || m.Media[0] != (model.Media{Type: "image", Alt: "pägel.png"}) || m.Created.Original != "Fri, 1 Mar 2024 10:00:00 +0100 (CET)" || m.Created.Time.Hour() != 9 {
		t.Errorf("message: %+v", m)
	}
	q, _ := mails(t, sample(t, "mixed.mbox"), importer.Options{})
	if h := q["html@port.example"]; h.Text != "Fog until ten – really\n& more" || !h.Created.Time.IsZero() || h.Created.Original == "" {
		t.Errorf("html, and a zone of no meaning: %+v", h)
	}
	if n := q["news@dock.example"]; n.Visibility != model.VisibilityPublic || n.Created.Time.Hour() != 10 {
		t.Errorf("news: %+v", n)
	}
}

func TestNotMail(t *testing.T) {
	for _, s := range []string{
		"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example\r\nSubject: x\r\nDate: Fri, 1 Mar 2024 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n",
		"HTTP/1.1 200 OK\r\nDate: x\r\nFrom: y\r\nTo: z\r\n\r\n", "WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n", "From the harbour we saw ships.\n\nDate: today\n", "title: x\ndate: y\nsubject: z\n\ntext",
	} {
		h, err := importer.ReadHead(importertest.FileOf("x", []byte(s)), importer.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if m := (mbox.Format{}).Detect(h); m.Score > 0 {
			t.Errorf("%q: %+v", s, m)
		}
	}
}

// TestHostile reads parts in parts for ever, many parts, and long folded lines in
// a time that grows with their size.
func TestHostile(t *testing.T) {
	const head = "From: a@b.example\nSubject: x\nMessage-ID: <h@x>\n"
	var nested strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&nested, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	for name, s := range map[string]string{
		"nested": head + nested.String(),
		"parts":  head + "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\nx\n", 100000),
		"folded": head + "References: " + strings.Repeat("\n <a@b>", 300000) + "\n\nx",
		"fields": head + strings.Repeat("X-A: b\n", 300000) + "\nx",
		"quoted": "From a Fri Mar  1 10:00:00 2024\n" + head + "\n" + strings.Repeat(">", 1<<20) + "From x",
	} {
		begin := time.Now()
		p, _ := mails(t, []byte(s), importer.Options{})
		if p["h@x"] == nil || time.Since(begin) > 20*time.Second {
			t.Errorf("%s: %d posts in %v", name, len(p), time.Since(begin))
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("From a Fri Mar  1 10:00:00 2024\nFrom: a@b\nContent-Type: multipart/alternative; boundary=x\n\n--x\n\na\n--x\nContent-Type: text/html\n\n<b>\n--x--\n"))
	f.Add([]byte("From: =?utf-8?q?=C3?= <a@b>\nDate: Fri, 1 Mar 2024 10:00:00 EST\nContent-Transfer-Encoding: base64\nSubject: x\n\nQUJD\n"))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, mbox.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, mbox.Format{}, append((importertest.Case{File: "testdata/list.mbox"}).Bytes(b), '\n'), 2000)
}
