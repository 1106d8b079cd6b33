package search

import (
	"slices"
	"strings"

	"vedette/backend/columns"
	"vedette/backend/model"
)

// fieldKind says how a field's values are read.
type fieldKind int

const (
	kindText      fieldKind = iota
	kindFacet               // any value of a facet, with wildcards
	kindChoice              // one of a fixed list, a facet's
	kindOrdinal             // a facet whose values are whole numbers
	kindTime                //
	kindNumber              // a metric
	kindSentiment           // a polarity or a score
	kindHas                 //
	kindStarred             //
	kindSubject             //
	kindThread              // the UID of a conversation's first post
)

// field is a field of the query language.
type field struct {
	name    string
	kind    fieldKind
	facet   string
	metric  columns.Metric
	choices []string
}

func choices[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

var polarities = []string{
	string(model.PolarityNegative), string(model.PolarityNeutral), string(model.PolarityPositive), string(model.PolarityUnknown),
}

// fields is the query language's list, in the order in which help shows it.
var fields = []field{
	{name: "text", kind: kindText},
	{name: "author", kind: kindFacet, facet: "author"},
	{name: "platform", kind: kindFacet, facet: "platform"},
	{name: "type", kind: kindChoice, facet: "type", choices: choices(model.PageTypes)},
	{name: "kind", kind: kindChoice, facet: "kind", choices: choices(model.Kinds)},
	{name: "lang", kind: kindFacet, facet: "lang"},
	{name: "time", kind: kindTime},
	{name: "likes", kind: kindNumber, metric: columns.Likes},
	{name: "comments", kind: kindNumber, metric: columns.Comments},
	{name: "shares", kind: kindNumber, metric: columns.Shares},
	{name: "views", kind: kindNumber, metric: columns.Views},
	{name: "followers", kind: kindNumber, metric: columns.Followers},
	{name: "engagement", kind: kindNumber, metric: columns.Engagement},
	{name: "sentiment", kind: kindSentiment, facet: "polarity", choices: polarities},
	{name: "subject", kind: kindSubject},
	{name: "hashtag", kind: kindFacet, facet: "hashtag"},
	{name: "mention", kind: kindFacet, facet: "mention"},
	{name: "domain", kind: kindFacet, facet: "domain"},
	{name: "country", kind: kindFacet, facet: "country"},
	{name: "place", kind: kindFacet, facet: "place"},
	{name: "source", kind: kindFacet, facet: "source"},
	{name: "mode", kind: kindChoice, facet: "mode", choices: choices(model.Modes)},
	{name: "grade", kind: kindOrdinal, facet: "grade", choices: []string{"1", "2", "3", "4", "5", "6"}},
	{name: "label", kind: kindFacet, facet: "label"},
	{name: "starred", kind: kindStarred, facet: "starred", choices: []string{"true", "false"}},
	{name: "has", kind: kindHas, facet: "has", choices: []string{"media", "geo", "link"}},
	{name: "thread", kind: kindThread},
	{name: "batch", kind: kindOrdinal, facet: "batch"},
	{name: "visibility", kind: kindChoice, facet: "visibility", choices: []string{
		string(model.VisibilityPublic), string(model.VisibilityUnlisted), string(model.VisibilityPrivate), string(model.VisibilityDirect),
	}},
}

// synonyms are words that people write for a field's name.
var synonyms = map[string]string{
	"link": "domain", "url": "domain", "site": "domain", "website": "domain", "user": "author", "account": "author", "from": "author", "by": "author",
	"date": "time", "created": "time", "since": "time", "day": "time", "tag": "hashtag", "language": "lang", "network": "platform",
	"reposts": "shares", "retweets": "shares", "favorites": "likes", "replies": "comments", "polarity": "sentiment", "tone": "sentiment",
	"geo": "has", "media": "has", "location": "place", "city": "place", "brand": "subject", "body": "text", "content": "text", "title": "text",
	"star": "starred", "conversation": "thread", "import": "batch", "note": "label",
}

// Fields lists the names of the query language's fields, in the order of help.
func Fields() []string {
	names := make([]string, len(fields))
	for i := range fields {
		names[i] = fields[i].name
	}
	return names
}

// FieldValues lists the values of a field that takes one of a fixed list; nil
// for other fields.
func FieldValues(name string) []string {
	if f := fieldNamed(name); f != nil {
		return slices.Clone(f.choices)
	}
	return nil
}

func fieldNamed(name string) *field {
	name = strings.ToLower(name)
	for i := range fields {
		if fields[i].name == name {
			return &fields[i]
		}
	}
	return nil
}

// nearest gives the candidate that is the fewest edits away from word, or ""
// when none is near enough to be what was meant.
func nearest(word string, candidates []string) string {
	word = strings.ToLower(word)
	best, at := "", min(2, len(word)/2)+1
	for _, c := range candidates {
		if len(word) >= 3 && strings.HasPrefix(c, word) {
			return c
		}
		if d := edits(word, c); d < at {
			best, at = c, d
		}
	}
	return best
}

// edits is the optimal string alignment distance: insertions, deletions,
// replacements and swaps of neighbours.
func edits(a, b string) int {
	if len(a) > 40 {
		return len(a)
	}
	x, y := []rune(a), []rune(b)
	prev2, prev, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], prev2[j-2]+1)
			}
		}
		prev2, prev, row = prev, row, prev2
	}
	return prev[len(y)]
}
