package importertest

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"vedette/backend/importer"
	"vedette/backend/model"
)

func refused(t *testing.T, f importer.Format, c Case, data []byte) {
	t.Helper()
	_, _, err := importer.Detect([]importer.Format{f}, c.of(data), c.Options)
	var r *importer.Refused
	if !errors.As(err, &r) {
		t.Fatalf("detect: got %v, want a refusal", err)
	}
	if !strings.Contains(r.Reason, c.Refused) {
		t.Errorf("refusal %q does not say %q", r.Reason, c.Refused)
	}
}

// checkCase runs everything that must hold for a well-formed sample.
func checkCase(t *testing.T, f importer.Format, c Case, data []byte) *Collected {
	t.Helper()
	if m := detect(t, f, c, data); m.Score == 0 || m.Refuse != "" {
		t.Errorf("detect: %+v", m)
	}
	got, err := ReadFile(t.Context(), f, c.of(data), c.Options)
	if err != nil {
		t.Fatal(err)
	}
	accepted, rejected := len(got.Posts()), len(got.Rejects())
	if accepted != c.Accepted || rejected != c.Rejected {
		t.Errorf("accepted %d, rejected %d; want %d, %d", accepted, rejected, c.Accepted, c.Rejected)
		for _, r := range got.Rejects() {
			t.Logf("rejected %s: %s", r.Code, r.Reason)
		}
	}
	CheckRecords(t, data, got)
	again, err := ReadFile(t.Context(), f, c.of(data), c.Options)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, again) {
		t.Error("a second reading gives other records")
	}
	if c.Golden != "" {
		Golden(t, c.Golden, Summarise(got))
	}
	return got
}

func detect(t *testing.T, f importer.Format, c Case, data []byte) importer.Match {
	t.Helper()
	h, err := importer.ReadHead(c.of(data), c.Options)
	if err != nil {
		t.Fatal(err)
	}
	return f.Detect(h)
}

// CheckRecords checks what must hold for the records of any file, broken or not.
func CheckRecords(t *testing.T, data []byte, got *Collected) {
	t.Helper()
	for _, r := range got.Records {
		if (r.Post == nil) == (r.Reject == nil) {
			t.Fatalf("record %d: post and reject are both set or both missing", r.Seq)
		}
		if r.Locator.HasRange() && r.Locator.Member == "" {
			end := r.Locator.Offset + r.Locator.Length
			if r.Locator.Offset < 0 || end > int64(len(data)) {
				t.Fatalf("record %d: range %d+%d outside of the file", r.Seq, r.Locator.Offset, r.Locator.Length)
			}
			if r.Raw != nil && !bytes.Equal(r.Raw, data[r.Locator.Offset:end]) {
				t.Fatalf("record %d: raw is not the file's bytes %d+%d", r.Seq, r.Locator.Offset, r.Locator.Length)
			}
		}
		if r.Reject != nil && (r.Reject.Code == "" || r.Reject.Reason == "") {
			t.Errorf("record %d: rejection without code or reason: %+v", r.Seq, r.Reject)
		}
		if r.Post != nil {
			checkPost(t, r.Post)
		}
	}
}

func checkPost(t *testing.T, p *model.Post) {
	t.Helper()
	switch {
	case p.Platform == "" || p.NativeID == "":
		t.Errorf("post without platform or id: %+v", p)
	case p.Kind == "" || p.PageType == "" || p.Visibility == "":
		t.Errorf("post %s without kind, type or visibility", p.UID())
	case !clean(p.Text) || !clean(p.Title) || !clean(p.Author.Name) || !clean(p.Author.Handle) || !clean(p.NativeID):
		t.Errorf("post %q has broken UTF-8 or NUL in it", p.UID())
	case p.Created.Time.IsZero() != (p.Created.Zone == ""):
		t.Errorf("post %s: instant %+v does not say how its zone is known", p.UID(), p.Created)
	case p.Author.Platform != "" && p.Author.Platform != p.Platform:
		t.Errorf("post %s: author is of platform %q", p.UID(), p.Author.Platform)
	}
}

// clean reports whether a text can be stored as it is.
func clean(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }
