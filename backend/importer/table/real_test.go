package table

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// realData lists published files; it skips when the folder of real data is absent.
func realData(t *testing.T, pattern string) []string {
	t.Helper()
	root := filepath.FromSlash("../../../../shared/data")
	if _, err := os.Stat(root); err != nil {
		t.Skip("no folder of real data")
	}
	files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	return files
}

// readBoth reads a file through recognition and our reader, and with
// encoding/csv for comparison. It returns the posts and the rows by column.
func readBoth(t *testing.T, name string, lazy bool) (*importertest.Collected, []map[string]string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f := importertest.FileOf(filepath.Base(name), data)
	format, _, err := importer.Detect([]importer.Format{Format{}}, f, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := importertest.Read(t.Context(), format, f.Name, data, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, data, got)
	r := csv.NewReader(strings.NewReader(string(data)))
	r.LazyQuotes = lazy
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]map[string]string, 0, len(all))
	for _, cells := range all[1:] {
		m := map[string]string{}
		for i, c := range cells {
			m[all[0][i]] = c
		}
		rows = append(rows, m)
	}
	return got, rows
}

func wantCount(t *testing.T, where string, got model.Count, cell string) {
	t.Helper()
	want, err := strconv.ParseInt(cell, 10, 64)
	if n, ok := got.Value(); err != nil || !ok || n != want {
		t.Errorf("%s: count %d, %v; the file says %q", where, n, ok, cell)
	}
}

func TestRedditTop(t *testing.T) {
	total := 0
	for _, name := range realData(t, "posts/reddit-top/*.csv") {
		got, rows := readBoth(t, name, false)
		if len(got.Records) != len(rows) || len(got.Rejects()) > 0 {
			t.Errorf("%s: %d records, %d rejected; %d rows", filepath.Base(name), len(got.Records), len(got.Rejects()), len(rows))
			continue
		}
		total += len(rows)
		if len(got.Fields) > 0 || fmt.Sprint(got.Assumed) != "map[profile:reddit-top/1]" {
			t.Errorf("%s: unknown %v, assumed %v", filepath.Base(name), got.Fields, got.Assumed)
		}
		for i, p := range got.Posts() {
			row, where := rows[i], fmt.Sprintf("%s row %d", filepath.Base(name), i+2)
			sec, err := strconv.ParseFloat(row["created_utc"], 64)
			if err != nil || !p.Created.Time.Equal(time.Unix(int64(sec), 0)) || p.Created.Zone != model.ZoneStated || p.Created.Original != row["created_utc"] {
				t.Errorf("%s: created %+v of %q", where, p.Created, row["created_utc"])
			}
			if p.UID() != "reddit:"+row["name"] || p.URL != row["permalink"] || p.Title != text.Clean(text.Unescape(row["title"])) || p.Text != text.Clean(text.Unescape(row["selftext"])) {
				t.Errorf("%s: post %s %.80q", where, p.UID(), p.Title)
			}
			wantCount(t, where, p.Counts.Likes, row["score"])
			wantCount(t, where, p.Counts.Comments, row["num_comments"])
			if got.Records[i].Locator.Row != int64(i+2) {
				t.Errorf("%s: locator %+v", where, got.Records[i].Locator)
			}
		}
	}
	if total < 25_000 {
		t.Errorf("%d posts in all", total)
	}
}

func TestYouTubeTrending(t *testing.T) {
	hidden := 0
	for _, name := range realData(t, "posts/youtube-trending/*.csv") {
		got, rows := readBoth(t, name, true)
		if len(got.Records) != len(rows) || len(got.Rejects()) > 0 || len(rows) < 100 {
			t.Errorf("%s: %d records, %d rejected; %d rows", filepath.Base(name), len(got.Records), len(got.Rejects()), len(rows))
			continue
		}
		for i, p := range got.Posts() {
			row, where := rows[i], fmt.Sprintf("%s row %d", filepath.Base(name), i+2)
			created, err := time.Parse(time.RFC3339, row["publishedAt"])
			if err != nil || !p.Created.Time.Equal(created) {
				t.Errorf("%s: created %+v of %q", where, p.Created, row["publishedAt"])
			}
			if p.UID() != "youtube:"+row["video_id"] || p.Author.UID() != "youtube:"+row["channelId"] || p.Title != row["title"] || p.Kind != model.KindVideo {
				t.Errorf("%s: post %s %.80q", where, p.UID(), p.Title)
			}
			if !p.CapturedAt.Time.Equal(time.Date(2018, 11, 1, 0, 0, 0, 0, time.UTC)) || p.CapturedAt.Zone != model.ZoneAssumed {
				t.Errorf("%s: captured %+v", where, p.CapturedAt)
			}
			wantCount(t, where, p.Counts.Views, row["view_count"])
			if row["comments_disabled"] == "True" {
				hidden++
				if _, ok := p.Counts.Comments.Value(); ok {
					t.Errorf("%s: hidden comments are counted", where)
				}
			} else {
				wantCount(t, where, p.Counts.Comments, row["comment_count"])
			}
		}
	}
	if hidden == 0 {
		t.Error("no video with hidden comments was seen")
	}
}
