package exercise

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// first is the scenario that most tests look at.
var first = sync.OnceValues(func() (*Scenario, error) { return Generate(1, Options{}) })

func generate(t *testing.T, seed uint64) *Scenario {
	t.Helper()
	s, err := first()
	if seed != 1 {
		s, err = Generate(seed, Options{})
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSameSeedSameBytes(t *testing.T) {
	namesA, a := exported(t, generate(t, 7))
	namesB, b := exported(t, generate(t, 7))
	if !slices.Equal(namesA, namesB) {
		t.Fatalf("files differ: %v, %v", namesA, namesB)
	}
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			t.Errorf("%s differs between two runs of one seed", name)
		}
	}
	_, c := exported(t, generate(t, 8))
	if bytes.Equal(a["x/search-week-3.jsonl"], c["x/search-week-3.jsonl"]) {
		t.Error("two seeds give the same posts")
	}
}

func TestSize(t *testing.T) {
	for _, seed := range []uint64{1, 2} {
		s := generate(t, seed)
		c := s.Truth.Counts
		if c.Posts < 6000 || c.Accounts < 1300 {
			t.Errorf("seed %d: %d posts by %d accounts, want 6,000 by 1,300", seed, c.Posts, c.Accounts)
		}
		for _, lang := range []string{"en", "es", "ar", "ja"} {
			if c.ByLang[lang] < 500 {
				t.Errorf("seed %d: %d posts in %s, want 500", seed, c.ByLang[lang], lang)
			}
		}
		for _, theme := range []string{"battery", "refund", "privacy", "protest"} {
			if c.ByTheme[theme] < 200 {
				t.Errorf("seed %d: %d posts about %s, want 200", seed, c.ByTheme[theme], theme)
			}
		}
		_, files := exported(t, s)
		total := 0
		for _, f := range files {
			total += len(f)
		}
		t.Logf("seed %d: %d files, %d bytes; %+v", seed, len(files), total, c)
		if total > 25<<20 {
			t.Errorf("seed %d: %d bytes of exports, want at most 25 MiB", seed, total)
		}
	}
}

func TestStart(t *testing.T) {
	start := time.Date(2027, time.June, 7, 13, 30, 0, 0, time.FixedZone("", 7200))
	s, err := Generate(1, Options{Start: start})
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2027, time.June, 7, 0, 0, 0, 0, time.UTC); !s.Start.Equal(want) {
		t.Errorf("start %s, want %s", s.Start, want)
	}
	for _, p := range s.Truth.Posts {
		if p.At.Before(s.Start) || !p.At.Before(s.End) {
			t.Fatalf("%s at %s lies outside %s to %s", p.UID, p.At, s.Start, s.End)
		}
	}
}

// TestStory checks the order of what happens.
func TestStory(t *testing.T) {
	for _, seed := range []uint64{1, 2, 3} {
		s := generate(t, seed)
		tr := s.Truth
		begins := map[string]time.Time{}
		ids := map[string]bool{}
		for _, p := range tr.Posts {
			if ids[p.UID] {
				t.Errorf("seed %d: %s occurs twice", seed, p.UID)
			}
			ids[p.UID] = true
			if p.Class == classOrganic && begins[p.Theme].IsZero() {
				begins[p.Theme] = p.At
			}
		}
		if !begins["battery"].Equal(tr.FirstComplaint.At) {
			t.Errorf("seed %d: the battery comes up at %s, before the first complaint at %s", seed, begins["battery"], tr.FirstComplaint.At)
		}
		if !begins["protest"].Equal(tr.Protest.At) {
			t.Errorf("seed %d: the protest comes up at %s, before the call at %s", seed, begins["protest"], tr.Protest.At)
		}
		if tr.Protest.Begins.Sub(tr.Protest.At) < 5*24*time.Hour {
			t.Errorf("seed %d: the call comes %s before the protest", seed, tr.Protest.Begins.Sub(tr.Protest.At))
		}
		for _, uid := range tr.Rumour.Posts {
			if !ids[uid] {
				t.Errorf("seed %d: rumour post %s is unknown", seed, uid)
			}
		}
		for _, p := range s.posts {
			if p.rumour && p.at.Before(s.Truth.Rumour.At) {
				t.Errorf("seed %d: the rumour is told at %s, before its first post", seed, p.at)
			}
			if p.parent != nil && !p.parent.at.Before(p.at) {
				t.Errorf("seed %d: %s answers a later post", seed, p.id)
			}
		}
	}
}

// TestCoordination checks that the waves are what detectors look for: many
// accounts of one group, the same links, within a minute or two, near the same words.
func TestCoordination(t *testing.T) {
	s := generate(t, 1)
	tr := s.Truth
	if len(tr.Groups) != 1 || len(tr.Campaigns) != 2 {
		t.Fatalf("%d groups and %d campaigns, want 1 and 2", len(tr.Groups), len(tr.Campaigns))
	}
	if n := len(tr.Groups[0].Accounts); n < 38 || n > 45 {
		t.Errorf("%d coordinated accounts, want about 40", n)
	}
	for _, c := range tr.Campaigns {
		if len(c.Posts) < 100 {
			t.Errorf("%s has %d posts, want 100", c.ID, len(c.Posts))
		}
	}
	var texts []string
	for _, p := range s.posts {
		if p.campaign != "" && p.kind == kindPost {
			texts = append(texts, p.body)
			if len(p.links) == 0 {
				t.Errorf("%s carries no link", p.id)
			}
		}
	}
	if n := nearDuplicates(texts); n < len(texts)*95/100 {
		t.Errorf("%d of %d campaign posts are near-duplicates, want nearly all", n, len(texts))
	}
}

// TestCounts checks that no count is lower than what the scenario itself holds.
func TestCounts(t *testing.T) {
	s := generate(t, 1)
	for _, p := range s.posts {
		if p.parent != nil && p.platform != "forum" && p.parent.replies < 1 {
			t.Errorf("%s has an answer and counts none", p.parent.id)
		}
		if p.kind == kindRepost && p.target.shares < 1 {
			t.Errorf("%s is reposted and counts no share", p.target.id)
		}
	}
}

func TestAnswerSheet(t *testing.T) {
	s := generate(t, 1)
	_, files := exported(t, s)
	var got Truth
	if err := json.Unmarshal(files["truth.json"], &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Posts) != len(s.posts) || got.Counts.ByFile["x/search-week-3.jsonl"] == 0 {
		t.Errorf("truth.json has %d posts and %v", len(got.Posts), got.Counts.ByFile)
	}
	var subs struct {
		Subjects []struct {
			ID, Query  string
			Competitor bool
		}
	}
	if err := json.Unmarshal(files["subjects.json"], &subs); err != nil {
		t.Fatal(err)
	}
	rivals := 0
	for _, x := range subs.Subjects {
		if x.Competitor {
			rivals++
		}
	}
	if rivals != 2 || len(subs.Subjects) < 5 {
		t.Errorf("%d subjects with %d competitors, want 5 with 2", len(subs.Subjects), rivals)
	}
	for _, lang := range []string{"en", "es"} {
		if !strings.Contains(ReadMe(lang), "truth.json") {
			t.Errorf("the read-me in %s does not name the answer sheet", lang)
		}
	}
}

type failing struct{ write, close error }

func (f failing) Write(p []byte) (int, error) { return len(p), f.write }
func (f failing) Close() error                { return f.close }

func TestWriteErrors(t *testing.T) {
	s := generate(t, 1)
	boom := errors.New("boom")
	for name, create := range map[string]func(string) (io.WriteCloser, error){
		"create": func(string) (io.WriteCloser, error) { return nil, boom },
		"write":  func(string) (io.WriteCloser, error) { return failing{write: boom}, nil },
		"close":  func(string) (io.WriteCloser, error) { return failing{close: boom}, nil },
	} {
		if err := s.WriteExports(create); !errors.Is(err, boom) {
			t.Errorf("%s: error %v, want the writer's", name, err)
		}
	}
}

// TestWriteFolder writes to a real folder, as the command line does.
func TestWriteFolder(t *testing.T) {
	dir := t.TempDir()
	s := generate(t, 1)
	err := s.WriteExports(func(name string) (io.WriteCloser, error) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return nil, err
		}
		return os.Create(file)
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "truth.json")); err != nil {
		t.Error(err)
	}
}
