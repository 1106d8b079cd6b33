package automation

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"time"
)

// ReadLabelled reads labelled accounts from CSV tables whose first line names the
// columns, as FromFields knows them, with a column bot of 0 and 1.
func ReadLabelled(tables ...io.Reader) ([]Labelled, error) {
	var profiles []Profile
	var seen []time.Time
	var out []Labelled
	for _, t := range tables {
		r := csv.NewReader(t)
		r.LazyQuotes = true
		r.FieldsPerRecord = -1
		head, err := r.Read()
		if err != nil {
			return nil, fmt.Errorf("read labelled accounts: %w", err)
		}
		at := map[string]int{}
		for i, h := range head {
			at[h] = i
		}
		for {
			row, err := r.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return nil, fmt.Errorf("read labelled accounts: %w", err)
			}
			get := func(name string) string {
				if i, ok := at[name]; ok && i < len(row) {
					return row[i]
				}
				return ""
			}
			label := truth(get("bot"))
			if label == Unknown {
				return nil, fmt.Errorf("read labelled accounts: %q says neither 0 nor 1 of whether it is automated", get("id"))
			}
			p, last := FromFields(get)
			profiles, seen = append(profiles, p), append(seen, last)
			out = append(out, Labelled{Automated: label == Yes})
		}
	}
	Capture(profiles, seen)
	for i := range out {
		out[i].Profile = profiles[i]
	}
	return out, nil
}
