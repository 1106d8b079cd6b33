package analytics

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// What accounts can be joined by, and what they can share.
const (
	interactions = "interactions"
	sharedLinks  = "links"
)

func networks() []string {
	return []string{interactions, "repost", "reply", "quote", "mention", "hashtags", sharedLinks}
}

func shareables() []string { return []string{sharedLinks, "domains", "hashtags", "reposts", "texts"} }

// networkKinds are the analyses that read whole posts.
func networkKinds() []Kind {
	seed := Param{"seed", "seed of what is drawn at random", "1"}
	rows := Param{"n", "number of rows, 1 to 10000", strconv.Itoa(defaultRows)}
	network := Param{"network", "what joins accounts: " + strings.Join(networks(), ", "), interactions}
	return []Kind{
		{"coordination", "accounts that share the same within seconds, again and again", []Param{
			{"objects", "what is shared: " + strings.Join(shareables(), ", "), sharedLinks},
			{"time_window", "seconds between two shares at most", "60"},
			{"min_participation", "shares an account needs at least", "2"},
			{"least_weight", "times that two accounts of a cluster shared the same at least", "2"},
			{"edge_weight", "instead of least_weight: quantile of the weights that a cluster's edges exceed, 0 to 1", ""},
			{"rounds", "shuffles for the p-values, 1 to 10000; by the number of shares when absent", ""},
			seed,
		}},
		{"communities", "who belongs together in a network of accounts", []Param{network, {"resolution", "more than 1 gives more and smaller communities", "1"}, seed, rows}},
		{"influence", "who is central, taken up, and first", []Param{network, {"samples", "nodes whose shortest paths are followed, 1 to 100000", "256"}, seed, rows}},
		{"themes", "what posts are about, and what is rising", []Param{{"themes", "number of themes, 1 to 200", "20"}, {"phrases", "keyphrases of each, 1 to 50", "10"}, seed}},
		{"automation", "accounts whose profile is similar to automated ones", []Param{rows}},
	}
}

// computeNetwork runs one of networkKinds.
func computeNetwork(ctx context.Context, kind string, in Inputs, p map[string]string) (any, error) {
	v := values{p: p}
	var run func() (any, error)
	switch kind {
	case "coordination":
		q := coordinationParams{
			objects: v.oneOf("objects", sharedLinks, shareables()), window: v.real("time_window", 60, 0, 1e9), least: v.whole("min_participation", 2, 1, 1e9),
			weight: v.real("edge_weight", .5, 0, 1), atLeast: v.whole("least_weight", 2, 1, 1e9), rounds: v.whole("rounds", 0, 1, 10_000), seed: v.seed(),
		}
		if p["edge_weight"] != "" {
			q.atLeast = 0
		}
		run = func() (any, error) { return coordinated(ctx, in, q) }
	case "communities":
		network, resolution, seed, n := v.oneOf("network", interactions, networks()), v.real("resolution", 1, 1e-6, 1e6), v.seed(), v.whole("n", defaultRows, 1, MaxRows)
		run = func() (any, error) { return communities(ctx, in, network, resolution, seed, n) }
	case "influence":
		network, samples, seed, n := v.oneOf("network", interactions, networks()), v.whole("samples", 256, 1, 100_000), v.seed(), v.whole("n", defaultRows, 1, MaxRows)
		run = func() (any, error) { return influencers(ctx, in, network, samples, seed, n) }
	case "themes":
		n, phrases, seed := v.whole("themes", 20, 1, 200), v.whole("phrases", 10, 1, 50), v.seed()
		run = func() (any, error) { return themed(ctx, in, n, phrases, seed) }
	default:
		n := v.whole("n", defaultRows, 1, MaxRows)
		run = func() (any, error) { return automated(ctx, in, n) }
	}
	if v.err != nil {
		return nil, v.err
	}
	return run()
}

// values reads parameters and keeps the first mistake.
type values struct {
	p   map[string]string
	err error
}

func (v *values) fail(name, message string) {
	if v.err == nil {
		v.err = badParam(name, v.p[name], message)
	}
}

func (v *values) oneOf(name, without string, all []string) string {
	s := v.p[name]
	if s == "" {
		return without
	}
	if !slices.Contains(all, s) {
		v.fail(name, fmt.Sprintf("%q is none of %s.", s, strings.Join(all, ", ")))
	}
	return s
}

func (v *values) real(name string, without, least, most float64) float64 {
	s := v.p[name]
	if s == "" {
		return without
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || !(x >= least && x <= most) {
		v.fail(name, fmt.Sprintf("%q is not a number between %g and %g.", s, least, most))
	}
	return x
}

func (v *values) whole(name string, without, least, most int) int {
	s := v.p[name]
	if s == "" {
		return without
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		v.fail(name, fmt.Sprintf("%q is not a whole number between %d and %d.", s, least, most))
	}
	return n
}

func (v *values) seed() uint64 {
	s := v.p["seed"]
	if s == "" {
		return 1
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		v.fail("seed", fmt.Sprintf("%q is not a seed; it is a whole number.", s))
	}
	return n
}
