package model

import "time"

// BatchState is where an import or collection stands.
type BatchState string

// A running batch that is found on opening was interrupted and can be resumed.
const (
	BatchRunning   BatchState = "running"
	BatchDone      BatchState = "done"
	BatchCancelled BatchState = "cancelled"
	BatchFailed    BatchState = "failed"
)

// Batch is one import or collection of one file or response.
// Read = Accepted + Duplicate + Rejected always holds.
type Batch struct {
	ID        int64      `json:"id"`
	State     BatchState `json:"state"`
	File      string     `json:"file"` // base name or URL as given; never a machine path
	Container string     `json:"sha256,omitempty"`
	// Format is the importer's name, empty when nothing recognised the file.
	Format    string    `json:"format,omitempty"`
	Version   string    `json:"version,omitempty"` // importer version, part of every commitment
	Profile   string    `json:"profile,omitempty"` // mapping profile
	Options   string    `json:"options,omitempty"` // JSON of the reading options, so that it can be resumed
	Source    Source    `json:"source"`
	Started   time.Time `json:"started"`
	Finished  time.Time `json:"finished,omitzero"`
	Read      int64     `json:"read"`
	Accepted  int64     `json:"accepted"`
	Duplicate int64     `json:"duplicate"`
	Rejected  int64     `json:"rejected"`
	// Reasons counts rejections by code.
	Reasons map[string]int64 `json:"reasons,omitempty"`
	// Unknown counts fields that the importer does not know, by path.
	Unknown map[string]int64 `json:"unknown_fields,omitempty"`
	// Assumed says what was assumed where the window would have asked.
	Assumed map[string]string `json:"assumed,omitempty"`
	// Error is why the batch failed as a whole, for people.
	Error     string `json:"error,omitempty"`
	Withdrawn bool   `json:"withdrawn,omitempty"`
}

// Source is who or what a batch came from and how it was collected.
type Source struct {
	Name        string `json:"name,omitempty"`
	Reliability string `json:"reliability"` // Admiralty A–F; F (cannot be judged) by default
	Mode        Mode   `json:"mode"`
	Authority   string `json:"authority,omitempty"` // reference of the authority, where the mode needs one
	URL         string `json:"url,omitempty"`
}

// BatchReject is a rejected record as kept in the case.
type BatchReject struct {
	Item    int64   `json:"-"` // the record's number in the case, for paging
	Batch   int64   `json:"batch"`
	Seq     int64   `json:"seq"`
	File    string  `json:"file"`
	Locator Locator `json:"locator"`
	Reject
}
