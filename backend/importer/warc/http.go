package warc

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// response is an HTTP response in a record: its head, and its body as stored.
type response struct {
	status int
	header http.Header
	body   []byte
}

// readResponse reads the head of a response. The body is all that follows: the
// length that the head states is often that of another encoding.
func readResponse(block []byte) (*response, error) {
	head, body := split(block)
	if head == nil {
		return nil, errors.New("its HTTP response has no end of its head")
	}
	// net/http knows versions of two numbers only.
	for _, v := range []string{"HTTP/2 ", "HTTP/3 "} {
		if bytes.HasPrefix(head, []byte(v)) {
			head = append([]byte(strings.TrimSpace(v)+".0 "), head[len(v):]...)
		}
	}
	r, err := http.ReadResponse(bufio.NewReader(io.MultiReader(bytes.NewReader(head), strings.NewReader("\r\n\r\n"))), nil)
	if err != nil {
		return nil, fmt.Errorf("its HTTP response cannot be read: %w", err)
	}
	out := &response{status: r.StatusCode, header: r.Header, body: body}
	if len(r.TransferEncoding) > 0 {
		out.body = dechunk(body)
	}
	_ = r.Body.Close() // it stands for a body that is not there
	return out, nil
}

// split cuts a response behind its head.
func split(block []byte) (head, body []byte) {
	i, skip := bytes.Index(block, []byte("\r\n\r\n")), 4
	if j := bytes.Index(block, []byte("\n\n")); j >= 0 && (i < 0 || j < i) {
		i, skip = j, 2
	}
	if i < 0 {
		return nil, nil
	}
	return block[:i], block[i+skip:]
}

// dechunk undoes the chunked transfer encoding. Many programs store the body
// without it and keep the header: a body that is not in chunks stays as it is. Of
// one that breaks off, what was read is kept.
func dechunk(body []byte) []byte {
	line, _, _ := bytes.Cut(body[:min(len(body), 64)], []byte("\n"))
	size, _, _ := bytes.Cut(bytes.TrimSpace(line), []byte(";"))
	if len(size) == 0 || len(size) > 16 || strings.Trim(string(bytes.TrimSpace(size)), "0123456789abcdefABCDEF") != "" {
		return body
	}
	out, err := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(body)))
	if err != nil && len(out) == 0 {
		return body
	}
	return out
}

// errTooLong says that a body unpacks to more than a record may have.
var errTooLong = errors.New("its content unpacks to more than a record may have")

// decode undoes the content encodings of a body, the last first. A body that is
// in plain HTML stays as it is, whatever the head says.
func decode(body []byte, encodings string, limit int64) ([]byte, error) {
	list := strings.Split(encodings, ",")
	for i := len(list) - 1; i >= 0; i-- {
		name := strings.ToLower(strings.TrimSpace(list[i]))
		if name == "" || name == "identity" || len(body) == 0 || plain(body) {
			continue
		}
		r, err := unpackBody(name, body)
		if err != nil {
			return nil, fmt.Errorf("its content encoding %q cannot be undone: %w", name, err)
		}
		out, err := io.ReadAll(io.LimitReader(r, limit+1))
		switch {
		case int64(len(out)) > limit:
			return nil, errTooLong
		case err != nil && len(out) == 0:
			return nil, fmt.Errorf("its content encoding %q cannot be undone: %w", name, err)
		}
		body = out // of a body that breaks off, what was read is kept
		if len(list) > 8 {
			break // nobody packs so often
		}
	}
	return body, nil
}

// plain reports whether a body is text that begins as HTML does.
func plain(body []byte) bool {
	t := bytes.TrimLeft(body[:min(len(body), 512)], "\xef\xbb\xbf \t\r\n")
	return len(t) > 0 && t[0] == '<'
}

func unpackBody(name string, body []byte) (io.Reader, error) {
	switch name {
	case "gzip", "x-gzip":
		return gzip.NewReader(bytes.NewReader(body)) //nolint:wrapcheck // wrapped by the caller
	case "deflate": // zlib by the standard, raw by many servers
		if z, err := zlib.NewReader(bytes.NewReader(body)); err == nil {
			return z, nil
		}
		return flate.NewReader(bytes.NewReader(body)), nil
	case "br":
		return brotli.NewReader(bytes.NewReader(body)), nil
	case "zstd":
		z, err := zstd.NewReader(bytes.NewReader(body), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(16<<20))
		if err != nil {
			return nil, err //nolint:wrapcheck // wrapped by the caller
		}
		return z.IOReadCloser(), nil
	}
	return nil, errors.New("it is not known")
}
