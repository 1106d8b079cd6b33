package app

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"vedette/backend/workspace"
)

// policy is the content security policy of every answer. Nothing remote, no
// inline script or style, no frame, no form, no plug-in. Workers fall under
// script-src: that of the PDF viewer is a file of the page. Styles that scripts
// set through the CSSOM (pane widths, row positions, popups) are not inline
// styles in its sense. connect-src 'self' covers the data handler and, in
// development builds, the WebSocket of the same origin.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-src 'none'"

// secure sends the policy with every answer of the asset server.
func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy+"; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}

// maxRaw bounds one answer of raw bytes.
const maxRaw = 1 << 20

// dataHandler answers what is too large for bindings:
//
//	GET /data/search?request=<SearchRequest JSON>          a RowPage
//	GET /data/raw?post=ID&sighting=N&offset=N&limit=N      bytes of the evidence
//	GET /data/reject?batch=B&seq=N&offset=N&limit=N        bytes of a rejected record
//	GET /data/preview?token=T                              a document, as application/pdf
//
// A failure is a Problem, marked by the header X-Vedette-Problem; its status is 200
// all the same, since a mistake in a query is an answer and nothing for the log.
func (h *host) dataHandler(dev http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /data/search", h.search)
	mux.HandleFunc("GET /data/raw", h.raw)
	mux.HandleFunc("GET /data/reject", h.rejected)
	mux.HandleFunc("GET "+previewPath, h.preview)
	mux.Handle("/dev/", dev)
	return mux
}

func (h *host) search(w http.ResponseWriter, r *http.Request) {
	var req workspace.SearchRequest
	if err := json.Unmarshal([]byte(r.URL.Query().Get("request")), &req); err != nil {
		sendProblem(w, fault("bad_request", "the request is not a search: "+err.Error(), nil))
		return
	}
	var page RowPage
	err := h.withCase(func(_ context.Context, s *workspace.Session) error {
		got, err := s.Search(r.Context(), req)
		page = rowPage(got)
		return wrap("search", err)
	})
	if err != nil {
		sendProblem(w, err)
		return
	}
	sendJSON(w, page)
}

func (h *host) raw(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	var rec workspace.RawRecord
	err := h.withCase(func(_ context.Context, s *workspace.Session) error {
		var err error
		rec, err = s.Raw(r.Context(), q.Get("post"), whole(q, "sighting"))
		return wrap("read evidence", err)
	})
	if err != nil {
		sendProblem(w, err)
		return
	}
	sendWindow(w, q, rec)
}

// whole reads a number that is not negative. A missing or broken one is 0: the
// first sighting, from the start.
func whole(q url.Values, name string) int64 {
	n, err := strconv.ParseInt(q.Get(name), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// sendWindow sends the bytes of a record from offset, at most limit of them.
func sendWindow(w http.ResponseWriter, q url.Values, rec workspace.RawRecord) {
	size := int64(len(rec.Bytes))
	from := min(whole(q, "offset"), size)
	to := min(from+min(max(whole(q, "limit"), 1), maxRaw), size)
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("X-Vedette-Size", strconv.FormatInt(size, 10))
	w.Header().Set("X-Vedette-Exact", strconv.FormatBool(rec.Exact))
	// The page went away when writing fails; there is nobody to tell.
	_, _ = w.Write(rec.Bytes[from:to])
}

func sendProblem(w http.ResponseWriter, err error) {
	w.Header().Set("X-Vedette-Problem", "1")
	sendJSON(w, problem(err))
}

func sendJSON(w http.ResponseWriter, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	// The page went away when writing fails; there is nobody to tell.
	_, _ = w.Write(b)
}
