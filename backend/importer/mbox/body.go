package mbox

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/quotedprintable"
	"strings"

	"vedette/backend/importer/chats"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// Limits on the parts of a message.
const (
	maxDepth = 20
	maxParts = 1000
)

// content collects what a message holds.
type content struct {
	parts int
	media []model.Media
}

// kindOf reads a Content-Type.
func kindOf(h header) (kind string, params map[string]string) {
	value := h.raw("content-type")
	if value == "" {
		return "text/plain", nil
	}
	kind, params, err := mime.ParseMediaType(value)
	if err != nil && kind == "" {
		kind, _, _ = strings.Cut(strings.ToLower(value), ";")
		kind = strings.TrimSpace(kind)
		if _, b, ok := strings.Cut(value, "boundary="); ok {
			b, _, _ = strings.Cut(b, ";")
			params = map[string]string{"boundary": strings.Trim(b, "\" ")}
		}
	}
	if !strings.Contains(kind, "/") {
		kind = "text/plain"
	}
	return kind, params
}

// read returns the text of a part and keeps its attachments.
func (c *content) read(h header, body []byte, depth int) string {
	if c.parts++; c.parts > maxParts || depth > maxDepth {
		return ""
	}
	kind, params := kindOf(h)
	switch {
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		return c.multipart(kind, split(body, params["boundary"]), depth)
	case kind == "message/rfc822" && !attached(h):
		inner, rest, _ := cutHeader(unpack(h, body))
		return c.read(inner, rest, depth+1)
	case strings.HasPrefix(kind, "text/") && !attached(h):
		s := decode(unpack(h, body), params["charset"])
		switch kind {
		case "text/html":
			return text.PlainHTML(s)
		case "text/calendar", "text/x-vcard", "text/vcard":
		default:
			if strings.EqualFold(params["format"], "flowed") {
				s = unflow(s)
			}
			return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
		}
	}
	name := filename(h, params)
	c.media = append(c.media, model.Media{Type: chats.MediaType(kind, name), Alt: name})
	return ""
}

// multipart reads the parts of a part. Of alternatives the plain text is taken,
// else the last one with a text.
func (c *content) multipart(kind string, parts [][]byte, depth int) string {
	var texts []string
	for _, part := range parts {
		h, body, _ := cutHeader(part)
		if len(h) == 0 { // a part may have no header
			body = bytes.TrimLeft(part, "\r\n")
		}
		s := c.read(h, body, depth+1)
		if s == "" {
			continue
		}
		if kind == "multipart/alternative" {
			if k, _ := kindOf(h); k == "text/plain" {
				return s
			}
			texts = nil
		}
		texts = append(texts, s)
	}
	return strings.Join(texts, "\n\n")
}

// split parts a body at the lines of its boundary. A missing last line does not
// matter.
func split(body []byte, boundary string) [][]byte {
	var parts [][]byte
	mark := []byte("--" + boundary)
	start, pos := -1, 0
	for line := range bytes.Lines(body) {
		if bytes.HasPrefix(line, mark) {
			rest := bytes.TrimRight(line[len(mark):], " \t\r\n")
			if last := bytes.Equal(rest, []byte("--")); last || len(rest) == 0 {
				if start >= 0 {
					parts = append(parts, body[start:pos])
				}
				start = pos + len(line)
				if last {
					return parts
				}
			}
		}
		if pos += len(line); len(parts) >= maxParts {
			return parts
		}
	}
	if start >= 0 {
		parts = append(parts, body[start:])
	}
	return parts
}

// unpack undoes the transfer encoding of a body.
func unpack(h header, body []byte) []byte {
	switch strings.ToLower(strings.TrimSpace(h.get("content-transfer-encoding"))) {
	case "base64":
		clean := make([]byte, 0, len(body))
		for _, c := range body {
			if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' {
				clean = append(clean, c)
			}
		}
		if len(clean)%4 == 1 { // cut off inside of a byte
			clean = clean[:len(clean)-1]
		}
		out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
		n, err := base64.RawStdEncoding.Decode(out, clean)
		if err != nil {
			return body
		}
		return out[:n]
	case "quoted-printable":
		// What is read before a mistake stands; the raw bytes keep the rest.
		out, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body)))
		if err != nil && len(out) == 0 {
			return body
		}
		return out
	}
	return body
}

// attached reports whether a part is to be saved, not shown.
func attached(h header) bool {
	return strings.HasPrefix(strings.ToLower(strings.TrimSpace(h.raw("content-disposition"))), "attachment")
}

// filename is the name of an attachment.
func filename(h header, params map[string]string) string {
	if _, p, err := mime.ParseMediaType(h.raw("content-disposition")); err == nil && p["filename"] != "" {
		return decodeWords(p["filename"])
	}
	return decodeWords(params["name"])
}

// unflow joins the lines of flowed text (RFC 3676): one that ends in a space goes
// on in the next.
func unflow(s string) string {
	var out strings.Builder
	for line := range strings.Lines(s) {
		plain := strings.TrimRight(line, "\r\n")
		if strings.HasSuffix(plain, " ") && plain != "-- " && !strings.HasPrefix(plain, ">") {
			out.WriteString(strings.TrimPrefix(plain, " "))
			continue
		}
		out.WriteString(plain)
		out.WriteByte('\n')
	}
	return out.String()
}
