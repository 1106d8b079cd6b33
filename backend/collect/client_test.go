package collect

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"vedette/backend/model"
)

func TestGetRecordsBeforeItAnswers(t *testing.T) {
	w := newWorld(t, noRobots(func(rw http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") != "" || r.Header.Get("Referer") != "" {
			t.Error("a cookie or referer was sent")
		}
		rw.Header().Set("ETag", `"a"`)
		rw.Header().Set("Set-Cookie", "id=1")
		fmt.Fprint(rw, "hello")
	}), nil)
	for range 2 {
		res, err := w.get("/feed")
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256([]byte("hello"))
		if string(res.Body) != "hello" || res.SHA256 != hex.EncodeToString(sum[:]) || res.ETag != `"a"` || res.Status != 200 {
			t.Errorf("response %+v", res)
		}
	}
	if len(w.rows) != 3 {
		t.Fatalf("%d ledger rows, want robots.txt and two fetches: %+v", len(w.rows), w.rows)
	}
	if r := w.rows[0]; !strings.HasSuffix(r.URL, "/robots.txt") || r.Status != 404 || r.Robots != model.RobotsUnchecked {
		t.Errorf("robots row %+v", r)
	}
	r := w.rows[1]
	if r.Robots != model.RobotsAllowed || r.Bytes != 5 || r.SHA256 == "" || r.Address != "127.0.0.1:"+w.port || r.Collector != "c1" || r.Method != "GET" || r.At.IsZero() {
		t.Errorf("row %+v", r)
	}
}

func TestLedgerFailureWithholdsTheResult(t *testing.T) {
	w := newWorld(t, noRobots(func(rw http.ResponseWriter, _ *http.Request) { fmt.Fprint(rw, "x") }), func(o *ClientOptions) {
		o.Ledger = func(model.Request) error { return errors.New("disk full") }
	})
	res, err := w.get("/feed")
	wantCode(t, err, "ledger_failed")
	if res.Body != nil {
		t.Error("a result was handed on without its ledger row")
	}
}

func TestRedirects(t *testing.T) {
	w := newWorld(t, noRobots(func(rw http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/a":
			http.Redirect(rw, r, "/b", http.StatusMovedPermanently)
		case "/b":
			fmt.Fprint(rw, "auth:"+r.Header.Get("Authorization"))
		case "/away":
			http.Redirect(rw, r, strings.Replace("http://user:pw@"+r.Host+"/b", "site.test", "other.test", 1), http.StatusFound)
		case "/loop":
			http.Redirect(rw, r, "/loop", http.StatusFound)
		case "/file":
			rw.Header().Set("Location", "file:///etc/passwd")
			rw.WriteHeader(http.StatusFound)
		case "/nowhere":
			rw.WriteHeader(http.StatusFound)
		}
	}), nil)
	get := func(path string) (Response, error) {
		return w.client.Get(t.Context(), Get{URL: w.url("site.test", path), Authorization: "Bearer t"})
	}
	res, err := get("/a")
	if err != nil || string(res.Body) != "auth:Bearer t" || res.FinalURL != w.url("site.test", "/b") || res.URL != w.url("site.test", "/a") {
		t.Errorf("same host: %q %+v %v", res.Body, res, err)
	}
	res, err = get("/away")
	if err != nil || string(res.Body) != "auth:" || res.FinalURL != w.url("other.test", "/b") {
		t.Errorf("other host: %q %s %v", res.Body, res.FinalURL, err)
	}
	before := len(w.rows)
	_, err = get("/loop")
	wantCode(t, err, "too_many_redirects")
	if n := len(w.rows) - before; n != MaxRedirects+2 { // six asked, one refused
		t.Errorf("%d rows for the loop, want %d", n, MaxRedirects+2)
	}
	_, err = get("/file")
	wantCode(t, err, "url_not_web")
	if last := w.rows[len(w.rows)-1]; last.Status != 302 || last.Error == "" {
		t.Errorf("row of the refused redirect: %+v", last)
	}
	_, err = get("/nowhere")
	wantCode(t, err, "response_broken")
}

func TestConditionalRequests(t *testing.T) {
	w := newWorld(t, noRobots(func(rw http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"v1"` && r.Header.Get("If-Modified-Since") == "yesterday" {
			rw.WriteHeader(http.StatusNotModified)
			return
		}
		t.Error("the request was not conditional")
	}), nil)
	res, err := w.client.Get(t.Context(), Get{URL: w.url("site.test", "/"), ETag: `"v1"`, LastModified: "yesterday"})
	if err != nil || !res.NotModified || res.Body != nil || res.SHA256 != "" {
		t.Errorf("%+v %v", res, err)
	}
}

func TestCaps(t *testing.T) {
	zip := func(n int) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := io.CopyN(z, zeros{}, int64(n)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	w := newWorld(t, noRobots(func(rw http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/full":
			rw.Write(make([]byte, 1000))
		case "/over":
			rw.Write(make([]byte, 1001))
		case "/stream":
			for range 100 {
				rw.Write(make([]byte, 100))
				rw.(http.Flusher).Flush()
			}
		case "/bomb":
			rw.Header().Set("Content-Encoding", "gzip")
			rw.Write(zip(400_000))
		case "/gzip":
			rw.Header().Set("Content-Encoding", "gzip")
			rw.Write(zip(1000))
		case "/cut":
			rw.Header().Set("Content-Encoding", "gzip")
			b := zip(1000)
			rw.Write(b[:len(b)-5])
		case "/brotli":
			rw.Header().Set("Content-Encoding", "br")
			rw.Write([]byte("x"))
		case "/short":
			rw.Header().Set("Content-Length", "500")
			rw.Write([]byte("x"))
		}
	}), func(o *ClientOptions) { o.MaxBytes = 1000 })
	for path, code := range map[string]string{
		"/full": "", "/gzip": "", "/over": "response_too_large", "/stream": "response_too_large", "/bomb": "response_too_large",
		"/cut": "response_broken", "/brotli": "response_broken", "/short": "response_broken",
	} {
		res, err := w.get(path)
		if code == "" {
			if err != nil || len(res.Body) != 1000 {
				t.Errorf("%s: %d bytes, %v", path, len(res.Body), err)
			}
			continue
		}
		wantCode(t, err, code)
		if res.Body != nil {
			t.Errorf("%s: a part of the body was handed on", path)
		}
		if last := w.rows[len(w.rows)-1]; last.Error == "" || last.Bytes > 1000 {
			t.Errorf("%s: ledger row %+v", path, last)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestPaceAndRetryAfter(t *testing.T) {
	busy := true
	w := newWorld(t, noRobots(func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/busy" && busy {
			rw.Header().Set("Retry-After", "3600")
			rw.WriteHeader(http.StatusTooManyRequests)
		}
	}), func(o *ClientOptions) { o.PerHost = 2 * time.Second })
	for range 2 {
		if _, err := w.get("/"); err != nil {
			t.Fatal(err)
		}
	}
	if got := fmt.Sprint(w.waited); got != "[2s 2s]" { // after robots.txt, after the first page
		t.Errorf("waited %s", got)
	}
	if _, err := w.client.Get(t.Context(), Get{URL: w.url("other.test", "/robots.txt")}); err != nil {
		t.Fatal(err)
	}
	if len(w.waited) != 2 {
		t.Error("another host had to wait")
	}
	res, err := w.get("/busy")
	if err != nil || res.Status != 429 || !res.NotBefore.Equal(w.now.Add(time.Hour)) {
		t.Fatalf("%+v %v", res, err)
	}
	hits := len(w.hits)
	_, err = w.get("/")
	wantCode(t, err, "retry_later")
	if len(w.hits) != hits || w.rows[len(w.rows)-1].Error == "" {
		t.Error("the host was asked again, or the refusal is not in the ledger")
	}
	w.now, busy = w.now.Add(time.Hour), false
	if _, err := w.get("/"); err != nil {
		t.Fatal(err)
	}
}

func TestRetryAfterForms(t *testing.T) {
	w := newWorld(t, func(http.ResponseWriter, *http.Request) {}, nil)
	for v, want := range map[string]time.Duration{
		"120": 2 * time.Minute, "-5": 0, "soon": 0, "": 0, "99999999999": maxRetryAfter,
		w.now.Add(time.Minute).Format(http.TimeFormat): time.Minute, w.now.Add(-time.Minute).Format(http.TimeFormat): 0,
	} {
		got := w.client.holdOff("h", &http.Response{StatusCode: 503, Header: http.Header{"Retry-After": {v}}})
		if want == 0 && !got.IsZero() || want > 0 && !got.Equal(w.now.Add(want)) {
			t.Errorf("Retry-After %q: %v, want +%v", v, got, want)
		}
	}
}

func TestTimeoutAndCancel(t *testing.T) {
	release := make(chan struct{})
	w := newWorld(t, noRobots(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}), func(o *ClientOptions) { o.Timeout = 100 * time.Millisecond })
	defer close(release)
	_, err := w.get("/slow")
	wantCode(t, err, "timed_out")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = w.client.Get(ctx, Get{URL: w.url("site.test", "/slow")})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want it cancelled", err)
	}
	if last := w.rows[len(w.rows)-1]; last.Error == "" {
		t.Error("a cancelled request is not in the ledger")
	}
}
