package feed

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"vedette/backend/collect"
	"vedette/backend/model"
)

func newClient(t *testing.T, handler http.HandlerFunc) (*collect.Client, string) {
	t.Helper()
	srv := httptest.NewServer(handler)
	t.Cleanup(srv.Close)
	c, err := collect.NewClient(collect.ClientOptions{
		Now:    func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) },
		Ledger: func(model.Request) error { return nil },
		Allow:  netip.Addr.IsLoopback, PerHost: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c, srv.URL
}

func TestFetch(t *testing.T) {
	const body = `<rss version="2.0"><channel><title>t</title></channel></rss>`
	c, url := newClient(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/busy":
			w.Header().Set("Retry-After", "60")
			w.WriteHeader(http.StatusServiceUnavailable)
		case r.URL.Path != "/feed":
			http.NotFound(w, r)
		case r.Header.Get("If-None-Match") == `"1"`:
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprint(w, body)
		}
	})
	m := model.Collector{ID: "c1", Type: Type, URL: url + "/feed"}
	res, err := Fetch(t.Context(), c, m)
	if err != nil || string(res.Body) != body || res.ETag != `"1"` {
		t.Fatalf("%+v %v", res, err)
	}
	m.ETag = res.ETag
	if res, err = Fetch(t.Context(), c, m); err != nil || !res.NotModified {
		t.Errorf("%+v %v", res, err)
	}
	var f *model.Fault
	m.URL = url + "/gone"
	if _, err = Fetch(t.Context(), c, m); !errors.As(err, &f) || f.Code != "http_status" || f.Params["status"] != "404" {
		t.Errorf("missing feed: %v", err)
	}
	m.URL = url + "/busy"
	res, err = Fetch(t.Context(), c, m)
	if !errors.As(err, &f) || f.Code != "http_status" || res.NotBefore.IsZero() {
		t.Errorf("busy: %+v %v", res, err)
	}
	m.URL = "ftp://example.org/feed"
	if _, err = Fetch(t.Context(), c, m); !errors.As(err, &f) || f.Code != "url_not_web" {
		t.Errorf("scheme: %v", err)
	}
	m.Type = "page"
	if _, err = Fetch(t.Context(), c, m); err == nil {
		t.Error("a collector of another type was fetched")
	}
}

func TestUnaskedNotModifiedIsAFault(t *testing.T) {
	c, url := newClient(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) })
	// robots.txt answers 304 too, which cannot be read as rules.
	_, err := Fetch(t.Context(), c, model.Collector{Type: Type, URL: url + "/feed"})
	if err == nil {
		t.Error("an unconditional request was answered with nothing, without an error")
	}
}
