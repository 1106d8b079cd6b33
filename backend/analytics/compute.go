package analytics

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/columns"
	"vedette/backend/model"
)

// Inputs are the posts of a run: the view, the selection in it (nil: every
// visible post), the watched subjects with their posts, and the case's zone. Each
// hands over the selection's posts whole, in order of id, for what the columns do
// not hold (nil: there are none); fn keeps nothing of a post. Automation and
// StopWords are the shipped model and list.
type Inputs struct {
	View       *columns.View
	Selection  *roaring.Bitmap
	Subjects   []SubjectPosts
	Zone       *time.Location
	Each       func(ctx context.Context, fn func(ord uint32, p *model.Post) error) error
	Automation []byte
	StopWords  []byte
}

// Kind describes a kind of analysis for help texts.
type Kind struct {
	Name   string  `json:"name"`
	Help   string  `json:"help"`
	Params []Param `json:"params,omitempty"`
}

// Param describes a parameter of an analysis.
type Param struct {
	Name    string `json:"name"`
	Help    string `json:"help"`
	Default string `json:"default,omitempty"`
}

// Kinds lists the analyses that Compute knows, with their parameters.
func Kinds() []Kind {
	unit := Param{"unit", "length of a bucket: 15m, 1h, 3h, day, week or month; chosen by the span of time when absent", ""}
	zone := Param{"zone", "IANA zone in which days, weeks and months begin; the case's when absent", ""}
	rows := Param{"n", "number of rows, 1 to 10000", strconv.Itoa(defaultRows)}
	only := Param{"subjects", "ids of the subjects to take, separated by commas; all when absent", ""}
	kinds := []Kind{
		{"volume", "posts over time", []Param{unit, zone}},
		{"sentiment", "polarities and mean score over time", []Param{unit, zone}},
		{"voice", "the subjects' shares of mentions, engagement and reach", []Param{only}},
		{"accounts", "accounts with the most posts", []Param{rows}},
		{"hashtags", "hashtags in the most posts", []Param{rows}},
		{"domains", "linked domains in the most posts", []Param{rows}},
		{"mentions", "accounts mentioned in the most posts", []Param{rows}},
	}
	for _, k := range [][2]string{
		{"types", "posts by type of page"},
		{"languages", "posts by detected language"},
		{"platforms", "posts by platform"},
		{"kinds", "posts by kind of record"},
		{"countries", "posts by country"},
		{"sources", "posts by source"},
	} {
		kinds = append(kinds, Kind{Name: k[0], Help: k[1]})
	}
	kinds = append(kinds, networkKinds()...)
	return append(kinds, Kind{"alerts", "rises above both baselines, with reasons", []Param{
		{"unit", "length of the windows judged: 15m, 1h, 3h or day", "1h"},
		{"threshold", "score from which a rise is an alert, 1 to 100; more in a series that rises often", strconv.FormatFloat(DefaultThreshold, 'g', -1, 64)},
		{"cooldown", "hours for which a series is silent after an alert began, 1 to 720", "24"},
		{"series", "what is watched, separated by commas: all, subjects, platforms, languages", "all,subjects,platforms,languages"},
		only,
	}})
}

const defaultRows = 20

// Compute runs the analysis that spec names and returns its result, one of the
// result types of package model. Selection and query of spec are not read: they
// are in the Inputs. An unknown kind is a Fault (unknown_analysis), a parameter
// that is unknown or out of range one too (bad_param).
func Compute(ctx context.Context, spec model.RunSpec, in Inputs) (any, error) {
	p, err := check(spec)
	if err != nil {
		return nil, err
	}
	switch spec.Kind {
	case "volume", "sentiment":
		b := BucketParams{Unit: p["unit"], Zone: in.Zone}
		if z := p["zone"]; z != "" {
			if b.Zone, err = time.LoadLocation(z); err != nil || z == "Local" {
				return nil, badParam("zone", z, fmt.Sprintf("There is no time zone %q.", z))
			}
		}
		if spec.Kind == "volume" {
			return Volume(ctx, in.View, in.Selection, b)
		}
		return Sentiment(ctx, in.View, in.Selection, b)
	case "voice":
		subjects, err := pick(in.Subjects, p["subjects"])
		if err != nil {
			return nil, err
		}
		return Voice(ctx, in.View, in.Selection, subjects)
	case "accounts", "hashtags", "domains", "mentions":
		n := defaultRows
		if s := p["n"]; s != "" {
			if n, err = strconv.Atoi(s); err != nil {
				return nil, badParam("n", s, fmt.Sprintf("%q is not a number of rows.", s))
			}
		}
		return Top(ctx, in.View, in.Selection, spec.Kind, n)
	case "alerts":
		return computeAlerts(ctx, in, p)
	case "coordination", "communities", "influence", "themes", "automation":
		return computeNetwork(ctx, spec.Kind, in, p)
	default: // check knows the kind, so this is one of those that split
		return Share(ctx, in.View, in.Selection, spec.Kind)
	}
}

func computeAlerts(ctx context.Context, in Inputs, p map[string]string) (any, error) {
	a := AlertParams{Unit: p["unit"]}
	var err error
	if s := p["threshold"]; s != "" {
		if a.Threshold, err = strconv.ParseFloat(s, 64); err != nil || a.Threshold == 0 {
			return nil, badParam("threshold", s, fmt.Sprintf("%q is not a threshold; it is a number between 1 and 100.", s))
		}
	}
	if s := p["cooldown"]; s != "" {
		hours, err := strconv.Atoi(s)
		if err != nil || hours < 1 || hours > 720 {
			return nil, badParam("cooldown", s, fmt.Sprintf("%q is not a cool-down; it is a number of hours between 1 and 720.", s))
		}
		a.CoolDown = time.Duration(hours) * time.Hour
	}
	a.Series = fields(p["series"])
	subjects, err := pick(in.Subjects, p["subjects"])
	if err != nil {
		return nil, err
	}
	return Alerts(ctx, in.View, in.Selection, subjects, a)
}

// check finds the kind and makes sure that it has all parameters given.
func check(spec model.RunSpec) (map[string]string, error) {
	all := Kinds()
	i := slices.IndexFunc(all, func(k Kind) bool { return k.Name == spec.Kind })
	if i < 0 {
		var names []string
		for _, k := range all {
			names = append(names, k.Name)
		}
		return nil, &model.Fault{Code: "unknown_analysis", Params: map[string]string{
			"kind":    spec.Kind,
			"message": fmt.Sprintf("There is no analysis %q; there are %s.", spec.Kind, strings.Join(names, ", ")),
		}}
	}
	for _, name := range slices.Sorted(maps.Keys(spec.Params)) {
		if !slices.ContainsFunc(all[i].Params, func(p Param) bool { return p.Name == name }) {
			return nil, badParam(name, spec.Params[name], fmt.Sprintf("The analysis %q has no parameter %q.", spec.Kind, name))
		}
	}
	return spec.Params, nil
}

// pick keeps the subjects with the ids listed; all when the list is empty.
func pick(subjects []SubjectPosts, ids string) ([]SubjectPosts, error) {
	want := fields(ids)
	if len(want) == 0 {
		return subjects, nil
	}
	var out []SubjectPosts
	for _, id := range want {
		i := slices.IndexFunc(subjects, func(s SubjectPosts) bool { return s.Subject.ID == id })
		if i < 0 {
			return nil, badParam("subjects", id, fmt.Sprintf("There is no subject %q.", id))
		}
		if !slices.ContainsFunc(out, func(s SubjectPosts) bool { return s.Subject.ID == id }) {
			out = append(out, subjects[i])
		}
	}
	return out, nil
}

func fields(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
