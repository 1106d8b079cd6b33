package feeds

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

// realData is a folder of published feeds; it skips when real data is absent.
func realData(t *testing.T, folder string) string {
	t.Helper()
	root := filepath.FromSlash("../../../../shared/data")
	if _, err := os.Stat(root); err != nil {
		t.Skip("no folder of real data")
	}
	return filepath.Join(root, filepath.FromSlash(folder))
}

// readFeed reads a file, recognised or not, and checks what must hold for any.
func readFeed(t *testing.T, name string) (*importertest.Collected, error) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	got, err := importertest.Read(t.Context(), Format{}, filepath.Base(name), data, importer.Options{})
	importertest.CheckRecords(t, data, got)
	for _, r := range got.Records {
		if r.Post != nil && !r.Locator.HasRange() {
			t.Errorf("%s: an item without a byte range", name)
		}
	}
	return got, err
}

// walkFeeds calls fn for every feed below a folder; expectations of gofeed are
// JSON files beside XML ones and are left out.
func walkFeeds(t *testing.T, root string, fn func(name, rel string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		expectation := strings.HasSuffix(name, ".json")
		if slash := filepath.ToSlash(rel); expectation && (strings.Contains(slash, "/json/") || strings.Contains(slash, "/universal/")) {
			expectation = strings.HasSuffix(name, "_expected.json")
		}
		if !expectation {
			fn(name, rel)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestPublishedFeedsGolden(t *testing.T) {
	root := realData(t, "feeds")
	var lines []string
	total := map[string]int{}
	walkFeeds(t, root, func(name, rel string) {
		got, err := readFeed(t, name)
		total["files"]++
		var f *model.Fault
		switch {
		case errors.As(err, &f):
			total["refused "+f.Code]++
			lines = append(lines, fmt.Sprintf("%s: %s", filepath.ToSlash(rel), f.Code))
			return
		case err != nil:
			t.Errorf("%s: %v is not a fault", rel, err)
			return
		}
		total["posts"] += len(got.Posts())
		total["rejected"] += len(got.Rejects())
		for _, r := range got.Rejects() {
			total["rejected "+r.Code]++
		}
		dated := 0
		for _, p := range got.Posts() {
			if !p.Created.Time.IsZero() {
				dated++
			}
		}
		lines = append(lines, fmt.Sprintf("%s: %d posts, %d rejected, %d dated, %s", filepath.ToSlash(rel), len(got.Posts()), len(got.Rejects()), dated, got.Assumed["page_type"]))
	})
	sort.Strings(lines)
	for _, k := range sortedKeys(total) {
		lines = append(lines, fmt.Sprintf("total %s: %d", k, total[k]))
	}
	importertest.Golden(t, "testdata/published.golden.json", lines)
}

func sortedKeys(m map[string]int) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// TestPublishedFeedsSayWhatIsExpected compares with the expectations that come
// with the feeds, which are of the same shape for the folder "translator".
func TestPublishedFeedsSayWhatIsExpected(t *testing.T) {
	root := realData(t, "feeds")
	compared := 0
	walkFeeds(t, root, func(name, rel string) {
		if !strings.Contains(filepath.ToSlash(rel), "gofeed/translator/") || !strings.HasSuffix(name, ".xml") {
			return
		}
		b, err := os.ReadFile(strings.TrimSuffix(name, ".xml") + ".json")
		if err != nil {
			return
		}
		var want struct {
			Items []struct {
				Title, Link, GUID, Published, Updated string
				PublishedParsed, UpdatedParsed        *time.Time
			}
		}
		if err := json.Unmarshal(b, &want); err != nil {
			t.Errorf("%s: %v", rel, err)
			return
		}
		got, err := readFeed(t, name)
		if err != nil {
			t.Errorf("%s: %v", rel, err)
			return
		}
		posts := got.Posts()
		if len(posts) != len(want.Items) {
			t.Errorf("%s: %d posts, want %d", rel, len(posts), len(want.Items))
			return
		}
		for i, w := range want.Items {
			p := posts[i]
			compared++
			if p.Title != plainLine(w.Title) || p.URL != webURL(w.Link) || w.GUID != "" && p.NativeID != strings.TrimSpace(w.GUID) {
				t.Errorf("%s item %d: %q %q %q, want %q %q %q", rel, i, p.Title, p.URL, p.NativeID, w.Title, w.Link, w.GUID)
			}
			parsed := w.PublishedParsed
			if w.Published == "" {
				parsed = w.UpdatedParsed
			}
			if parsed != nil && zoneOf(p.Created.Original) != zoneUnknown && !p.Created.Time.Equal(*parsed) {
				t.Errorf("%s item %d: created %+v, want %v", rel, i, p.Created, parsed)
			}
		}
	})
	if compared < 45 {
		t.Errorf("only %d items compared", compared)
	}
}
