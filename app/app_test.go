package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

// fakeShell is a window without a screen: it chooses what the test says and
// remembers what it was told.
type fakeShell struct {
	choice string
	titles []string
	events []string
}

func (f *fakeShell) ChooseFolder(context.Context, string) (string, error) { return f.choice, nil }
func (f *fakeShell) SetTitle(_ context.Context, title string)             { f.titles = append(f.titles, title) }

func (f *fakeShell) Emit(_ context.Context, event string, _ any) { f.events = append(f.events, event) }

func (f *fakeShell) title() string {
	if len(f.titles) == 0 {
		return ""
	}
	return f.titles[len(f.titles)-1]
}

// started gives a host as it is once the window has started.
func started(t *testing.T, caseDir string) (*host, *fakeShell) {
	t.Helper()
	sh := &fakeShell{choice: t.TempDir()}
	h := newHost(Options{CaseDir: caseDir, Desk: workspace.DeskOptions{
		ConfigDir: t.TempDir(), Actor: "tester", Now: func() time.Time { return time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC) },
	}}, sh)
	h.start(t.Context())
	t.Cleanup(func() {
		if err := h.stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return h, sh
}

var form = NewCase{Name: "River: watch", Owner: "A. Reyes", Purpose: "Rumours", TLP: model.TLPAmber, Yardstick: model.YardstickPHIA, Zone: "Europe/Madrid"}

// withPosts makes a case and imports two posts, one of them with payload.
func withPosts(t *testing.T, payload string) (*host, *fakeShell) {
	t.Helper()
	h, sh := started(t, "")
	c := &CaseService{h}
	folder, err := c.ChooseFolder("")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Create(folder.Token, form); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(payload)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "posts.jsonl")
	lines := `{"id":"t3_a1","name":"t3_a1","author":"Cox","author_fullname":"t2_c","title":"Bridge","selftext":` + string(text) +
		`,"subreddit":"rowing","subreddit_id":"t5_1","created_utc":1675242000,"score":3,"num_comments":1,"permalink":"/r/rowing/comments/a1/x/","url":"https://www.reddit.com/r/rowing/comments/a1/x/"}` + "\n" +
		`{"id":"t3_a2","name":"t3_a2","author":"Bow","author_fullname":"t2_b","title":"Second","selftext":"nothing much","subreddit":"rowing","subreddit_id":"t5_1","created_utc":1675245600,"score":1,"num_comments":0,"permalink":"/r/rowing/comments/a2/x/","url":"https://www.reddit.com/r/rowing/comments/a2/x/"}` + "\n"
	if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	err = h.withCase(func(ctx context.Context, s *workspace.Session) error {
		res, err := s.Import(ctx, workspace.ImportRequest{Paths: []string{file}}, nil)
		if err == nil && res.Batches[0].Accepted != 2 {
			err = fmt.Errorf("accepted %d posts of 2: %+v", res.Batches[0].Accepted, res.Batches[0])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return h, sh
}

// answer is what the data handler sent.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// get asks the data handler as the page does.
func get(t *testing.T, h *host, path string, params url.Values) answer {
	t.Helper()
	rec := httptest.NewRecorder()
	req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path+"?"+params.Encode(), nil)
	secure(h.dataHandler(http.NotFoundHandler())).ServeHTTP(rec, req)
	return answer{rec.Code, rec.Header(), rec.Body.Bytes()}
}

func searchParams(t *testing.T, req workspace.SearchRequest) url.Values {
	t.Helper()
	b, err := json.Marshal(req)
	if err != nil {
		t.Fatal(err)
	}
	return url.Values{"request": {string(b)}}
}

func TestCaseLife(t *testing.T) {
	h, sh := started(t, "")
	c := &CaseService{h}
	if info, err := c.Current(); err != nil || info != nil {
		t.Fatalf("at the start there is %v, %v", info, err)
	}
	folder, err := c.ChooseFolder("Choose")
	if err != nil || folder.Path != sh.choice || folder.IsCase {
		t.Fatalf("chose %+v, %v", folder, err)
	}
	info, err := c.Create(folder.Token, form)
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(sh.choice, "river-watch"); info.Dir != want {
		t.Errorf("the case is in %s, want %s", info.Dir, want)
	}
	if _, err := c.Create(folder.Token, form); problem(err).Code != "folder_not_empty" {
		t.Errorf("a second case in the same folder gives %v", err)
	}
	recent, err := c.Recent()
	if err != nil || len(recent) != 1 || recent[0].ID != info.Meta.ID {
		t.Fatalf("recent cases are %+v, %v", recent, err)
	}
	if err := c.Close(); err != nil {
		t.Errorf("closing gives %v", err)
	}
	if again, err := c.OpenRecent(info.Meta.ID, false); err != nil || again.Meta.ID != info.Meta.ID {
		t.Errorf("opening it again gives %+v, %v", again, err)
	}
	if _, err := c.OpenRecent("nowhere", false); problem(err).Code != "case_not_found" {
		t.Errorf("opening a case that was never seen gives %v", err)
	}
	if err := c.Forget(info.Meta.ID); err != nil {
		t.Fatal(err)
	}
	if recent, err = c.Recent(); err != nil || len(recent) != 0 {
		t.Errorf("after forgetting, recent cases are %+v, %v", recent, err)
	}
}

func TestCreateNeedsWhatTheFormAsks(t *testing.T) {
	h, _ := started(t, "")
	c := &CaseService{h}
	folder, err := c.ChooseFolder("")
	if err != nil {
		t.Fatal(err)
	}
	empty := form
	empty.Owner = "  "
	if _, err := c.Create(folder.Token, empty); problem(err).Code != "missing_field" {
		t.Errorf("without an owner the answer is %v", err)
	}
	if _, err := c.Create("/etc", form); problem(err).Code != "bad_token" {
		t.Errorf("with a path for a token the answer is %v", err)
	}
	if _, err := c.Open("../..", false); problem(err).Code != "bad_token" {
		t.Errorf("with a path for a token the answer is %v", err)
	}
}

func TestCancelledDialogIsNothing(t *testing.T) {
	h, sh := started(t, "")
	sh.choice = ""
	if folder, err := (&CaseService{h}).ChooseFolder(""); err != nil || folder != nil {
		t.Errorf("a cancelled dialog gives %+v, %v", folder, err)
	}
}

func TestStartOnACaseThatIsNotThere(t *testing.T) {
	h, _ := started(t, filepath.Join(t.TempDir(), "none"))
	c := &CaseService{h}
	if _, err := c.Current(); problem(err).Code != "case_not_found" {
		t.Errorf("the first question is answered by %v", err)
	}
	if info, err := c.Current(); err != nil || info != nil {
		t.Errorf("the second one by %v, %v", info, err)
	}
}

func TestExampleTellsItsProgress(t *testing.T) {
	h, sh := started(t, "")
	info, err := (&CaseService{h}).OpenExample()
	if err != nil {
		t.Fatal(err)
	}
	if !info.Meta.Training || info.Posts == 0 {
		t.Errorf("the example is %+v", info)
	}
	if len(sh.events) == 0 || sh.events[0] != eventProgress {
		t.Errorf("the page heard %d events", len(sh.events))
	}
}

func TestSearchAndRaw(t *testing.T) {
	payload := `<img src=x onerror="go()"> ` + strings.Repeat("word ", 300) + "needle 😀 end"
	h, _ := withPosts(t, payload)
	res := get(t, h, "/data/search", searchParams(t, workspace.SearchRequest{
		Selection: model.Selection{Query: "needle"}, Facets: []string{"platform"}, Buckets: 10,
	}))
	var page RowPage
	if err := json.Unmarshal(res.body, &page); err != nil {
		t.Fatal(err)
	}
	if page.Total != 1 || len(page.Posts) != 1 || len(page.Facets["platform"]) != 1 || page.Histogram == nil {
		t.Fatalf("the page is %+v", page)
	}
	r := page.Posts[0]
	units := utf16.Encode([]rune(r.Text))
	if !r.Lead || len(r.Spans) != 1 || string(utf16.Decode(units[r.Spans[0].Start:r.Spans[0].End])) != "needle" {
		t.Errorf("the row is %+v", r)
	}

	res = get(t, h, "/data/raw", url.Values{"post": {r.ID}, "offset": {"6"}, "limit": {"5"}})
	if string(res.body) != `"t3_a` || res.header.Get("X-Vedette-Exact") != "true" {
		t.Errorf("raw bytes are %q, exact %s", res.body, res.header.Get("X-Vedette-Exact"))
	}
	if got := res.header.Get("Content-Type"); got != "application/octet-stream" {
		t.Errorf("raw bytes are sent as %s", got)
	}
	for _, header := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"} {
		if res.header.Get(header) == "" {
			t.Errorf("raw bytes come without %s", header)
		}
	}
}

func TestPostAndStar(t *testing.T) {
	h, _ := withPosts(t, "hello")
	e := &ExploreService{h}
	if err := e.Star([]string{"1"}, true); err != nil {
		t.Fatal(err)
	}
	d, err := e.Post("1")
	if err != nil || !d.Post.Marks.Starred || len(d.Sightings) != 1 || d.Sightings[0].Custody.Hash == "" {
		t.Errorf("the post is %+v, %v", d, err)
	}
	if _, err := e.Post("99"); problem(err).Code != "post_not_found" {
		t.Errorf("a post that is not there gives %v", err)
	}
}

func TestProblemsOfTheHandler(t *testing.T) {
	h, _ := withPosts(t, "hello")
	for name, c := range map[string]struct {
		path   string
		params url.Values
		code   string
	}{
		"a query that is broken":    {"/data/search", searchParams(t, workspace.SearchRequest{Selection: model.Selection{Query: "(a"}}), "query_unclosed_parenthesis"},
		"a request that is no JSON": {"/data/search", url.Values{"request": {"{"}}, "bad_request"},
		"a post that is not there":  {"/data/raw", url.Values{"post": {"99"}}, "post_not_found"},
		"a sighting of another":     {"/data/raw", url.Values{"post": {"1"}, "sighting": {"2"}}, "sighting_not_found"},
	} {
		res := get(t, h, c.path, c.params)
		var p Problem
		if err := json.Unmarshal(res.body, &p); err != nil {
			t.Fatal(err)
		}
		if res.header.Get("X-Vedette-Problem") == "" || p.Code != c.code || p.Message == "" {
			t.Errorf("%s gives %+v", name, p)
		}
	}
	if err := (&CaseService{h}).Close(); err != nil {
		t.Fatal(err)
	}
	var p Problem
	res := get(t, h, "/data/search", url.Values{"request": {"{}"}})
	if err := json.Unmarshal(res.body, &p); err != nil || p.Code != "no_case" {
		t.Errorf("without a case the answer is %+v, %v", p, err)
	}
	if res := get(t, h, "/dev/dialog", nil); res.status != http.StatusNotFound {
		t.Errorf("the seam of the tests answers %d in the product", res.status)
	}
}

func TestSettingsAreKept(t *testing.T) {
	h, _ := started(t, "")
	s := &SystemService{h}
	got, err := s.Settings()
	if err != nil || got != defaultSettings() {
		t.Fatalf("at first settings are %+v, %v", got, err)
	}
	want := Settings{Theme: "dark", Lang: "es", Density: "compact", TextSize: 125, FacetsWidth: 300, DetailWidth: 500}
	if err := s.SaveSettings(want); err != nil {
		t.Fatal(err)
	}
	if got, err = s.Settings(); err != nil || got != want {
		t.Errorf("settings are %+v, %v", got, err)
	}
	path, err := h.settingsFile()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("{broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err = s.Settings(); err != nil || got != defaultSettings() {
		t.Errorf("damaged settings are %+v, %v", got, err)
	}
}

func TestTitle(t *testing.T) {
	h, sh := started(t, "")
	(&SystemService{h}).SetTitle("Vedette – a\nb\u202e – " + strings.Repeat("ñ", 500))
	if want := "Vedette – ab – " + strings.Repeat("ñ", maxTitle-15); sh.title() != want {
		t.Errorf("the window is called %q", sh.title())
	}
}

func TestDisplay(t *testing.T) {
	env := func(name, value string) func(string) string {
		return func(asked string) string {
			if asked == name {
				return value
			}
			return ""
		}
	}
	for _, c := range []struct {
		os, name, value string
		want            bool
	}{
		{"linux", "", "", false},
		{"linux", "DISPLAY", ":0", true},
		{"linux", "WAYLAND_DISPLAY", "wayland-0", true},
		{"windows", "", "", true},
		{"darwin", "", "", true},
	} {
		if got := hasDisplay(c.os, env(c.name, c.value)); got != c.want {
			t.Errorf("on %s with %s=%s there is a display: %v", c.os, c.name, c.value, got)
		}
	}
}

func TestFolderName(t *testing.T) {
	for name, want := range map[string]string{
		"River: watch / 2025": "river-watch-2025", "  ": "case", "../../etc/passwd": "etc-passwd", "CON": "case-con",
		"Río Çá": "río-çá", "-a-": "a", "日本語": "日本語", strings.Repeat("x", 500): strings.Repeat("x", maxFolderName), "a\x00b\nc": "a-b-c",
	} {
		if got := folderName(name); got != want {
			t.Errorf("folderName(%q) = %q, want %q", name, got, want)
		}
	}
}

func FuzzFolderName(f *testing.F) {
	for _, seed := range []string{"", "..", "a/b\\c", "nul", "\xff\xfe", "．．／"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := folderName(name)
		if got == "" || got != filepath.Base(got) || strings.ContainsAny(got, `./\:*?"<>| `) || utf8.RuneCountInString(got) > maxFolderName+5 {
			t.Errorf("folderName(%q) = %q", name, got)
		}
	})
}

func FuzzWindow(f *testing.F) {
	f.Add("a😀b", 1, 2)
	f.Add("\xff\xfe", 0, 1)
	f.Fuzz(func(t *testing.T, text string, from, n int) {
		from, n = max(0, from%1000), max(0, n%1000)
		part, start, cut := window(text, from, n)
		if !strings.Contains(text, part) || len(utf16.Encode([]rune(part))) > n && cut {
			t.Errorf("window(%q, %d, %d) = %q, %d, %v", text, from, n, part, start, cut)
		}
	})
}
