package mhtml

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"

	"vedette/backend/importer/webpage"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// The parts of a file may be nested, and are at most so many.
const (
	maxNested = 4
	maxParts  = 10_000
)

// part is one part of a file.
type part struct {
	header textproto.MIMEHeader
	body   io.Reader
}

func headerOf(h mail.Header) textproto.MIMEHeader { return textproto.MIMEHeader(h) }

// page is the part that is the page.
type page struct {
	doc                   []byte
	contentType, location string
}

// walker looks for the page: the HTML part that was at the address of the
// snapshot, else the one that the file names as its start, else the first.
type walker struct {
	at    string
	parts int
	// broken says why the parts behind the page cannot be read.
	broken error
}

// find returns the page in a part, or why there is none.
func (w *walker) find(p part, depth int) (*page, *model.Reject) {
	kind, params, err := mime.ParseMediaType(p.header.Get("Content-Type"))
	if err != nil && kind == "" {
		return nil, reject("bad_header", "A part names no type that can be read.")
	}
	if strings.HasPrefix(kind, "multipart/") {
		if depth >= maxNested {
			return nil, reject("too_deep", "The parts of the file are nested too deeply.")
		}
		return w.multipart(p.body, params, depth)
	}
	if !webpage.IsHTML(kind, nil) {
		return nil, reject("no_page", "There is no HTML in the file.")
	}
	doc, err := io.ReadAll(decoded(p))
	if err != nil {
		return nil, reject(codeOf(err), text.Clean(fmt.Sprintf("The page in the file cannot be read to its end: %v.", err)))
	}
	return &page{doc: doc, contentType: p.header.Get("Content-Type"), location: strings.TrimSpace(p.header.Get("Content-Location"))}, nil
}

func reject(code, reason string) *model.Reject { return &model.Reject{Code: code, Reason: reason} }

func codeOf(err error) string {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return "truncated"
	}
	return "bad_encoding"
}

// multipart looks through the parts of a part.
func (w *walker) multipart(body io.Reader, params map[string]string, depth int) (*page, *model.Reject) {
	if params["boundary"] == "" {
		return nil, reject("bad_header", "The file does not say where its parts begin.")
	}
	var first *page
	mr := multipart.NewReader(body, params["boundary"])
	for ; w.parts < maxParts; w.parts++ {
		raw, err := mr.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if first == nil {
				return nil, reject(codeOf(err), text.Clean(fmt.Sprintf("The parts of the file cannot be read: %v.", err)))
			}
			w.broken = err
			break
		}
		p, no := w.find(part{header: raw.Header, body: raw}, depth+1)
		switch {
		case p == nil && no.Code == "no_page":
		case p == nil && (first == nil || strings.TrimSpace(raw.Header.Get("Content-Location")) == w.at):
			return nil, no // it is the page, and broken
		case p == nil:
			w.broken = errors.New(no.Reason)
		case w.at != "" && p.location == w.at, params["start"] != "" && raw.Header.Get("Content-ID") == params["start"]:
			return p, nil
		case first == nil:
			first = p
		}
	}
	if first == nil {
		return nil, reject("no_page", "There is no HTML in the file.")
	}
	return first, nil
}

// decoded undoes the transfer encoding of a part.
func decoded(p part) io.Reader {
	switch strings.ToLower(strings.TrimSpace(p.header.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		return quotedprintable.NewReader(p.body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, p.body)
	}
	return p.body
}
