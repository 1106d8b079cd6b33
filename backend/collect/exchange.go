package collect

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/http/httptrace"
	"net/url"

	"vedette/backend/model"
)

// hop is one exchange of a Get: the address of this step and what it may carry.
type hop struct {
	url    *url.URL
	get    Get
	robots model.RobotsVerdict
	limit  int64 // cap of the body; 0 for the client's
}

// exchange makes one request and records it. It returns the answer, or the
// address of a redirect. Nothing of it is handed on before the ledger has it.
func (c *Client) exchange(ctx context.Context, h hop) (Response, *url.URL, error) {
	row := model.Request{Collector: h.get.Collector, Method: http.MethodGet, URL: h.url.String(), Robots: h.robots}
	err := c.turn(ctx, hostKey(h.url), c.paceOf(h.url))
	start := c.o.Now()
	row.At = start.UTC()
	var res Response
	var next *url.URL
	if err == nil {
		res, next, err = c.roundTrip(ctx, h, &row)
	}
	row.DurationMS = c.o.Now().Sub(start).Milliseconds()
	if next != nil {
		row.FinalURL = next.String()
	}
	if err != nil {
		row.Error = err.Error()
		var f *model.Fault
		if errors.As(err, &f) && row.Address == "" {
			row.Address = f.Params["address"]
		}
	}
	if lerr := c.o.Ledger(row); lerr != nil {
		return Response{}, nil, ledgerFault(lerr)
	}
	if err != nil {
		return Response{}, nil, err
	}
	return res, next, nil
}

// roundTrip sends the request and reads the whole answer, filling row.
func (c *Client) roundTrip(ctx context.Context, h hop, row *model.Request) (Response, *url.URL, error) {
	ctx, cancel := context.WithTimeout(ctx, c.o.Timeout)
	defer cancel()
	trace := &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) { row.Address = i.Conn.RemoteAddr().String() }}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, trace), http.MethodGet, h.url.String(), nil)
	if err != nil {
		return Response{}, nil, fault("url_not_web", "the address cannot be asked", err)
	}
	c.setHeaders(req, h.get)
	res, err := c.http.Do(req)
	if err != nil {
		return Response{}, nil, networkFault(h.url.Host, err)
	}
	defer res.Body.Close() //nolint:errcheck // read to its end or given up; nothing can be done about it
	row.Status = res.StatusCode

	out := Response{
		FinalURL: h.url.String(), Status: res.StatusCode, Header: res.Header, Address: row.Address,
		ETag: res.Header.Get("ETag"), LastModified: res.Header.Get("Last-Modified"), NotBefore: c.holdOff(hostKey(h.url), res),
	}
	out.NotModified = res.StatusCode == http.StatusNotModified
	next, err := redirectOf(h.url, res)
	if err != nil {
		return Response{}, nil, err
	}
	limit := c.o.MaxBytes
	if h.limit > 0 {
		limit = h.limit
	}
	if next != nil || out.NotModified {
		// A redirect's body is read, within reason, only to reuse the connection.
		_, err := readBody(res, 64<<10)
		out.FetchedAt = c.o.Now().UTC()
		if err != nil && next == nil {
			return Response{}, nil, err
		}
		return out, next, nil
	}
	out.Body, err = readBody(res, limit)
	row.Bytes = int64(len(out.Body))
	if err != nil {
		return Response{}, nil, err
	}
	sum := sha256.Sum256(out.Body)
	out.SHA256 = hex.EncodeToString(sum[:])
	row.SHA256 = out.SHA256
	out.FetchedAt = c.o.Now().UTC()
	return out, nil, nil
}

// setHeaders writes every header of a request. No Referer, no cookies.
func (c *Client) setHeaders(req *http.Request, g Get) {
	req.Header.Set("User-Agent", c.o.UserAgent)
	req.Header.Set("Accept-Encoding", "gzip")
	req.Header.Set("Accept", "*/*")
	if g.Accept != "" {
		req.Header.Set("Accept", g.Accept)
	}
	if g.Authorization != "" {
		req.Header.Set("Authorization", g.Authorization)
	}
	if g.ETag != "" {
		req.Header.Set("If-None-Match", g.ETag)
	}
	if g.LastModified != "" {
		req.Header.Set("If-Modified-Since", g.LastModified)
	}
}

// redirectOf returns where an answer redirects to, nil when it does not. A user
// name and password in the target are dropped, not sent.
func redirectOf(from *url.URL, res *http.Response) (*url.URL, error) {
	switch res.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	loc := res.Header.Get("Location")
	if loc == "" {
		return nil, fault("response_broken", from.Host+" redirects to nowhere", nil)
	}
	to, err := from.Parse(loc)
	if err != nil {
		return nil, fault("url_not_web", from.Host+" redirects to an address that cannot be read", err)
	}
	to.User = nil
	return parseURL(to.String())
}
