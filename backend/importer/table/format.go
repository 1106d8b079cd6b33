package table

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
)

// Name is the format's name, and part of every commitment.
const Name = "table"

// Format reads tables and lists of JSON objects by a profile.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return Name }

// Version implements importer.Format.
func (Format) Version() string { return "2" }

// Scores of a table: a known header is sure; a table without a profile is told
// only when nobody else knows the file.
const (
	scoreProfile = 96
	scoreKnownNo = 30
	scoreUnknown = 4
	// A workbook is a ZIP, and must be surer than an archive.
	scoreUnknownBook = 70
)

// Detect implements importer.Format.
func (Format) Detect(h importer.Head) importer.Match {
	if m, is := detectContainer(h); is {
		return m
	}
	t := bytes.TrimSpace(h.Text)
	switch {
	case len(t) == 0:
		return importer.Match{Why: "nothing but white space"}
	case bytes.IndexByte(t, 0) >= 0:
		return importer.Match{Why: "not text"}
	case t[0] == '<':
		return importer.Match{Why: "markup, not a table"}
	case t[0] == '{' || t[0] == '[':
		return detectJSON(h)
	}
	b := sniff(h.Text, h.Size <= int64(len(h.Bytes)))
	if byHeader(b.header) == nil && (len(b.header) < 2 || b.rows == 0 || b.same < 0.8 || !looksLikeHeader(b.header)) {
		return importer.Match{Why: "no header with rows of the same width below it"}
	}
	return judge(b.header, "a table", scoreUnknown)
}

// judge answers for a header: a known profile, no posts, or a mapping that is
// needed, and then so sure.
func judge(header []string, what string, unknown int) importer.Match {
	if p := byHeader(header); p != nil {
		return importer.Match{Score: scoreProfile, Why: "the header of profile " + Label(p)}
	}
	if no := notPosts(header); no != "" {
		return importer.Match{Score: max(scoreKnownNo, unknown), Why: "the header of " + no, Refuse: "It is " + no + "; it can be read only with a mapping that says where the posts are."}
	}
	return importer.Match{Score: unknown, Why: what + " without a known header", Columns: header}
}

// looksLikeHeader reports whether the cells could be column names: short,
// different, and mostly words.
func looksLikeHeader(header []string) bool {
	seen := make(map[string]bool, len(header))
	words := 0
	for _, h := range header {
		if len(h) > 120 || h != "" && seen[h] || strings.ContainsAny(h, "\n\r") {
			return false
		}
		seen[h] = true
		if strings.ContainsFunc(h, func(r rune) bool { return r > '9' && r != ':' }) {
			words++
		}
	}
	return words*3 >= len(header)*2
}

// detectJSON lists the members of the first objects.
func detectJSON(h importer.Head) importer.Match {
	var columns []string
	objects := 0
	for _, v := range jsonscan.Sniff(h.Text, 20) {
		if v.Kind() != '{' {
			return importer.Match{Why: "JSON, but not a list of objects"}
		}
		objects++
		for _, c := range members(v, "", 2) {
			if !slices.Contains(columns, c) && len(columns) < 200 {
				columns = append(columns, c)
			}
		}
	}
	if objects == 0 || len(columns) < 2 {
		return importer.Match{Why: "JSON, but not a list of objects"}
	}
	for _, p := range shippedProfiles() {
		if p.Rows == "json" && len(p.Header) > 0 && !slices.ContainsFunc(p.Header, func(c string) bool { return !slices.Contains(columns, c) }) {
			return importer.Match{Score: scoreProfile - 20, Why: "the members of profile " + Label(&p)}
		}
	}
	return importer.Match{Score: scoreUnknown - 1, Why: "JSON objects of no known form", Columns: columns}
}

// Read implements importer.Format. Without Options.Profile the shipped profile
// of the header is used; when there is none, the error is
// *importer.NeedsMapping.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if o.Profile != nil {
		if err := check(o.Profile); err != nil {
			return profileFault(err)
		}
	}
	_, open, err := containerOf(f)
	switch {
	case err != nil:
		return containerFault(f.Name, err)
	case open != nil:
		return readGrid(ctx, f, open, o, s)
	}
	h, err := importer.ReadHead(f, o)
	if err != nil {
		return fmt.Errorf("read table: %w", err)
	}
	t := bytes.TrimSpace(h.Text)
	asJSON := len(t) > 0 && (t[0] == '{' || t[0] == '[')
	if o.Profile != nil && o.Profile.Rows != "" {
		asJSON = o.Profile.Rows == "json"
	}
	if asJSON {
		return readJSON(ctx, f, h, o, s)
	}
	return readCSV(ctx, f, h, o, s)
}
