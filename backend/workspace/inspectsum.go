package workspace

import (
	"cmp"
	"slices"
)

// Overview sums up what an inspection found. Kinds, Visibility and the period are
// of the records that were read, and so is Read; Records is estimated where Exact
// is false.
type Overview struct {
	Files      int64            `json:"files"`
	Bytes      int64            `json:"bytes"`
	Records    int64            `json:"records"`
	Read       int64            `json:"read"`
	Rejected   int64            `json:"rejected"`
	Exact      bool             `json:"exact"`
	Formats    []FormatGroup    `json:"formats"`
	Refused    []RefusedGroup   `json:"refused"`
	Kinds      map[string]int64 `json:"kinds"`
	Visibility map[string]int64 `json:"visibility"`
	First      string           `json:"first"`
	Last       string           `json:"last"`
}

// FormatGroup is how many files of a format there are. Looked says how many of
// them Records counts.
type FormatGroup struct {
	Format  string `json:"format"`
	Files   int64  `json:"files"`
	Looked  int64  `json:"looked"`
	Bytes   int64  `json:"bytes"`
	Records int64  `json:"records"`
}

// RefusedGroup is how many files would not be read for the same reason. File is
// the first of them.
type RefusedGroup struct {
	Code   string `json:"code"`
	Reason string `json:"reason"`
	Files  int64  `json:"files"`
	File   string `json:"file"`
}

func newOverview() Overview {
	return Overview{Exact: true, Formats: []FormatGroup{}, Refused: []RefusedGroup{}, Kinds: map[string]int64{}, Visibility: map[string]int64{}}
}

// add takes a file into the sums; the largest groups stay first.
func (o *Overview) add(x *FileInspection) {
	o.Files++
	o.Bytes += x.Size
	if x.Format == "" {
		o.refuse(x)
		return
	}
	i := slices.IndexFunc(o.Formats, func(g FormatGroup) bool { return g.Format == x.Format })
	if i < 0 {
		i = len(o.Formats)
		o.Formats = append(o.Formats, FormatGroup{Format: x.Format})
	}
	g := &o.Formats[i]
	g.Files++
	g.Bytes += x.Size
	o.Exact = o.Exact && x.Exact
	if x.Exact || x.Read > 0 || x.Code != "" {
		g.Looked++
		g.Records += x.Records
		o.Records += x.Records
		o.Read += x.Read
		o.Rejected += x.Rejected
	}
	for k, n := range x.Kinds {
		o.Kinds[k] += n
	}
	for k, n := range x.Visibility {
		o.Visibility[k] += n
	}
	// RFC 3339 in UTC sorts as text to the second, which is all a period needs.
	if x.First != "" && (o.First == "" || x.First < o.First) {
		o.First = x.First
	}
	o.Last = max(o.Last, x.Last)
	slices.SortStableFunc(o.Formats, func(a, b FormatGroup) int { return cmp.Compare(b.Files, a.Files) })
}

func (o *Overview) refuse(x *FileInspection) {
	i := slices.IndexFunc(o.Refused, func(g RefusedGroup) bool { return g.Code == x.Code && g.Reason == x.because })
	if i < 0 {
		i = len(o.Refused)
		o.Refused = append(o.Refused, RefusedGroup{Code: x.Code, Reason: x.because, File: x.File})
	}
	o.Refused[i].Files++
	slices.SortStableFunc(o.Refused, func(a, b RefusedGroup) int { return cmp.Compare(b.Files, a.Files) })
}
