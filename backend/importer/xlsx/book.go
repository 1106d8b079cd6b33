// Package xlsx reads the rows of Excel workbooks (XLSX, XLSM) one after another:
// every cell as text, dates by their number format, and numbers with all the
// digits that the file has. It unpacks as a stream: nothing is written to disk,
// and only the table of shared texts is held in memory, up to a limit. Formulas
// are not computed; the value that the program stored with them is read.
package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Limits on what a workbook may make of the memory.
const (
	maxParts   = 10_000
	maxShared  = 256 << 20 // bytes of shared texts
	maxPart    = 32 << 20  // bytes of the list of sheets, and of the styles
	maxSheets  = 1000
	maxStyles  = 100_000
	maxMerges  = 100_000
	maxColumns = 16_384
	maxRow     = 1 << 20 // rows of a sheet, as the file format has it
)

// Error says why a workbook cannot be read. Code is stable: "encrypted",
// "old_format", "broken" or "too_large".
type Error struct {
	Code   string
	Reason string
	Err    error
}

// Error gives the sentence.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Reason + ": " + e.Err.Error()
	}
	return e.Reason
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

func brokenBook(reason string, err error) error {
	return &Error{Code: "broken", Reason: "The workbook is broken: " + reason, Err: err}
}

// Sheet is one sheet with rows, in the order of the book.
type Sheet struct {
	Name   string
	Hidden bool
	part   string
}

// Book is an open workbook. It is for one goroutine, but several books may be
// open on the same file.
type Book struct {
	Sheets []Sheet
	parts  map[string]*zip.File
	shared shared
	dates  []dateKind // by style
	is1904 bool
	limit  int
}

// Sniff judges the beginning of a file: whether it is a workbook, or one that
// cannot be read, and then why.
func Sniff(head []byte) (isBook bool, err error) {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return bytes.Contains(head, []byte("xl/")) || bytes.Contains(head, []byte("[Content_Types].xml")), nil
	case !bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return false, nil
	case bytes.Contains(head, wide("EncryptedPackage")):
		return true, &Error{Code: "encrypted", Reason: "The workbook is encrypted with a password. Open it, save it without a password, and import that file"}
	case bytes.Contains(head, wide("Workbook")) || bytes.Contains(head, wide("Book")):
		return true, &Error{Code: "old_format", Reason: "It is a workbook in the format before 2007 (.xls). Open it, save it as .xlsx or .csv, and import that file"}
	}
	return false, nil
}

// wide writes a name as directories of the old format do.
func wide(s string) []byte {
	var out []byte
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return append(out, 0, 0)
}

// Open reads the directory, the styles and the shared texts of a workbook. limit
// is the largest row, in bytes. ok is false when the file is a ZIP that is no
// workbook.
func Open(r io.ReaderAt, size int64, limit int64) (b *Book, ok bool, err error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, true, brokenBook("its directory cannot be read", err)
	}
	if len(z.File) > maxParts {
		return nil, true, &Error{Code: "too_large", Reason: fmt.Sprintf("The workbook has %d parts; the limit is %d", len(z.File), maxParts)}
	}
	b = &Book{parts: make(map[string]*zip.File, len(z.File)), limit: int(min(max(limit, 64<<10), 1<<30))}
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/"))
		b.parts[name] = f
	}
	book := b.partOf("xl/workbook.xml", "_rels/.rels", "/officeDocument")
	if book == "" {
		return nil, false, nil
	}
	if err := b.readWorkbook(book); err != nil {
		return nil, true, err
	}
	return b, true, nil
}

// partOf finds a part by its usual name, or by its type in a list of relations.
func (b *Book) partOf(usual, rels, kind string) string {
	if b.parts[usual] != nil {
		return usual
	}
	for _, r := range b.relations(rels, "") {
		if strings.HasSuffix(r.kind, kind) && b.parts[r.target] != nil {
			return r.target
		}
	}
	return ""
}

// relation ties an id to a part.
type relation struct{ id, kind, target string }

// relations reads a list of relations; one that cannot be read is empty.
func (b *Book) relations(part, folder string) []relation {
	var out []relation
	err := b.each(part, maxPart, func(t token) error {
		if t.kind == tokenStart && t.name == "Relationship" && len(out) < maxParts {
			target := t.attrs["Target"]
			if !strings.HasPrefix(target, "/") {
				target = path.Join(folder, target)
			}
			out = append(out, relation{t.attrs["Id"], t.attrs["Type"], strings.ToLower(strings.TrimPrefix(target, "/"))})
		}
		return nil
	})
	if err != nil {
		return nil
	}
	return out
}

// each calls fn for every token of a part of at most so many bytes.
func (b *Book) each(part string, limit int64, fn func(token) error) error {
	f := b.parts[part]
	if f == nil {
		return fmt.Errorf("there is no part %s", part)
	}
	rc, err := f.Open()
	if err != nil {
		return fmt.Errorf("open %s: %w", part, err)
	}
	defer func() { _ = rc.Close() }() // opened for reading: nothing to lose
	s := newScanner(rc, b.limit)
	for {
		t, err := s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", part, err)
		}
		if s.spent > limit {
			return &Error{Code: "too_large", Reason: fmt.Sprintf("The workbook's part %s is larger than %d bytes", part, limit)}
		}
		if err := fn(t); err != nil {
			return err
		}
	}
}

// readWorkbook reads the list of sheets and what they share.
func (b *Book) readWorkbook(part string) error {
	folder := path.Dir(part)
	byID := map[string]string{}
	styles, texts := "", ""
	for _, r := range b.relations(path.Join(folder, "_rels", path.Base(part)+".rels"), folder) {
		switch {
		case strings.HasSuffix(r.kind, "/worksheet"):
			byID[r.id] = r.target
		case strings.HasSuffix(r.kind, "/styles"):
			styles = r.target
		case strings.HasSuffix(r.kind, "/sharedStrings"):
			texts = r.target
		}
	}
	err := b.each(part, maxPart, func(t token) error {
		switch {
		case t.kind != tokenStart:
		case t.name == "workbookPr":
			b.is1904 = isTrue(t.attrs["date1904"])
		case t.name == "sheet" && len(b.Sheets) < maxSheets:
			if p := byID[t.attrs["id"]]; b.parts[p] != nil {
				state := t.attrs["state"]
				b.Sheets = append(b.Sheets, Sheet{Name: t.attrs["name"], Hidden: state != "" && state != "visible", part: p})
			}
		}
		return nil
	})
	if err != nil {
		return brokenBook("its list of sheets cannot be read", err)
	}
	if len(b.Sheets) == 0 {
		return brokenBook("it has no sheet with rows", nil)
	}
	if b.parts[styles] != nil {
		if err := b.readStyles(styles); err != nil {
			return brokenBook("its styles cannot be read", err)
		}
	}
	if b.parts[texts] != nil {
		return b.readShared(texts)
	}
	return nil
}

func isTrue(s string) bool { return s == "1" || s == "true" || s == "on" }
