package model

import "time"

// Instant is a moment as a source gave it: the instant in UTC, the original
// string, and how the zone is known. The zero value means the source gave none.
type Instant struct {
	Time     time.Time `json:"time,omitzero"`
	Original string    `json:"original,omitempty"`
	Zone     ZoneBasis `json:"zone,omitempty"`
}

// IsZero reports whether no instant is known.
func (i Instant) IsZero() bool { return i.Time.IsZero() && i.Original == "" }
