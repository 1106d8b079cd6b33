package table

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/model"
)

// Suggestion is one part of a guessed profile, with its reason, for a person to
// accept or change. Code is stable: "by_name", "by_values", "by_both", "platform",
// "date_order", "unmapped". Warnings are what may be wrong with the values.
type Suggestion struct {
	Field      string    `json:"field"`  // "" for a column that nothing is suggested for
	Column     string    `json:"column"` // "" for what is not about one column
	Code       string    `json:"code"`
	Reason     string    `json:"reason"`
	Confidence int       `json:"confidence"` // 0 to 100
	Warnings   []Problem `json:"warnings"`
}

// guessRows is how many rows a guess looks at.
const guessRows = 200

// Guess proposes a profile for a table that none fits, from its header and its
// first rows. It decides nothing: the profile is for a person to look at. It may
// lack a text; then it is no valid profile yet. The error is that of Peek.
func Guess(f importer.File, o importer.Options) (Profile, []Suggestion, error) {
	s, err := Peek(f, o, guessRows)
	if err != nil {
		return Profile{}, nil, err
	}
	g := guesser{sample: &s, taken: map[string]bool{}, p: Profile{
		Name: profileName(f.Name), Version: 1, Header: s.Columns, Fields: map[string]importer.Field{}, Kind: model.KindPost,
	}}
	if s.Container == "json" {
		g.p.Rows = "json"
		g.p.Header = nil // objects lack members; a signature is for a person to set
	}
	for i := range s.Columns {
		g.columns = append(g.columns, lookAt(&s, i))
	}
	g.byNames()
	g.byValues()
	g.dates()
	g.platform()
	g.leave()
	return g.p, g.told, nil
}

// profileName makes a profile's name of a file's.
func profileName(file string) string {
	name := strings.TrimSuffix(path.Base(strings.ReplaceAll(file, "\\", "/")), path.Ext(file))
	if name = strings.TrimSpace(name); name == "" || name == "." || name == "/" {
		return "table"
	}
	return name
}

// guesser puts a profile together.
type guesser struct {
	sample  *Sample
	columns []looked
	taken   map[string]bool // columns that have a field
	p       Profile
	told    []Suggestion
}

// byNames gives each field the column whose name and values fit it best.
func (g *guesser) byNames() {
	for _, field := range guessed {
		best, score := -1, 0
		for i := range g.columns {
			c := &g.columns[i]
			n := nameScore(field, c.name)
			if n == 0 || g.taken[c.name] || !c.allows(targets[field].sort, field) {
				continue
			}
			if c.filled == 0 {
				n /= 3
			}
			if n > score {
				best, score = i, n
			}
		}
		if best >= 0 {
			c := &g.columns[best]
			code, why := "by_name", fmt.Sprintf("The column is called %q.", c.name)
			if c.filled > 0 && targets[field].sort != sortWord {
				code, why = "by_both", fmt.Sprintf("The column is called %q, and its values are %s.", c.name, c.what(targets[field].sort))
			}
			g.give(field, c, code, why, min(score, 95))
		}
	}
}

// byValues looks for the fields that matter most among the columns left.
func (g *guesser) byValues() {
	find := func(field string, sure int, why string, is func(c *looked) int) {
		if _, ok := g.p.Fields[field]; ok {
			return
		}
		best, score := -1, 0
		for i := range g.columns {
			if c := &g.columns[i]; !g.taken[c.name] && c.filled > 0 {
				if n := is(c); n > score {
					best, score = i, n
				}
			}
		}
		if best >= 0 {
			g.give(field, &g.columns[best], "by_values", fmt.Sprintf(why, g.columns[best].name), sure)
		}
	}
	find("text", 60, "%q has the longest texts.", func(c *looked) int {
		if c.spaced*2 < c.filled || c.average() < 20 || c.dates*2 > c.filled {
			return 0
		}
		return c.average()
	})
	find("created", 50, "The values of %q are dates.", func(c *looked) int {
		if c.dates*10 < c.filled*9 || c.numbers == c.filled && c.epochs < c.filled {
			return 0
		}
		return c.dates
	})
	find("url", 50, "The values of %q are addresses.", func(c *looked) int {
		if c.urls*10 < c.filled*9 || !c.distinct() {
			return 0
		}
		return c.urls
	})
	find("id", 30, "Every value of %q is another one.", func(c *looked) int {
		if !c.distinct() || c.filled < 3 || c.spaced > 0 || c.dates*2 > c.filled && c.numbers < c.filled || c.average() < 3 || c.urls > 0 {
			return 0
		}
		return c.filled
	})
}

// give maps a column to a field.
func (g *guesser) give(field string, c *looked, code, why string, sure int) {
	f := importer.Field{From: importer.Strings{c.name}}
	s := Suggestion{Field: field, Column: c.name, Code: code, Reason: why, Confidence: sure, Warnings: []Problem{}}
	switch targets[field].sort {
	case sortText:
		if c.html*3 > c.filled {
			f.As = "html"
			s.Reason += " They are HTML."
		} else if c.entities*10 > c.filled {
			f.Unescape = true
			s.Reason += " Entities such as &amp; are decoded."
		}
	case sortCount, sortFloat:
		f.Decimal = c.decimal()
		if p, ok := c.thousands(); ok {
			s.Warnings = append(s.Warnings, p)
		}
	case sortList:
		f.Separator = c.separator()
	}
	if c.lost > 0 && isIdentity(field) {
		s.Warnings = append(s.Warnings, Problem{Code: "lost_digits", Message: fmt.Sprintf("%d of its values are numbers that a spreadsheet rounded. Ask for the table with its ids as text.", c.lost)})
		s.Confidence = min(s.Confidence, 20)
	}
	if field == "id" && !c.distinct() {
		s.Warnings = append(s.Warnings, Problem{Code: "repeated_ids", Message: "Some of its values occur more than once: such rows become one post."})
	}
	if len(c.missing) > 0 && targets[field].sort != sortText {
		f.Missing = c.missing
	}
	g.taken[c.name] = true
	g.p.Fields[field] = f
	g.told = append(g.told, s)
}

// dates says which order the dates are in, or that nothing proves it.
func (g *guesser) dates() {
	for i := range g.told {
		t := &g.told[i]
		if targets[t.Field].sort != sortTime {
			continue
		}
		c := g.column(t.Column)
		switch {
		case c.dmy > 0 && c.mdy > 0:
			t.Warnings = append(t.Warnings, Problem{Code: "mixed_dates", Message: fmt.Sprintf("Some of its dates begin with the day, as %q, and some with the month, as %q.", clip(c.dmyLike), clip(c.mdyLike))})
		case c.dmy > 0:
			g.order("dmy", t.Column, c.dmyLike)
		case c.mdy > 0:
			g.order("mdy", t.Column, c.mdyLike)
		case c.either > 0:
			t.Warnings = append(t.Warnings, Problem{Code: "ambiguous_dates", Message: ambiguous(c.eitherLike)})
		}
		if c.noZone > 0 {
			t.Warnings = append(t.Warnings, Problem{Code: "no_zone", Message: "Its dates state no time zone; without one, UTC is assumed."})
		}
	}
}

func (g *guesser) order(order, column, proof string) {
	if g.p.DateOrder == "" {
		g.p.DateOrder = order
		g.told = append(g.told, Suggestion{Column: column, Code: "date_order", Reason: fmt.Sprintf("%q can be read in one way only.", clip(proof)), Confidence: 90, Warnings: []Problem{}})
	}
}

func (g *guesser) column(name string) *looked {
	i := slices.IndexFunc(g.columns, func(c looked) bool { return c.name == name })
	return &g.columns[i]
}

// sites tells a platform by the host of an address.
var sites = regexp.MustCompile(`^https?://(?:[\w-]+\.)*(twitter\.com|x\.com|facebook\.com|instagram\.com|youtube\.com|youtu\.be|reddit\.com|tiktok\.com|linkedin\.com|bsky\.app|t\.me|vk\.com|threads\.net)/`)

var platformOf = map[string]string{
	"twitter.com": "x", "x.com": "x", "facebook.com": "facebook", "instagram.com": "instagram", "youtube.com": "youtube", "youtu.be": "youtube", "reddit.com": "reddit",
	"tiktok.com": "tiktok", "linkedin.com": "linkedin", "bsky.app": "bluesky", "t.me": "telegram", "vk.com": "vk", "threads.net": "threads",
}

// platform says where the posts are from: what their addresses, or their ids, say.
func (g *guesser) platform() {
	g.p.Type = model.PageOther
	if _, ok := g.p.Fields["platform"]; ok {
		return
	}
	count, most := map[string]int{}, ""
	for _, field := range []string{"url", "id"} {
		f, ok := g.p.Fields[field]
		if !ok || most != "" {
			continue
		}
		for _, v := range g.column(f.From[0]).values {
			name := ""
			if m := sites.FindStringSubmatch(v); m != nil {
				name = platformOf[m[1]]
			} else if strings.HasPrefix(v, "at://did:") {
				name = "bluesky"
			}
			if count[name]++; name != "" && count[name]*2 > len(g.column(f.From[0]).values) {
				most = name
			}
		}
	}
	s := Suggestion{Field: "platform", Code: "platform", Warnings: []Problem{}}
	if most == "" {
		g.p.Platform, s.Confidence = "web", 10
		s.Reason = "Nothing says which platform the posts are from; the name becomes part of their identity, so set it."
	} else {
		g.p.Platform, g.p.Type, s.Confidence = most, model.PageSocial, 80
		s.Reason = fmt.Sprintf("Most addresses are of %s.", most)
		switch most {
		case "reddit":
			g.p.Type = model.PageForum
		case "youtube", "tiktok":
			g.p.Type = model.PageVideo
		case "telegram":
			g.p.Type = model.PageChat
		}
	}
	g.told = append(g.told, s)
}

// leave lists the columns that nothing is suggested for.
func (g *guesser) leave() {
	for i := range g.columns {
		c := &g.columns[i]
		if g.taken[c.name] || c.name == "" {
			continue
		}
		g.p.Ignore = append(g.p.Ignore, c.name)
		why := "Nothing a post keeps is called so."
		if c.filled == 0 {
			why = "It is empty in every row that was looked at."
		}
		g.told = append(g.told, Suggestion{Column: c.name, Code: "unmapped", Reason: why, Warnings: []Problem{}})
	}
}
