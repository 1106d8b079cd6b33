package search

import (
	"errors"
	"maps"
	"strings"
	"testing"
)

func TestParseCanonical(t *testing.T) {
	for q, want := range map[string]string{
		"":                                  "",
		"  \t ":                             "",
		"storm":                             "storm",
		"storm AND flood":                   "storm flood",
		"storm flood OR wind":               "storm flood OR wind",
		"storm (flood OR wind)":             "storm (flood OR wind)",
		"(storm)":                           "storm",
		"((a OR b) OR c)":                   "a OR b OR c",
		"a AND (b AND c)":                   "a b c",
		"-storm":                            "NOT storm",
		"NOT NOT storm":                     "storm",
		"a -(b OR c)":                       "a NOT (b OR c)",
		"NOT (a b)":                         "NOT (a b)",
		`"new york"`:                        `"new york"`,
		"“new york”":                        `"new york"`,
		`"say \"hi\" \\ there"`:             `"say \"hi\" \\ there"`,
		"Platform:X":                        "platform:X",
		"platform:(x OR reddit)":            "platform:x OR platform:reddit",
		"a platform:(x OR reddit)":          "a (platform:x OR platform:reddit)",
		"likes:>1.5k":                       "likes:>1.5k",
		`source:"my feed"`:                  `source:"my feed"`,
		"and or not":                        "and or not",
		`"AND"`:                             `"AND"`,
		"https://example.com/a?b=c":         "https://example.com/a?b=c",
		"12:30":                             "12:30",
		"a-b":                               "a-b",
		"text:storm*":                       "text:storm*",
		"ORacle ANDroid NOTe":               "ORacle ANDroid NOTe",
		"time:2024-01-01..2024-02-01":       "time:2024-01-01..2024-02-01",
		`time:"2024-01-01 10:00"`:           `time:"2024-01-01 10:00"`,
		"sentiment:-0.5..-0.1":              "sentiment:-0.5..-0.1",
		"has:media starred:true grade:1..3": "has:media starred:true grade:1..3",
		`thread:"x:17"`:                     `thread:"x:17"`,
		"東京 OR 地震":                          "東京 OR 地震",
	} {
		parsed, err := Parse(q)
		if err != nil {
			t.Errorf("%q: %v", q, err)
			continue
		}
		if parsed.String() != want {
			t.Errorf("%q: %q, want %q", q, parsed, want)
		}
		if again, err := Parse(want); err != nil || again.String() != want {
			t.Errorf("canonical text %q: %v %v", want, again, err)
		}
	}
}

func TestParseMistakes(t *testing.T) {
	for _, c := range []struct {
		q, code    string
		at         string // the bytes that the error is about
		pos        int
		suggestion string
		params     map[string]string
	}{
		{`say "hello`, CodeUnclosedQuote, `"`, 4, "", nil},
		{"(storm", CodeUnclosedParen, "(", 0, "", nil},
		{"a (", CodeUnclosedParen, "(", 2, "", nil},
		{"storm)", CodeStrayParen, ")", 5, "", nil},
		{")", CodeStrayParen, ")", 0, "", nil},
		{"a ( )", CodeEmptyGroup, "( )", 2, "", nil},
		{"a AND", CodeMissingOperand, "AND", 2, "", map[string]string{"operator": "AND"}},
		{"OR a", CodeMissingOperand, "OR", 0, "", map[string]string{"operator": "OR"}},
		{"a OR", CodeMissingOperand, "OR", 2, "", map[string]string{"operator": "OR"}},
		{"a AND OR b", CodeMissingOperand, "OR", 6, "", map[string]string{"operator": "OR"}},
		{"a NOT", CodeMissingOperand, "NOT", 2, "", map[string]string{"operator": "NOT"}},
		{"(a AND)", CodeMissingOperand, "AND", 3, "", map[string]string{"operator": "AND"}},
		{"a NOT AND b", CodeMissingOperand, "NOT", 2, "", map[string]string{"operator": "NOT"}},
		{"é platfrom:x", CodeUnknownField, "platfrom", 3, "platform", map[string]string{"field": "platfrom"}},
		{"link:example.com", CodeUnknownField, "link", 0, "domain", map[string]string{"field": "link"}},
		{"hash:flood", CodeUnknownField, "hash", 0, "hashtag", map[string]string{"field": "hash"}},
		{"a cluster:7 b", CodeUnknownField, "cluster:7", 2, `"cluster:7"`, map[string]string{"field": "cluster"}},
		{"alert:yes", CodeUnknownField, "alert:yes", 0, `"alert:yes"`, map[string]string{"field": "alert"}},
		{"Re: hello", CodeUnknownField, "Re:", 0, `"Re:"`, map[string]string{"field": "Re"}},
		{"lang: en", CodeMissingValue, "lang:", 0, "", map[string]string{"field": "lang"}},
		{"lang:", CodeMissingValue, "lang:", 0, "", map[string]string{"field": "lang"}},
		{`author:""`, CodeMissingValue, `author:""`, 0, "", map[string]string{"field": "author"}},
		{"a type:blgo", CodeBadValue, "type:blgo", 2, "type:blog", map[string]string{"field": "type", "value": "blgo", "allowed": "social, forum, blog, news, video, chat, other"}},
		{"type:(news OR blgo)", CodeBadValue, "blgo", 14, "blog", map[string]string{"field": "type", "value": "blgo", "allowed": "social, forum, blog, news, video, chat, other"}},
		{"sentiment:negativ", CodeBadValue, "sentiment:negativ", 0, "sentiment:negative", map[string]string{"field": "sentiment", "value": "negativ", "allowed": "negative, neutral, positive, unknown"}},
		{"has:video", CodeBadValue, "has:video", 0, "", map[string]string{"field": "has", "value": "video", "allowed": "media, geo, link"}},
		{"starred:yes", CodeBadValue, "starred:yes", 0, "", map[string]string{"field": "starred", "value": "yes", "allowed": "true, false"}},
		{"grade:9", CodeBadValue, "grade:9", 0, "", map[string]string{"field": "grade", "value": "9", "allowed": "1, 2, 3, 4, 5, 6"}},
		{"likes:many", CodeBadNumber, "likes:many", 0, "", map[string]string{"field": "likes", "value": "many"}},
		{"likes:..", CodeBadNumber, "likes:..", 0, "", map[string]string{"field": "likes", "value": ".."}},
		{"likes:>", CodeBadNumber, "likes:>", 0, "", map[string]string{"field": "likes", "value": ">"}},
		{"likes:9..3", CodeEmptyRange, "likes:9..3", 0, "likes:3..9", map[string]string{"field": "likes", "value": "9..3"}},
		{"likes:>99999999999999999999", CodeBadNumber, "likes:>99999999999999999999", 0, "", map[string]string{"field": "likes", "value": ">99999999999999999999"}},
		{"sentiment:0.5..-0.5", CodeEmptyRange, "sentiment:0.5..-0.5", 0, "sentiment:-0.5..0.5", map[string]string{"field": "sentiment", "value": "0.5..-0.5"}},
		{"time:yesterday", CodeBadTime, "time:yesterday", 0, "", map[string]string{"field": "time", "value": "yesterday"}},
		{"time:2024-02-30", CodeBadTime, "time:2024-02-30", 0, "", map[string]string{"field": "time", "value": "2024-02-30"}},
		{"time:2024-03..2024-02", CodeEmptyRange, "time:2024-03..2024-02", 0, "time:2024-02..2024-03", map[string]string{"field": "time", "value": "2024-03..2024-02"}},
		{"storm !!!", CodeNoWord, "!!!", 6, "", map[string]string{"value": "!!!"}},
		{"*", CodeNoWord, "*", 0, "", map[string]string{"value": "*"}},
	} {
		_, err := Parse(c.q)
		var e *SyntaxError
		if !errors.As(err, &e) {
			t.Errorf("%q: %v", c.q, err)
			continue
		}
		if e.Code != c.code || e.Pos != c.pos || c.q[e.Pos:e.Pos+e.Len] != c.at || e.Suggestion != c.suggestion || !maps.Equal(e.Params, c.params) {
			t.Errorf("%q: %s at %d %q, suggestion %q, params %q", c.q, e.Code, e.Pos, c.q[e.Pos:e.Pos+e.Len], e.Suggestion, e.Params)
		}
		if e.Sentence() == e.Code || e.Error() == "" {
			t.Errorf("%q: no sentence for %s", c.q, e.Code)
		}
	}
}

func TestParseLimits(t *testing.T) {
	for name, c := range map[string]struct{ q, code string }{
		"long":   {strings.Repeat("a", MaxQuery+1), CodeTooLong},
		"many":   {strings.Repeat("a ", MaxClauses+1), CodeTooMany},
		"deep":   {strings.Repeat("(", 200) + "a" + strings.Repeat(")", 200), CodeTooDeep},
		"negate": {strings.Repeat("NOT ", 200) + "a", CodeTooDeep},
	} {
		_, err := Parse(c.q)
		var e *SyntaxError
		if !errors.As(err, &e) || e.Code != c.code || e.Sentence() == e.Code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSuggestionsParse(t *testing.T) {
	for name := range synonyms {
		if fieldNamed(name) == nil && fieldNamed(synonyms[name]) == nil {
			t.Errorf("%s suggests %s, which is no field", name, synonyms[name])
		}
	}
	for _, f := range fields {
		if len(f.choices) > 0 && FieldValues(f.name) == nil {
			t.Errorf("%s has no values", f.name)
		}
	}
}

// FuzzParse: never a panic; an error points into the query; what parses has a
// canonical text that parses to itself.
func FuzzParse(f *testing.F) {
	for _, q := range []string{
		"storm", `"new york" -(a OR b*)`, "platform:(x OR reddit) likes:>10", "time:2024-01..2024-02-03T10:00+02:00", "sentiment:<-0.3 has:media",
		"a AND", "(", ")", `"`, "type:blgo", "alert:1", "“x”", "text:\xff", "NOT", "-", "--a", "likes:1k..2m", "東京* 😀", `\"`,
	} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := Parse(s)
		var e *SyntaxError
		if errors.As(err, &e) {
			if e.Pos < 0 || e.Len < 0 || e.Pos+e.Len > len(s) || e.Code == "" {
				t.Fatalf("%q: error at %d+%d", s, e.Pos, e.Len)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		text := q.String()
		again, err := Parse(text)
		if err != nil && len(text) <= MaxQuery {
			t.Fatalf("%q: canonical text %q: %v", s, text, err)
		}
		if err == nil && again.String() != text {
			t.Fatalf("%q: canonical text %q becomes %q", s, text, again)
		}
		Highlights(q, s)
	})
}
