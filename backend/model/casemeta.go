package model

import "time"

// CaseMeta describes a case. ID is a UUID; the folder's name is not the case's name.
type CaseMeta struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Owner       string    `json:"owner"`
	Purpose     string    `json:"purpose"`
	Basis       string    `json:"basis,omitempty"` // lawful basis and DPIA reference
	TLP         TLP       `json:"tlp"`
	Yardstick   Yardstick `json:"yardstick"`
	Zone        string    `json:"zone"`                   // IANA name for display and day boundaries
	RetainUntil string    `json:"retain_until,omitempty"` // YYYY-MM-DD
	Training    bool      `json:"training,omitempty"`     // synthetic data: watermark on every page
	Created     time.Time `json:"created"`
}

// SubjectType says what a watched subject is.
type SubjectType string

// The kinds of watched subject.
const (
	SubjectBrand   SubjectType = "brand"
	SubjectPerson  SubjectType = "person"
	SubjectImage   SubjectType = "image"
	SubjectProduct SubjectType = "product"
	SubjectService SubjectType = "service"
	SubjectTopic   SubjectType = "topic"
	SubjectPlace   SubjectType = "place"
)

// Subject is something the case watches. Query selects the posts that mention
// it; a competitor is a subject that share of voice compares with the others.
type Subject struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Type       SubjectType `json:"type"`
	Query      string      `json:"query"`
	Competitor bool        `json:"competitor,omitempty"`
}

// SavedSearch is a named selection.
type SavedSearch struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Selection Selection `json:"selection"`
}

// Marks are what the analyst put on a post. Grade is the Admiralty information
// grade 1–6; 6 (cannot be judged) is the default and is kept as "".
type Marks struct {
	Starred bool     `json:"starred,omitempty"`
	Labels  []string `json:"labels,omitempty"`
	Note    string   `json:"note,omitempty"`
	Grade   string   `json:"grade,omitempty"`
}
