package exercise

import (
	"testing"

	"vedette/backend/search"
)

// TestSubjectQueries checks that every subject's query is one of the query language.
func TestSubjectQueries(t *testing.T) {
	for _, s := range subjects() {
		if _, err := search.Parse(s.Query); err != nil {
			t.Errorf("%s: %v", s.ID, err)
		}
	}
}
