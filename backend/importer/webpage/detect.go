package webpage

import (
	"bytes"
	"mime"
	"strings"

	"golang.org/x/net/html/atom"
)

// IsHTML tells whether a document is a page: by its content type, or where that
// says nothing, by its beginning.
func IsHTML(contentType string, doc []byte) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(contentType)), ";")
	}
	switch kind {
	case "text/html", "application/xhtml+xml":
		return true
	case "", "text/plain", "application/octet-stream", "unk", "no-type":
		return sniff(doc) != ""
	}
	return false
}

// sniff names what makes a document a page: its DOCTYPE or its first element.
// Comments, processing instructions and white space may come before.
func sniff(doc []byte) string {
	doc = bytes.TrimPrefix(doc, []byte("\xef\xbb\xbf"))
	for range 50 {
		doc = bytes.TrimLeft(doc, " \t\r\n\f\x00")
		switch {
		case len(doc) < 3 || doc[0] != '<':
			return ""
		case bytes.HasPrefix(doc, []byte("<!--")):
			doc = after(doc, "-->")
		case doc[1] == '?':
			doc = after(doc, ">")
		case doc[1] == '!':
			if len(doc) >= 14 && strings.EqualFold(string(doc[:9]), "<!doctype") {
				word := strings.ToLower(string(bytes.TrimSpace(doc[9:min(len(doc), 40)])))
				if strings.HasPrefix(word, "html") {
					return "the document type html"
				}
			}
			return ""
		default:
			return pageElement(doc[1:])
		}
	}
	return ""
}

func after(doc []byte, mark string) []byte {
	i := bytes.Index(doc, []byte(mark))
	if i < 0 {
		return nil
	}
	return doc[i+len(mark):]
}

// pageElement names the first element when only a page begins with it.
func pageElement(doc []byte) string {
	end := bytes.IndexAny(doc[:min(len(doc), 40)], " \t\r\n\f/>")
	if end < 0 {
		return ""
	}
	switch name := bytes.ToLower(doc[:end]); atom.Lookup(name) {
	case atom.Html, atom.Head, atom.Body, atom.Title, atom.Meta, atom.Script, atom.Style, atom.Div, atom.Table, atom.P, atom.H1, atom.Article, atom.Iframe:
		return "the element <" + string(name) + ">"
	}
	return ""
}
