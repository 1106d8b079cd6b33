package feeds

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

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
