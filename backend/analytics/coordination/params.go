package coordination

import (
	"fmt"

	"vedette/backend/model"
)

// Defaults of Params, those of CooRTweet.
const (
	DefaultWindow           = 10 * Micros
	DefaultMinParticipation = 2
	DefaultEdgeWeight       = 0.5
)

// Limits on what a detection holds and does. Beyond them it is a Fault
// (too_many_pairs, too_many_edges) that says what to narrow.
const (
	MaxEdges = 8_000_000
	MaxPairs = 20_000_000_000 // pairs of shares of one object within the window
)

// maxHeld is how many pairs are held at a time; with more of them the shares are
// walked several times.
const maxHeld = 8_000_000

// Params are the parameters of a detection.
type Params struct {
	Window           int64   // microseconds between two shares at most, inclusive; 0 and more
	MinParticipation int     // rows an account needs, before and after pairing; 1 and more
	EdgeWeight       float64 // quantile of the weights above which an edge is in the sub-graph, 0 to 1
	LeastWeight      int64   // when above 0: the weight from which an edge is in it, instead of EdgeWeight
	KeepLoops        bool    // keep pairs of an account with itself, of a content with itself, and of an object that is one of the contents
}

// Defaults gives CooRTweet's default parameters.
func Defaults() Params {
	return Params{Window: DefaultWindow, MinParticipation: DefaultMinParticipation, EdgeWeight: DefaultEdgeWeight}
}

// Progress is told how much of the work is done; it may be nil.
type Progress func(done, total int64)

func (p Params) check() error {
	bad := func(name string, value any, message string) error {
		return &model.Fault{Code: "bad_param", Params: map[string]string{"name": name, "value": fmt.Sprint(value), "message": message}}
	}
	switch {
	case p.Window < 0:
		return bad("time_window", float64(p.Window)/Micros, "A time window is not negative.")
	case p.MinParticipation < 1:
		return bad("min_participation", p.MinParticipation, "An account takes part at least once.")
	case p.LeastWeight < 0:
		return bad("least_weight", p.LeastWeight, "The least weight is not negative.")
	case !(p.EdgeWeight >= 0 && p.EdgeWeight <= 1):
		return bad("edge_weight", p.EdgeWeight, "The quantile of the edge weight is between 0 and 1.")
	}
	return nil
}

func tooMany(code string, n int64, limit int64, what string) error {
	return &model.Fault{Code: code, Params: map[string]string{
		"count": fmt.Sprint(n), "limit": fmt.Sprint(limit),
		"message": fmt.Sprintf("There are %d %s, more than %d. Shorten the time window, ask for more participation, or select fewer posts.", n, what, limit),
	}}
}
