// Package collect is the only room that reaches the network. Its Client fetches
// public addresses over http and https and nothing else: the address of every
// connection is checked at the moment it is dialled, redirects are followed by
// hand so that each one is checked again, answers are capped, robots.txt is
// obeyed, and every exchange, also a refused one, is written to the ledger
// before its result is used. It keeps no cookies and uses no proxy.
//
// The packages below it (collect/feed, …) each know one kind of source. They
// fetch; reading what was fetched is the importers' work.
package collect

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"vedette/backend/model"
)

// Defaults of ClientOptions.
const (
	DefaultMaxBytes  = 32 << 20
	DefaultTimeout   = 60 * time.Second
	DefaultPerHost   = time.Second
	DefaultUserAgent = "Vedette/1 (offline research workstation)"

	// MaxRedirects is how many redirects one Get follows.
	MaxRedirects = 5
)

// ClientOptions are what a Client is given from outside. Now and Ledger are
// required; the zero value of everything else means its default.
type ClientOptions struct {
	// Now is the clock.
	Now func() time.Time
	// Ledger is called once for every exchange, refused ones included, before
	// its result is used. Its error fails the exchange.
	Ledger func(model.Request) error
	// Lookup resolves a host name (default: the system's resolver).
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	// Allow lets addresses through that the guard would refuse. It is for tests;
	// nil allows none.
	Allow func(netip.Addr) bool
	// Wait sleeps until d has passed or ctx is done (default: a timer).
	Wait func(ctx context.Context, d time.Duration) error
	// UserAgent names the client; the part before "/" is what robots.txt is read for.
	UserAgent string
	// MaxBytes caps an answer, both as sent and decompressed. More is an error.
	MaxBytes int64
	// Timeout caps one exchange, from dialling to the last byte.
	Timeout time.Duration
	// PerHost is the least time between two exchanges with one host.
	PerHost time.Duration
	// TLS is the TLS configuration (default: the system's roots). It is for tests.
	TLS *tls.Config
}

// Client is the guarded HTTP client. It is safe for concurrent use.
type Client struct {
	o    ClientOptions
	http *http.Client

	mu     sync.Mutex
	hosts  map[string]hostState
	robots map[string]robotsEntry
}

// NewClient returns a Client; it fails when Now or Ledger is missing.
func NewClient(o ClientOptions) (*Client, error) {
	if o.Now == nil || o.Ledger == nil {
		return nil, errors.New("new client: a clock and a ledger are required")
	}
	if o.Lookup == nil {
		o.Lookup = func(ctx context.Context, host string) ([]netip.Addr, error) {
			addrs, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
			if err != nil {
				return nil, fmt.Errorf("look up %s: %w", host, err)
			}
			return addrs, nil
		}
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	if o.UserAgent == "" {
		o.UserAgent = DefaultUserAgent
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.PerHost <= 0 {
		o.PerHost = DefaultPerHost
	}
	c := &Client{o: o, hosts: map[string]hostState{}, robots: map[string]robotsEntry{}}
	c.http = &http.Client{
		Transport: &http.Transport{
			Proxy:                  nil, // a proxy would dial for us, unchecked
			DialContext:            c.dial,
			TLSClientConfig:        o.TLS,
			TLSHandshakeTimeout:    15 * time.Second,
			DisableCompression:     true, // decompressed in body.go, under the cap
			ForceAttemptHTTP2:      true,
			MaxIdleConnsPerHost:    1,
			IdleConnTimeout:        30 * time.Second,
			MaxResponseHeaderBytes: 256 << 10,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c, nil
}

// Close drops idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Get is one thing to fetch.
type Get struct {
	URL string
	// Collector is the id that the ledger shows.
	Collector string
	// ETag and LastModified make the request conditional.
	ETag, LastModified string
	// Accept is the Accept header; empty accepts anything.
	Accept string
	// Authorization is sent to the first origin only, never after a redirect to another.
	Authorization string
}

// Response is an answer, whatever its status. Body is decompressed, and nil when
// NotModified.
type Response struct {
	URL          string // as asked
	FinalURL     string // after redirects
	Status       int
	Header       http.Header
	Body         []byte
	SHA256       string // of Body, lower-case hexadecimal; empty without a body
	NotModified  bool
	ETag         string
	LastModified string
	FetchedAt    time.Time // when the last byte was there
	// NotBefore is when the server asks to be left alone until (Retry-After).
	NotBefore time.Time
	Address   string // IP address and port that answered
}

// Get fetches an address. Errors are *model.Fault with the codes of fault.go;
// an answer with any status is not an error. When robots.txt forbids the
// address, the fault is robots_refused.
func (c *Client) Get(ctx context.Context, g Get) (Response, error) {
	u, err := parseURL(g.URL)
	if err != nil {
		return Response{}, c.refuse(g.URL, g.Collector, err)
	}
	first, original := originOf(u), u.String()
	h := hop{url: u, get: g}
	for n := 0; ; n++ {
		if n > MaxRedirects {
			return Response{}, c.refuse(h.url.String(), g.Collector, fault("too_many_redirects",
				fmt.Sprintf("%s redirects more than %d times", original, MaxRedirects), nil))
		}
		verdict, err := c.checkRobots(ctx, h)
		if err != nil {
			return Response{}, err
		}
		h.robots = verdict
		res, next, err := c.exchange(ctx, h)
		if err != nil {
			return Response{}, err
		}
		if next == nil {
			res.URL = g.URL
			return res, nil
		}
		if originOf(next) != first {
			h.get.Authorization = ""
		}
		h.url = next
	}
}

// refuse records a request that was not made and returns why.
func (c *Client) refuse(raw, collector string, why error) error {
	err := c.o.Ledger(model.Request{At: c.o.Now().UTC(), Collector: collector, Method: http.MethodGet, URL: redact(raw), Error: why.Error()})
	if err != nil {
		return ledgerFault(err)
	}
	return why
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait: %w", ctx.Err())
	}
}

// agentToken is the product token that robots.txt is read for.
func (c *Client) agentToken() string {
	name, _, _ := strings.Cut(c.o.UserAgent, "/")
	return strings.ToLower(strings.TrimSpace(name))
}
