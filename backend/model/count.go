package model

import (
	"fmt"
	"strconv"
)

// Count is a number that may be missing. The zero value is missing, so that an
// absent count can never be mistaken for a count of zero. In JSON a missing
// count is absent (with omitzero) or null.
type Count struct {
	n     int64
	known bool
}

// Known returns the count n.
func Known(n int64) Count { return Count{n: n, known: true} }

// Value returns the number and whether it is known; a missing count gives 0, false.
func (c Count) Value() (int64, bool) { return c.n, c.known }

// IsZero reports whether the count is missing; encoding/json uses it for omitzero.
func (c Count) IsZero() bool { return !c.known }

// MarshalJSON writes the number, or null when missing.
func (c Count) MarshalJSON() ([]byte, error) {
	if !c.known {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, c.n, 10), nil
}

// UnmarshalJSON reads a whole number or null.
func (c *Count) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*c = Count{}
		return nil
	}
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil {
		return fmt.Errorf("count %q: %w", b, err)
	}
	*c = Known(n)
	return nil
}

// Counts is one snapshot of a post's engagement, each number as the platform
// gave it at capture time. Comments includes replies; Shares includes reposts
// and quotes where the platform adds them up.
type Counts struct {
	Likes    Count `json:"likes,omitzero"`
	Comments Count `json:"comments,omitzero"`
	Shares   Count `json:"shares,omitzero"`
	Views    Count `json:"views,omitzero"`
}

// IsZero reports whether every count is missing.
func (c Counts) IsZero() bool { return c == Counts{} }

// Engagement returns likes + comments + shares over those that are known, and
// whether any of them is.
func (c Counts) Engagement() (int64, bool) {
	var sum int64
	var any bool
	for _, x := range [...]Count{c.Likes, c.Comments, c.Shares} {
		if n, ok := x.Value(); ok {
			sum, any = sum+n, true
		}
	}
	return sum, any
}

// Metric is a snapshot of counts with the instant at which it was true.
type Metric struct {
	At     Instant `json:"at"`
	Counts Counts  `json:"counts"`
}
