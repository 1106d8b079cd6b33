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
func (Format) Version() string { return "1" }

// Scores of a table: a known header is sure; a table without a profile is told
// only when nobody else knows the file.
const (
	scoreProfile = 96
	scoreKnownNo = 30
	scoreUnknown = 4
)

// Detect implements importer.Format.
func (Format) Detect(h importer.Head) importer.Match {
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
	_, header, rows, same := sniff(h.Text, h.Size <= int64(len(h.Bytes)))
	if p := byHeader(header); p != nil {
		return importer.Match{Score: scoreProfile, Why: "the header of profile " + Label(p)}
	}
	if len(header) < 2 || rows == 0 || same < 0.8 || !looksLikeHeader(header) {
		return importer.Match{Why: "no header with rows of the same width below it"}
	}
	if what := notPosts(header); what != "" {
		return importer.Match{Score: scoreKnownNo, Why: "the header of " + what, Refuse: "It is " + what + "; it can be read only with a mapping that says where the posts are."}
	}
	return importer.Match{Score: scoreUnknown, Why: "a table without a known header", Columns: header}
}

// byHeader finds the shipped profile whose header is exactly this one.
func byHeader(header []string) *Profile {
	if len(header) == 0 {
		return nil
	}
	for _, p := range Shipped() {
		if p.Rows != "json" && slices.Equal(p.Header, header) {
			return &p
		}
	}
	return nil
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

// notPosts names tables that are about accounts and their ties, not about posts.
func notPosts(header []string) string {
	low := make([]string, len(header))
	for i, h := range header {
		low[i] = strings.ToLower(strings.NewReplacer(" ", "", "_", "", "-", "").Replace(h))
	}
	has := func(names ...string) bool {
		return !slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(low, n) })
	}
	if slices.ContainsFunc([]string{"text", "body", "content", "message", "title", "caption", "tweet", "fulltext"}, func(n string) bool { return slices.Contains(low, n) }) {
		return ""
	}
	for _, pair := range [][2]string{{"source", "target"}, {"from", "to"}, {"follower", "followed"}, {"follower", "followee"}, {"followerid", "followeeid"}, {"accounta", "accountb"}} {
		if has(pair[0], pair[1]) && len(header) <= 8 {
			return "a table of edges (who is tied to whom)"
		}
	}
	if has("firstname", "lastname", "connectedon") {
		return "a list of contacts"
	}
	for _, name := range []string{"followerscount", "followers", "followercount"} {
		if slices.Contains(low, name) && !slices.ContainsFunc(low, func(h string) bool { return strings.Contains(h, "post") || strings.Contains(h, "likes") }) {
			return "a table of accounts"
		}
	}
	if has("likedat") || has("postid", "userid") && len(header) <= 4 {
		return "a table of likes"
	}
	return ""
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
	for _, p := range Shipped() {
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
	h, err := importer.ReadHead(f, o)
	if err != nil {
		return fmt.Errorf("read table: %w", err)
	}
	if o.Profile != nil {
		if err := check(o.Profile); err != nil {
			return profileFault(err)
		}
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
