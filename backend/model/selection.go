package model

import "time"

// Selection is the one value that every screen, analysis and report reads: a
// query, facet filters, a time span and a subject. It is serialisable; its JSON
// (sorted keys) is its identity. Times are UTC; From is inclusive, To exclusive.
type Selection struct {
	Query   string              `json:"query,omitempty"`
	Include map[string][]string `json:"include,omitempty"` // facet → any of these values
	Exclude map[string][]string `json:"exclude,omitempty"` // facet → none of these values
	From    time.Time           `json:"from,omitzero"`
	To      time.Time           `json:"to,omitzero"`
	Subject string              `json:"subject,omitempty"` // subject id
}

// IsZero reports whether the selection is the whole case.
func (s Selection) IsZero() bool {
	return s.Query == "" && len(s.Include) == 0 && len(s.Exclude) == 0 && s.From.IsZero() && s.To.IsZero() && s.Subject == ""
}
