package workspace

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"vedette/backend/model"
)

// Refinement narrows a selection to the posts behind one point of a chart. From
// is inclusive, To exclusive; zero values narrow nothing.
type Refinement struct {
	From    time.Time           `json:"from,omitzero"`
	To      time.Time           `json:"to,omitzero"`
	Include map[string][]string `json:"include,omitempty"`
	Exclude map[string][]string `json:"exclude,omitempty"`
	Subject string              `json:"subject,omitempty"` // subject id
}

// multiFacets are the facets of which a post can have several values that a
// chart splits by: two of them at once have to be asked for by the query.
var multiFacets = []string{"hashtag", "mention", "domain"}

// Refine gives the posts that are in the selection and behind the point. What
// filters cannot say beside the filters that are there already is put into the
// query.
func Refine(sel model.Selection, r Refinement) model.Selection {
	out := sel
	if out.From.Before(r.From) {
		out.From = r.From
	}
	if !r.To.IsZero() && (out.To.IsZero() || r.To.Before(out.To)) {
		out.To = r.To
	}
	out.Include, out.Exclude = copyFilters(sel.Include), copyFilters(sel.Exclude)
	for facet, values := range r.Include {
		have := out.Include[facet]
		if len(have) > 0 && slices.Contains(multiFacets, facet) && !slices.Equal(have, values) {
			out.Query = both(out.Query, facet, values)
			continue
		}
		out.Include = with(out.Include, facet, values)
	}
	for facet, values := range r.Exclude {
		all := slices.Concat(out.Exclude[facet], values)
		slices.Sort(all)
		out.Exclude = with(out.Exclude, facet, slices.Compact(all))
	}
	switch {
	case r.Subject == "" || r.Subject == sel.Subject:
	case sel.Subject == "":
		out.Subject = r.Subject
	default:
		out.Query = both(out.Query, "subject", []string{r.Subject})
	}
	return out
}

// both adds a condition to a query.
func both(query, field string, values []string) string {
	var conditions []string
	for _, v := range values {
		conditions = append(conditions, fmt.Sprintf(`%s:"%s"`, field, strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v)))
	}
	more := strings.Join(conditions, " OR ")
	if len(conditions) > 1 {
		more = "(" + more + ")"
	}
	if strings.TrimSpace(query) == "" {
		return more
	}
	return "(" + query + ") AND " + more
}

func copyFilters(m map[string][]string) map[string][]string {
	var out map[string][]string
	for k, v := range m {
		out = with(out, k, v)
	}
	return out
}

func with(m map[string][]string, key string, values []string) map[string][]string {
	if m == nil {
		m = map[string][]string{}
	}
	m[key] = slices.Clone(values)
	return m
}
