package table

import "strings"

// headerRows is how far down a header is looked for: exports of suites begin
// with a few rows about the search.
const headerRows = 25

// headerAt finds the header among the first rows of a table, or gives −1: a row
// that a known profile fits, else the first that is as full as the rows around it
// and reads like names.
func headerAt(rows [][]string) int {
	first := rows[:min(len(rows), headerRows)]
	for i, r := range first {
		if byHeader(r) != nil {
			return i
		}
	}
	full := 0
	for _, r := range rows {
		full = max(full, filled(r))
	}
	for i, r := range first {
		least := 80 // per cent of the fullest row
		if i == 0 {
			least = 60 // where a header is expected, a few names may be missing
		}
		if n := filled(r); n >= 2 && n*100 >= full*least && looksLikeHeader(r) {
			return i
		}
	}
	return -1
}

// filled counts the cells that are not empty.
func filled(row []string) int {
	n := 0
	for _, c := range row {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// totalsWords begin a row that sums up the ones above it.
var totalsWords = map[string]bool{
	"total": true, "totals": true, "grand total": true, "sum": true, "subtotal": true, "totales": true, "suma": true, "total general": true,
}

// isTotals reports whether a row sums up a table: its first filled cell says so,
// and at least half of it is empty.
func isTotals(n int, cell func(i int) string) bool {
	full, word := 0, ""
	for i := range n {
		c := strings.TrimSpace(cell(i))
		if c == "" {
			continue
		}
		if full == 0 {
			word = strings.TrimRight(fold(c), ":")
			if !totalsWords[word] {
				return false
			}
		}
		full++
	}
	return word != "" && full*2 <= n
}
