package webpage

import (
	"fmt"
	"sort"
	"strings"

	"vedette/backend/importer"
)

// Tally adds up what was assumed about the pages of a file.
type Tally struct {
	pages, whole  int
	utc           bool
	dates         map[string]int
	saved         map[string]int
	encodings     map[string]int
	wholeExamples string
}

// Add counts a page.
func (t *Tally) Add(n Notes) {
	t.pages++
	count(&t.dates, n.Dates)
	count(&t.saved, n.Saved)
	count(&t.encodings, n.Encoding)
	t.utc = t.utc || n.UTC
	if n.Whole != "" {
		t.whole++
		if t.wholeExamples == "" {
			t.wholeExamples = n.Whole
		}
	}
}

func count(m *map[string]int, key string) {
	if key == "" {
		return
	}
	if *m == nil {
		*m = map[string]int{}
	}
	(*m)[key]++
}

// Tell notes it at the sink.
func (t *Tally) Tell(s importer.Sink) {
	for key, m := range map[string]map[string]int{"dates_from": t.dates, "saved_by": t.saved, "encoding": t.encodings} {
		if len(m) > 0 {
			s.Assume(key, Counted(m))
		}
	}
	if t.utc {
		s.Assume("zone", "UTC")
	}
	if t.whole > 0 {
		s.Assume("whole_page", fmt.Sprintf("%d of %d: %s", t.whole, t.pages, t.wholeExamples))
	}
}

// Counted writes counts by name, the largest first: "image 7, script 2".
func Counted(m map[string]int) string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		if m[keys[i]] != m[keys[j]] {
			return m[keys[i]] > m[keys[j]]
		}
		return keys[i] < keys[j]
	})
	if len(keys) > 20 {
		others := 0
		for _, k := range keys[20:] {
			others += m[k]
		}
		return fmt.Sprintf("%s, others %d", list(keys[:20], m), others)
	}
	return list(keys, m)
}

func list(keys []string, m map[string]int) string {
	words := make([]string, len(keys))
	for i, k := range keys {
		words[i] = fmt.Sprintf("%s %d", k, m[k])
	}
	return strings.Join(words, ", ")
}
