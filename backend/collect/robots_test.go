package collect

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"vedette/backend/model"
)

// robotsWorld serves one robots.txt and an empty page everywhere else.
func robotsWorld(t *testing.T, status int, body string) *world {
	return newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			rw.WriteHeader(status)
			fmt.Fprint(rw, body)
		}
	}, nil)
}

func TestRobotsRefusalIsRecorded(t *testing.T) {
	w := robotsWorld(t, 200, "\uFEFFUser-agent: *\nDisallow: /\n\nnonsense\nCrawl-delay: often\nUser-Agent: vedette\nAllow: /open\nDisallow: /closed # for us\n")
	_, err := w.get("/closed/x?y=1")
	wantCode(t, err, "robots_refused")
	last := w.rows[len(w.rows)-1]
	if last.Robots != model.RobotsRefused || last.Error == "" || last.Status != 0 || !strings.HasSuffix(last.URL, "/closed/x?y=1") {
		t.Errorf("row %+v", last)
	}
	if _, err := w.get("/open"); err != nil {
		t.Error(err)
	}
	if _, err := w.get("/elsewhere"); err != nil {
		t.Error("the group for everybody was applied to us:", err)
	}
	for _, h := range w.hits {
		if strings.Contains(h, "closed") {
			t.Error("the refused page was asked for")
		}
	}
}

func TestRobotsIsKeptForADay(t *testing.T) {
	w := robotsWorld(t, 200, "User-agent: *\nCrawl-delay: 5\n")
	count := func() (n int) {
		for _, h := range w.hits {
			if strings.HasSuffix(h, "/robots.txt") {
				n++
			}
		}
		return n
	}
	for range 3 {
		if _, err := w.get("/"); err != nil {
			t.Fatal(err)
		}
	}
	if count() != 1 {
		t.Errorf("robots.txt was fetched %d times", count())
	}
	if got := fmt.Sprint(w.waited); got != "[1s 5s 5s]" {
		t.Errorf("waited %s, want our own pace once and then the site's", got)
	}
	w.now = w.now.Add(25 * time.Hour)
	if _, err := w.get("/"); err != nil || count() != 2 {
		t.Errorf("after a day: %d fetches, %v", count(), err)
	}
}

func TestRobotsStatus(t *testing.T) {
	for status, code := range map[int]string{404: "", 403: "", 500: "robots_unreadable", 204: ""} {
		w := robotsWorld(t, status, "")
		_, err := w.get("/")
		if code == "" {
			if err != nil {
				t.Errorf("status %d: %v", status, err)
			}
			continue
		}
		wantCode(t, err, code)
	}
}

func TestRobotsOfEveryHostOnTheWay(t *testing.T) {
	w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
		other := strings.HasPrefix(r.Host, "other.test")
		switch {
		case r.URL.Path == "/robots.txt" && other:
			fmt.Fprint(rw, "User-agent: *\nDisallow: /")
		case r.URL.Path == "/robots.txt":
			http.NotFound(rw, r)
		default:
			http.Redirect(rw, r, strings.Replace("http://"+r.Host+"/x", "site.test", "other.test", 1), http.StatusFound)
		}
	}, nil)
	_, err := w.get("/feed")
	wantCode(t, err, "robots_refused")
}

func TestRobotsThatIsTooLarge(t *testing.T) {
	w := robotsWorld(t, 200, strings.Repeat("# padding\n", robotsMaxBytes/10+1))
	_, err := w.get("/")
	wantCode(t, err, "robots_unreadable")
}

func FuzzRobotLines(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /*.php$\nCrawl-delay: 1e9\nAllow:\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		out := robotLines(b)
		if len(out) > 4*len(b)+16 {
			t.Fatalf("%d bytes became %d", len(b), len(out))
		}
	})
}
