package coordination

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// reference is the folder with what the R package returns; the test is skipped
// where there is none.
func reference(t testing.TB) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", "..", "..", "shared", "data"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		t.Skip("no ../shared/data beside the repository")
	}
	return filepath.Join(dir, "reference", "coortweet")
}

func readCSV(t testing.TB, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := make([]map[string]string, 0, len(rows)-1)
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, k := range rows[0] {
			m[k] = r[i]
		}
		out = append(out, m)
	}
	return out
}

func referenceShares(t testing.TB) *Shares {
	t.Helper()
	s := &Shares{}
	for _, r := range readCSV(t, filepath.Join(reference(t), "russian_coord_tweets.csv")) {
		at, err := strconv.ParseInt(r["timestamp_share"], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		s.Add(r["object_id"], r["account_id"], r["content_id"], at*Micros)
	}
	return s
}

func TestReferenceSummaries(t *testing.T) {
	s := referenceShares(t)
	for _, c := range []struct {
		window          int64
		min             int
		loops           bool
		weight          float64
		pairs           int64
		v, e            int
		max             int64
		threshold       float64
		subV, subE      int
		components, big int
	}{
		{10, 2, false, .5, 447, 525, 442, 3, 1, 8, 4, 4, 2},
		{10, 2, false, .95, 447, 525, 442, 3, 1, 8, 4, 4, 2},
		{60, 2, false, .5, 3791, 2110, 3721, 4, 1, 94, 60, 34, 10},
		{60, 2, false, .95, 3791, 2110, 3721, 4, 1, 94, 60, 34, 10},
		{10, 5, false, .5, 22, 23, 20, 3, 1, 2, 1, 1, 2},
		{10, 5, false, .95, 22, 23, 20, 3, 1.1, 2, 1, 1, 2},
		{10, 5, true, .5, 60, 30, 27, 26, 1, 6, 5, 4, 2},
		{10, 5, true, .95, 60, 30, 27, 26, 3.7, 2, 2, 2, 1},
		{60, 5, false, .5, 1235, 772, 1193, 4, 1, 59, 36, -1, -1},
	} {
		begun := time.Now()
		n, err := Detect(context.Background(), s, Params{Window: c.window * Micros, MinParticipation: c.min, EdgeWeight: c.weight, KeepLoops: c.loops}, nil)
		if err != nil {
			t.Fatal(err)
		}
		took := time.Since(begun)
		if n.Pairs != c.pairs || n.Vertices != c.v || len(n.Edges) != c.e || n.MaxWeight != c.max ||
			math.Abs(n.Threshold-c.threshold) > 1e-9 || n.SubVertices != c.subV || n.SubEdges != c.subE {
			t.Errorf("%+v: got pairs %d V %d E %d max %d threshold %g sub %d/%d", c, n.Pairs, n.Vertices, len(n.Edges), n.MaxWeight, n.Threshold, n.SubVertices, n.SubEdges)
		}
		clusters, err := Clusters(context.Background(), s, n)
		if err != nil {
			t.Fatal(err)
		}
		big := 0
		for _, k := range clusters {
			big = max(big, len(k.Accounts))
		}
		if c.components >= 0 && (len(clusters) != c.components || big != c.big) {
			t.Errorf("%+v: %d components, the largest of %d", c, len(clusters), big)
		}
		t.Logf("window %d, min %d, loops %v: %v", c.window, c.min, c.loops, took.Round(time.Millisecond))
	}
}

func TestReferenceLists(t *testing.T) {
	s, dir := referenceShares(t), reference(t)
	for _, c := range []struct {
		name   string
		edges  string // what the file of edges adds to the name
		weight float64
		window int64
		min    int
		loops  bool
	}{
		{"russian_tw10_mp2_loopsTRUE", "_ew0.50", .5, 10, 2, false},
		{"russian_tw60_mp2_loopsTRUE", "_ew0.50", .5, 60, 2, false},
		{"russian_tw10_mp5_loopsTRUE", "", .95, 10, 5, false},
		{"russian_tw10_mp5_loopsFALSE", "", .95, 10, 5, true},
	} {
		p := Params{Window: c.window * Micros, MinParticipation: c.min, EdgeWeight: c.weight, KeepLoops: c.loops}
		var want, got []string
		for _, r := range readCSV(t, filepath.Join(dir, c.name+"_detect.csv")) {
			want = append(want, strings.Join([]string{r["object_id"], r["content_id"], r["content_id_y"], r["account_id"], r["account_id_y"], r["time_delta"]}, " "))
		}
		err := Pairs(context.Background(), s, p, func(x Pair) error {
			got = append(got, fmt.Sprintf("%s %s %s %s %s %d", s.ID(x.Object), s.ID(x.Content), s.ID(x.ContentNewer), s.Account(x.Account), s.Account(x.AccountNewer), x.Delta/Micros))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		equalSets(t, c.name+" pairs", got, want)

		n, err := Detect(context.Background(), s, p, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, want = nil, nil
		for _, r := range readCSV(t, filepath.Join(dir, c.name+c.edges+"_edges.csv")) {
			a, b := min(r["from"], r["to"]), max(r["from"], r["to"])
			want = append(want, fmt.Sprintf("%s %s %s %.9s %s %s %.9s %s", a, b, r["weight"], r["avg_time_delta"], r["n_content_id"], r["n_content_id_y"], r["edge_symmetry_score"], r["weight_threshold"]))
		}
		for _, e := range n.Edges {
			above := "0"
			if e.Above {
				above = "1"
			}
			number := func(x float64) string { return strconv.FormatFloat(x, 'g', 15, 64) }
			got = append(got, fmt.Sprintf("%s %s %d %.9s %d %d %.9s %s", s.Account(e.A), s.Account(e.B), e.Weight, number(e.MeanDelta), e.Older, e.Newer, number(e.Symmetry), above))
		}
		equalSets(t, c.name+" edges", got, want)
	}
}

func equalSets(t *testing.T, name string, got, want []string) {
	t.Helper()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		for i := range min(len(got), len(want)) {
			if got[i] != want[i] {
				t.Errorf("%s: %d and %d lines; first difference\n got %s\nwant %s", name, len(got), len(want), got[i], want[i])
				return
			}
		}
		t.Errorf("%s: %d lines, want %d", name, len(got), len(want))
	}
}
