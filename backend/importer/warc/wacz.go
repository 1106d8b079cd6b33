package warc

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/webpage"
	"vedette/backend/internal/archive"
	"vedette/backend/model"
)

// WACZ reads the ZIP files that web archives are exchanged in (WACZ 1.1): the
// WARC files below "archive/". Their digests are checked against the package's
// description, where it has any.
type WACZ struct{}

// Name implements importer.Format.
func (WACZ) Name() string { return "wacz" }

// Version implements importer.Format.
func (WACZ) Version() string { return version }

// The parts of a WACZ file.
const (
	description = "datapackage.json"
	archiveDir  = "archive/"
)

// Detect implements importer.Format: a ZIP file with a description and a folder
// of archives.
func (WACZ) Detect(h importer.Head) importer.Match {
	if archive.Sniff(h.Bytes) != archive.ZIP {
		return importer.Match{Why: "it is no ZIP file"}
	}
	if h.R != nil {
		a, err := zip.NewReader(h.R, h.Size)
		if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
			return importer.Match{Why: "its table of contents cannot be read"}
		}
		described, archives := false, false
		for _, f := range a.File {
			described = described || f.Name == description
			archives = archives || isArchive(f.Name)
		}
		if described && archives {
			return importer.Match{Score: 95, Why: description + " and WARC files below " + archiveDir}
		}
		return importer.Match{Why: "a ZIP file without " + description + " or WARC files below " + archiveDir}
	}
	// Only the beginning is there: the names of the first members are in it.
	if bytes.Contains(h.Bytes, []byte(archiveDir)) && bytes.Contains(h.Bytes, []byte(".warc")) {
		return importer.Match{Score: 70, Why: "a ZIP file with a WARC file below " + archiveDir}
	}
	return importer.Match{Why: "a ZIP file without WARC files below " + archiveDir}
}

func isArchive(name string) bool {
	return strings.HasPrefix(name, archiveDir) && (strings.HasSuffix(name, ".warc") || strings.HasSuffix(name, ".warc.gz"))
}

// Read implements importer.Format.
func (WACZ) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	r := newReader(ctx, o, s)
	w := &waczReader{reader: r, digests: digests(f), others: map[string]int{}}
	a, err := archive.New(f.R, f.Size, f.Name)
	if err == nil {
		err = a.Walk(w.member)
	}
	if ctx.Err() == nil && (errors.Is(err, archive.ErrDamaged) || errors.Is(err, archive.ErrBomb) || errors.Is(err, archive.ErrTooMany)) {
		err = w.lost(f.Name, err)
	}
	if err = r.close(err); err != nil {
		return fmt.Errorf("read %s: %w", f.Name, err)
	}
	w.tell()
	s.Offset(f.Size)
	return nil
}

// waczReader reads the members of one WACZ file.
type waczReader struct {
	*reader
	digests map[string]string
	done    int64
	others  map[string]int
	checked struct{ same, differ []string }
}

// member reads one member.
func (w *waczReader) member(m archive.Member, body io.Reader) error {
	from := w.done
	w.done = max(w.done, m.Packed)
	if w.ctx.Err() != nil {
		return fmt.Errorf("read %s: %w", m.Path, context.Cause(w.ctx))
	}
	if !isArchive(m.Path) {
		w.others[path.Dir(m.Path)]++
		return nil
	}
	if m.Skip != "" {
		return w.lost(m.Path, errors.New(m.Skip))
	}
	h := sha256.New()
	spool, err := archive.NewSpool(io.TeeReader(body, h), w.o.Scratch)
	defer func() { _ = spool.Close() }() // room that is given back; the records are what counts
	if err != nil {
		if lost := w.lost(m.Path, err); lost != nil {
			return lost
		}
	}
	w.check(m.Path, hex.EncodeToString(h.Sum(nil)))
	if spool.Size() == 0 {
		return nil
	}
	file := importer.File{Name: m.Path, Size: spool.Size(), R: spool}
	return w.wait(w.file(file, m.Path, from, w.done))
}

// lost rejects a member that cannot be read, or the rest of the file.
func (w *waczReader) lost(name string, why error) error {
	err := w.pipe.Submit(0, w.done, func(b *importer.Batch) {
		reason := fmt.Sprintf("The member %q cannot be read to its end: %v.", name, why)
		b.Record(model.Record{
			Reject: &model.Reject{Code: "damaged_member", Reason: reason}, Raw: []byte(reason), Locator: model.Locator{Item: "member " + name},
		})
	})
	if err != nil {
		return fmt.Errorf("read archive: %w", err)
	}
	return nil
}

// check compares a member with the digest that the package gives.
func (w *waczReader) check(name, sum string) {
	want, ok := w.digests[name]
	switch {
	case !ok:
	case strings.EqualFold(want, sum):
		w.checked.same = append(w.checked.same, name)
	default:
		w.checked.differ = append(w.checked.differ, name)
	}
}

func (w *waczReader) tell() {
	if n := len(w.checked.same); n > 0 {
		w.s.Assume("archives_as_described", fmt.Sprint(n))
	}
	if n := len(w.checked.differ); n > 0 {
		w.s.Assume("archives_not_as_described", fmt.Sprintf("%d: %s", n, strings.Join(w.checked.differ[:min(n, 10)], ", ")))
	}
	if len(w.others) > 0 {
		w.s.Assume("members_not_read", webpage.Counted(w.others))
	}
}

// digests are the SHA-256 digests of members in the package's description.
func digests(f importer.File) map[string]string {
	r, err := archive.Open(f.R, f.Size, description, "")
	if err != nil {
		return nil
	}
	defer func() { _ = r.Close() }() // only read
	b, err := io.ReadAll(io.LimitReader(r, 8<<20))
	if err != nil {
		return nil
	}
	var d struct {
		Resources []struct{ Path, Hash string }
	}
	if json.Unmarshal(b, &d) != nil {
		return nil // a description that cannot be read describes nothing
	}
	out := map[string]string{}
	for _, x := range d.Resources {
		if sum, ok := strings.CutPrefix(x.Hash, "sha256:"); ok {
			out[x.Path] = sum
		}
	}
	return out
}
