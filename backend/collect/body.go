package collect

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// errCap marks a body that is over the cap.
var errCap = errors.New("over the cap")

// capped fails, rather than ending, when more than left bytes come through it.
type capped struct {
	r    io.Reader
	left int64
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left < 0 {
		return 0, errCap
	}
	if int64(len(p)) > c.left+1 { // one more byte tells "exactly full" from "too much"
		p = p[:c.left+1]
	}
	n, err := c.r.Read(p)
	c.left -= int64(n)
	if c.left < 0 {
		return n - 1, errCap
	}
	return n, err //nolint:wrapcheck // a Reader must pass io.EOF on as it is
}

// readBody reads a body, decompressed. limit caps it twice: as sent and as
// decompressed, so that a small answer cannot grow without end. What was read
// before an error is returned with it.
func readBody(res *http.Response, limit int64) ([]byte, error) {
	if res.ContentLength > limit {
		return nil, tooLarge(res, limit)
	}
	var r io.Reader = &capped{r: res.Body, left: limit}
	switch enc := strings.ToLower(strings.TrimSpace(res.Header.Get("Content-Encoding"))); enc {
	case "", "identity":
	case "gzip", "x-gzip":
		zr, err := gzip.NewReader(r)
		if errors.Is(err, io.EOF) {
			return nil, nil // no body at all, as some servers answer errors
		}
		if err != nil {
			return nil, bodyFault(res, limit, err)
		}
		r = &capped{r: zr, left: limit}
	default:
		return nil, fault("response_broken", fmt.Sprintf("%s answered in the encoding %q, which was not asked for", res.Request.URL.Host, enc), nil)
	}
	body, err := io.ReadAll(r)
	if err != nil {
		return body, bodyFault(res, limit, err)
	}
	return body, nil
}

// bodyFault says what went wrong while reading a body.
func bodyFault(res *http.Response, limit int64, err error) error {
	switch {
	case errors.Is(err, errCap):
		return tooLarge(res, limit)
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.Is(err, io.ErrUnexpectedEOF):
		return fault("response_broken", "the answer of "+res.Request.URL.Host+" is damaged or cut short", err)
	}
	return networkFault(res.Request.URL.Host, err)
}

func tooLarge(res *http.Response, limit int64) error {
	return fault("response_too_large", fmt.Sprintf("the answer of %s is larger than %d bytes", res.Request.URL.Host, limit), nil,
		"limit", fmt.Sprint(limit))
}
