package collect

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"vedette/backend/model"
)

// world is a network in miniature: a real server on loopback, names that resolve
// to it, a clock that only moves when somebody waits, and the ledger.
type world struct {
	t      *testing.T
	client *Client
	port   string

	mu     sync.Mutex
	now    time.Time
	waited []time.Duration
	rows   []model.Request
	names  map[string][]netip.Addr
	hits   []string // host + path of every request that arrived
}

var loopback = netip.MustParseAddr("127.0.0.1")

// newWorld starts a server. Hosts ending in ".test" resolve to it unless names
// says otherwise.
func newWorld(t *testing.T, handler http.HandlerFunc, change func(*ClientOptions)) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), names: map[string][]netip.Addr{}}
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		host, _, _ := strings.Cut(r.Host, ":")
		w.mu.Lock()
		w.hits = append(w.hits, host+r.URL.RequestURI())
		w.mu.Unlock()
		handler(rw, r)
	}))
	t.Cleanup(srv.Close)
	u, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	w.port = u.Port()
	o := ClientOptions{
		Now:    w.clock,
		Wait:   w.wait,
		Lookup: w.lookup,
		Allow:  func(a netip.Addr) bool { return a == loopback },
		Ledger: func(r model.Request) error {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.rows = append(w.rows, r)
			return nil
		},
	}
	if change != nil {
		change(&o)
	}
	w.client, err = NewClient(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.client.Close)
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) wait(_ context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.waited = append(w.waited, d)
	w.now = w.now.Add(d)
	return nil
}

// lookup answers from names; several addresses are handed out one per call,
// which is what DNS rebinding does.
func (w *world) lookup(_ context.Context, host string) ([]netip.Addr, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if list, ok := w.names[host]; ok {
		if len(list) > 1 {
			w.names[host] = list[1:]
		}
		return list[:1], nil
	}
	if strings.HasSuffix(host, ".test") {
		return []netip.Addr{loopback}, nil
	}
	return nil, errors.New("no such host")
}

// url makes an address of the server under a name.
func (w *world) url(host, path string) string { return "http://" + host + ":" + w.port + path }

func (w *world) get(path string) (Response, error) {
	return w.client.Get(w.t.Context(), Get{URL: w.url("site.test", path), Collector: "c1"})
}

// wantCode checks that err is a fault with the code.
func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	var f *model.Fault
	if !errors.As(err, &f) || f.Code != code {
		t.Fatalf("got %v, want a fault %s", err, code)
	}
	if f.Params["message"] == "" {
		t.Errorf("fault %s without a message", code)
	}
}

// noRobots answers 404 for robots.txt and calls next for the rest.
func noRobots(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		next(w, r)
	}
}
