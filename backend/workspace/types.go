package workspace

import (
	"encoding/json"
	"time"

	"vedette/backend/model"
)

// RecentCase is a case that was opened on this machine before. ID is the case's
// UUID; Dir is where it was then.
type RecentCase struct {
	ID     string    `json:"id"`
	Name   string    `json:"name"`
	Owner  string    `json:"owner"`
	Dir    string    `json:"dir"`
	Opened time.Time `json:"opened"`
	Exists bool      `json:"exists"` // the folder is still there
}

// Info describes the open case. By* map a value to its number of posts.
type Info struct {
	Meta        model.CaseMeta   `json:"meta"`
	Dir         string           `json:"dir"`
	ReadOnly    bool             `json:"read_only"`
	Encrypted   bool             `json:"encrypted"` // always false while a case is open
	Posts       int64            `json:"posts"`
	Accounts    int64            `json:"accounts"`
	Batches     int64            `json:"batches"`
	Bytes       int64            `json:"bytes"` // of evidence, as received
	ByPlatform  map[string]int64 `json:"by_platform"`
	ByType      map[string]int64 `json:"by_type"`
	ByLang      map[string]int64 `json:"by_lang"`
	Custody     CustodyHead      `json:"custody"`
	Indexed     int64            `json:"indexed"`     // posts that are searchable by text
	Interrupted int64            `json:"interrupted"` // imports that can be resumed
}

// CustodyHead is the state of the custody log: its size, the RFC 6962 root and
// the chain's head, both in lower-case hexadecimal.
type CustodyHead struct {
	Size int64  `json:"size"`
	Root string `json:"root"`
	Head string `json:"head"`
}

// SearchRequest asks for one page of a selection. Sort is "time" (newest
// first, the default), "time_asc", "relevance" or "engagement". Offset is an
// ordinal in the sorted selection, so that a scroll bar can jump. Facets names
// the facets to count, FacetLimit how many values of each (default 20); Buckets
// asks for a histogram with at most that many buckets.
type SearchRequest struct {
	Selection  model.Selection `json:"selection"`
	Sort       string          `json:"sort,omitempty"`
	Offset     int64           `json:"offset,omitzero"`
	After      string          `json:"after,omitempty"` // cursor of an earlier page; wins over Offset
	Limit      int             `json:"limit,omitzero"`  // default 50, at most 1,000; negative: none
	Facets     []string        `json:"facets,omitempty"`
	FacetLimit int             `json:"facet_limit,omitzero"`
	Buckets    int             `json:"buckets,omitzero"`
	Wait       bool            `json:"wait,omitempty"` // until every post is searchable by text
}

// SearchPage is the answer to a SearchRequest.
type SearchPage struct {
	Total     int64                   `json:"total"`
	TookMS    float64                 `json:"took_ms"`
	Posts     []model.PostView        `json:"posts"`
	Spans     [][]Span                `json:"spans,omitempty"` // per post: matched words in its text
	Next      string                  `json:"next,omitempty"`  // cursor; empty on the last page
	Facets    map[string][]FacetValue `json:"facets,omitempty"`
	Histogram *Histogram              `json:"histogram,omitempty"`
	// Unindexed is how many posts the text index does not hold yet; a query
	// with words cannot find those.
	Unindexed int64 `json:"unindexed"`
}

// Span is a range of UTF-16 code units in a post's text, as the page's strings count.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// FacetValue is one value of a facet with its number of posts in the selection.
// Value filters, Label reads.
type FacetValue struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Count int64  `json:"count"`
}

// Histogram is the selection's volume: bucket starts in Unix seconds (UTC) and
// counts, empty buckets included; Undated posts are in no bucket.
type Histogram struct {
	Unit    string  `json:"unit"`
	Zone    string  `json:"zone"`
	Starts  []int64 `json:"starts"`
	Counts  []int64 `json:"counts"`
	End     int64   `json:"end"`
	Undated int64   `json:"undated"`
}

// PostDetail is everything the case knows of one post. Thread holds up to 100
// posts of its conversation in order of time; Counts its metrics over time.
type PostDetail struct {
	Post      model.PostView   `json:"post"`
	Thread    []model.PostView `json:"thread"`
	Metrics   []model.Metric   `json:"metrics"`
	Sightings []SightingDetail `json:"sightings"`
}

// SightingDetail is a sighting with its batch and its custody row.
type SightingDetail struct {
	model.Sighting
	File    string       `json:"file"`
	Format  string       `json:"format"`
	Source  model.Source `json:"source"`
	Custody CustodyRow   `json:"custody"`
	// Version is the post as this sighting has it, when it differs from the first.
	Version *PostVersion `json:"version,omitempty"`
}

// PostVersion is a post as it was seen another time. Changed names the fields, as in
// a post's JSON, in which it differs from the first sighting.
type PostVersion struct {
	Title    string   `json:"title,omitempty"`
	Text     string   `json:"text"`
	URL      string   `json:"url,omitempty"`
	EditedAt string   `json:"edited_at,omitempty"`
	Changed  []string `json:"changed"`
}

// CustodyRow is the log record that commits to a sighting, in words and hashes.
type CustodyRow struct {
	Index  int64     `json:"index"`
	At     time.Time `json:"at"`
	Actor  string    `json:"actor"`
	Action string    `json:"action"`
	Object string    `json:"object"`
	Hash   string    `json:"hash"`
}

// RawRecord is the evidence behind a sighting. Exact is true when Bytes are the
// container's own bytes, false when they are the canonical form of a row.
type RawRecord struct {
	Bytes   []byte        `json:"-"`
	Exact   bool          `json:"exact"`
	SHA256  string        `json:"sha256"`
	Locator model.Locator `json:"locator"`
}

// ImportRequest names what to import and what to assume. Paths are files or
// folders; folders are read in name order.
type ImportRequest struct {
	Paths          []string
	Source         model.Source
	Profile        json.RawMessage // mapping profile; nil: detect
	Format         string          // force a format by name; empty: detect
	Zone           string          // IANA zone for instants without one
	DateOrder      string          // dmy, mdy or ymd for ambiguous dates
	Encoding       string          // force an encoding
	IncludePrivate bool
	NoEnrich       bool
	NoIndex        bool
	NoWait         bool // do not wait until searchable
}

// ImportResult lists the batches that an import made, one per file, a file that
// nothing recognised included (its Format is empty and Error says what was
// tried), and what was not taken in at all.
type ImportResult struct {
	Batches []model.Batch `json:"batches"`
	Skipped []SkippedFile `json:"skipped"`
}

// Progress is the state of a long job. Total is 0 while it is not known.
type Progress struct {
	Job     string  `json:"job"`   // import, index, enrich, verify, analyze, report
	Stage   string  `json:"stage"` // for example "evidence", "records"
	Object  string  `json:"object,omitempty"`
	Done    int64   `json:"done"`
	Total   int64   `json:"total"`
	Unit    string  `json:"unit"` // bytes, posts, records
	Rate    float64 `json:"rate"` // per second
	Seconds float64 `json:"seconds_left"`
}

// ProgressFunc receives progress at most ten times a second; nil is allowed.
type ProgressFunc func(Progress)

// ManualPost is one post typed in by the analyst, with an optional screenshot.
// Nothing that is left empty is invented.
type ManualPost struct {
	Text       string         `json:"text"`
	URL        string         `json:"url"`
	Author     string         `json:"author,omitempty"`
	Time       string         `json:"time,omitempty"` // RFC 3339, or local time in Zone
	Zone       string         `json:"zone,omitempty"`
	Platform   string         `json:"platform,omitempty"`
	Type       model.PageType `json:"type,omitempty"`
	Source     model.Source   `json:"source"`
	Screenshot []byte         `json:"-"` // PNG or JPEG bytes
	ShotName   string         `json:"-"`
}

// RerunResult compares a recorded run with the same analysis made now.
type RerunResult struct {
	Run       model.Run `json:"run"`
	Same      bool      `json:"same"`
	NewHash   string    `json:"new_hash"`
	NewPrint  string    `json:"new_fingerprint"`
	DataSame  bool      `json:"data_same"` // the posts read are the same ones
	FirstDiff string    `json:"first_difference,omitempty"`
}

// ReportRequest asks for a case report. Lang is "en" or "es"; TLP empty means the case's.
type ReportRequest struct {
	Title     string          `json:"title,omitempty"`
	Lang      string          `json:"lang"`
	TLP       model.TLP       `json:"tlp,omitempty"`
	Selection model.Selection `json:"selection"`
}
