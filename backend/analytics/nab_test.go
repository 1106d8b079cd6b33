package analytics

import (
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// nabSeries is a labelled series of the Numenta anomaly benchmark: posts per five
// minutes, and the windows (first and last step) in which something happened.
type nabSeries struct {
	name    string
	counts  []uint32
	windows [][2]int
}

func loadNAB(t *testing.T) []nabSeries {
	t.Helper()
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(wd, "..", "..", "..", "shared", "data")
	if _, err := os.Stat(data); errors.Is(err, fs.ErrNotExist) {
		t.Skip("no ../shared/data beside the repository")
	}
	dir := filepath.Join(data, "labelled", "nab")
	b, err := os.ReadFile(filepath.Join(dir, "windows.json"))
	if err != nil {
		t.Fatal(err)
	}
	var windows map[string][][2]string
	if err := json.Unmarshal(b, &windows); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no series: %v", err)
	}
	var out []nabSeries
	for _, f := range files {
		out = append(out, readNAB(t, f, windows[filepath.Base(f)]))
	}
	return out
}

func readNAB(t *testing.T, file string, windows [][2]string) nabSeries {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := nabSeries{name: filepath.Base(file)}
	var times []time.Time
	for i, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		if i == 0 {
			continue
		}
		at, value, _ := strings.Cut(strings.TrimSpace(line), ",")
		ts, err1 := time.Parse(time.DateTime, at)
		n, err2 := strconv.ParseFloat(value, 64)
		if err1 != nil || err2 != nil {
			t.Fatalf("%s: %q", file, line)
		}
		times = append(times, ts)
		s.counts = append(s.counts, uint32(n))
	}
	for _, w := range windows {
		from, err1 := time.Parse("2006-01-02 15:04:05.000000", w[0])
		to, err2 := time.Parse("2006-01-02 15:04:05.000000", w[1])
		if err1 != nil || err2 != nil {
			t.Fatalf("%s: window %q", file, w)
		}
		first, last := -1, -1
		for i, ts := range times {
			if first < 0 && !ts.Before(from) {
				first = i
			}
			if !ts.After(to) {
				last = i
			}
		}
		s.windows = append(s.windows, [2]int{first, last})
	}
	return s
}

// probation is how many first steps are not scored (NAB: 15 %, at most 750).
func probation(n int) int { return min(15*n/100, 750) }

// scoreNAB is the benchmark's score with the standard profile (true positive 1,
// false positive −0.11, false negative −1), 0 for silence and 100 for perfection
// (Lavin & Ahmad 2015, section 3).
func scoreNAB(series []nabSeries, found map[string][]int) float64 {
	raw, windows := 0.0, 0.0
	for _, s := range series {
		best := make([]float64, len(s.windows))
		for i := range best {
			best[i] = -1
		}
		for _, i := range found[s.name] {
			if i < probation(len(s.counts)) {
				continue
			}
			inside, before := -1, -1
			for k, w := range s.windows {
				if i >= w[0] && i <= w[1] {
					inside = k
				}
				if w[1] < i {
					before = k
				}
			}
			switch {
			case inside >= 0:
				w := s.windows[inside]
				at := -float64(w[1]-i+1) / float64(w[1]-w[0]+1)
				best[inside] = max(best[inside], sigmoid(at)/sigmoid(-1))
			case before >= 0:
				w := s.windows[before]
				raw += 0.11 * sigmoid(float64(i-w[1])/float64(w[1]-w[0]))
			default:
				raw -= 0.11
			}
		}
		for _, b := range best {
			raw += b
			windows++
		}
	}
	return 100 * (raw + windows) / (2 * windows)
}

func sigmoid(at float64) float64 {
	if at > 3 {
		return -1
	}
	return 2/(1+math.Exp(5*at)) - 1
}

func TestDetectorOnLabelledSeries(t *testing.T) {
	series := loadNAB(t)
	d := newDetector(12, 300)
	found := map[string][]int{}
	hit, windows, alarms, weeks := 0, 0, 0, 0.0
	for _, s := range series {
		episodes, judged := d.episodes(s.counts, s.counts, DefaultThreshold, 288)
		if !judged {
			t.Fatalf("%s was not judged", s.name)
		}
		for _, e := range episodes {
			found[s.name] = append(found[s.name], e.first)
		}
		weeks += float64(len(s.counts)-probation(len(s.counts))) / (7 * 288)
		seen := map[int]bool{}
		for _, i := range found[s.name] {
			if i < probation(len(s.counts)) {
				continue
			}
			inside := false
			for k, w := range s.windows {
				if i >= w[0] && i <= w[1] {
					inside, seen[k] = true, true
				}
			}
			if !inside {
				alarms++
			}
		}
		hit, windows = hit+len(seen), windows+len(s.windows)
	}
	score, rate := scoreNAB(series, found), float64(alarms)/weeks
	t.Logf("NAB %.1f, %d of %d windows, %.2f false alarms per series-week", score, hit, windows, rate)
	if score < 73 || rate > 0.65 {
		t.Errorf("NAB %.1f at %.2f false alarms per series-week; want 73 at .65 at most", score, rate)
	}
}
