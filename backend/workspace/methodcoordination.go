package workspace

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"vedette/backend/analytics/coordination"
)

// CoordinationOptions are the parameters of MethodCoordination and what is
// wanted beside the network.
type CoordinationOptions struct {
	TimeWindow       float64 // seconds
	MinParticipation int
	EdgeWeight       float64
	KeepLoops        bool
	Rounds           int    // of the null model; 0 for none
	Seed             uint64 // of the null model
	Clusters         bool
	Sensitivity      bool
	Interval         bool
}

// CoordinationSummary describes the network found.
type CoordinationSummary struct {
	Pairs         int64   `json:"pairs"`
	Vertices      int     `json:"vertices"`
	Edges         int     `json:"edges"`
	MaxWeight     int64   `json:"max_weight"`
	Threshold     float64 `json:"threshold"`
	SubVertices   int     `json:"sub_vertices"`
	SubEdges      int     `json:"sub_edges"`
	Rows          int64   `json:"rows"`
	DuplicateRows int64   `json:"duplicate_rows"`
}

// CoordinationEdge is two accounts and how they are joined; AvgTimeDelta is in
// seconds, P only there with a null model.
type CoordinationEdge struct {
	AccountA     string   `json:"account_a"`
	AccountB     string   `json:"account_b"`
	Weight       int64    `json:"weight"`
	AvgTimeDelta float64  `json:"avg_time_delta"`
	Symmetry     float64  `json:"symmetry"`
	Above        bool     `json:"above_threshold"`
	P            *float64 `json:"p,omitempty"`
}

// CoordinationPair is one proof: two shares of an object, the older one first.
type CoordinationPair struct {
	Object  string  `json:"object_id"`
	Older   string  `json:"content_id"`
	Newer   string  `json:"content_id_y"`
	Account string  `json:"account_id"`
	Other   string  `json:"account_id_y"`
	Delta   float64 `json:"time_delta"`
}

// CoordinationCluster is a component of the sub-graph with the pairs that prove it.
type CoordinationCluster struct {
	Accounts []string           `json:"accounts"`
	Edges    int                `json:"edges"`
	Pairs    int64              `json:"pairs"`
	AvgDelta float64            `json:"avg_time_delta"`
	First    time.Time          `json:"first"`
	Last     time.Time          `json:"last"`
	Objects  int                `json:"objects"`
	P        *float64           `json:"p,omitempty"`
	Proof    []CoordinationPair `json:"proof"` // the quickest, at most 200
}

// CoordinationNull is the null model of a network.
type CoordinationNull struct {
	Rounds   int     `json:"rounds"`
	Seed     uint64  `json:"seed"`
	Expected float64 `json:"expected_pairs"`
	P        float64 `json:"p"`
}

// CoordinationSetting is one row of the threshold sensitivity.
type CoordinationSetting struct {
	TimeWindow       float64 `json:"time_window"`
	MinParticipation int     `json:"min_participation"`
	Pairs            int64   `json:"pairs"`
	Vertices         int     `json:"vertices"`
	Edges            int     `json:"edges"`
	SubVertices      int     `json:"sub_vertices"`
	SubEdges         int     `json:"sub_edges"`
	Components       int     `json:"components"`
}

// CoordinationInterval is the estimate of a time window, in seconds.
type CoordinationInterval struct {
	Seconds  float64 `json:"seconds"`
	Objects  int     `json:"objects"`
	Quickest int     `json:"quickest"`
}

// CoordinationTable is what MethodCoordination answers.
type CoordinationTable struct {
	Summary     CoordinationSummary   `json:"summary"`
	Edges       []CoordinationEdge    `json:"edges"`
	Clusters    []CoordinationCluster `json:"clusters,omitempty"`
	Null        *CoordinationNull     `json:"null_model,omitempty"`
	Sensitivity []CoordinationSetting `json:"sensitivity,omitempty"`
	Interval    *CoordinationInterval `json:"interval,omitempty"`
}

// MethodCoordination detects coordinated sharing in a CSV table with the columns
// object_id, account_id, content_id and timestamp_share (Unix seconds or a
// written time).
func MethodCoordination(ctx context.Context, in io.Reader, o CoordinationOptions, progress ProgressFunc) (CoordinationTable, error) {
	if math.IsNaN(o.TimeWindow) || math.Abs(o.TimeWindow) > 1e9 {
		o.TimeWindow = -1 // refused with the other bad values
	}
	shares, err := readShares(ctx, in)
	if err != nil {
		return CoordinationTable{}, err
	}
	p := coordination.Params{Window: int64(math.Round(o.TimeWindow * coordination.Micros)), MinParticipation: o.MinParticipation, EdgeWeight: o.EdgeWeight, KeepLoops: o.KeepLoops}
	told := methodProgress("coordination", progress)
	net, err := coordination.Detect(ctx, shares, p, told("pairs"))
	if err != nil {
		return CoordinationTable{}, fmt.Errorf("detect: %w", err)
	}
	out := CoordinationTable{Summary: coordinationSummary(net), Edges: coordinationEdges(shares, net)}
	if o.Interval {
		i := coordination.EstimateInterval(shares, .1, .5)
		out.Interval = &CoordinationInterval{i.Seconds, i.Objects, i.Quickest}
	}
	if o.Clusters || o.Rounds != 0 {
		if err := out.clusters(ctx, shares, net, o, told("shuffles")); err != nil {
			return CoordinationTable{}, err
		}
	}
	if o.Sensitivity {
		list, err := coordination.Sensitivity(ctx, shares, p, sensitivityWindows(p.Window), []int{2, 3, 5, p.MinParticipation}, told("settings"))
		if err != nil {
			return CoordinationTable{}, fmt.Errorf("try other thresholds: %w", err)
		}
		for _, x := range list {
			out.Sensitivity = append(out.Sensitivity, CoordinationSetting{seconds(x.Params.Window), x.Params.MinParticipation, x.Pairs, x.Vertices, x.Edges, x.SubVertices, x.SubEdges, x.Components})
		}
	}
	return out, nil
}

// sensitivityWindows are the windows tried beside the one asked for.
func sensitivityWindows(window int64) []int64 {
	out := []int64{window}
	for _, s := range []int64{5, 10, 20, 30, 60, 120, 300} {
		out = append(out, s*coordination.Micros)
	}
	return out
}

func seconds(micros int64) float64 { return float64(micros) / coordination.Micros }

func readShares(ctx context.Context, in io.Reader) (*coordination.Shares, error) {
	names := []string{"object_id", "account_id", "content_id", "timestamp_share"}
	t, err := openTable(in, names...)
	if err != nil {
		return nil, err
	}
	at := t.pick(names...)
	shares := &coordination.Shares{}
	for {
		row, err := t.next()
		if errors.Is(err, io.EOF) {
			return shares, nil
		}
		if err != nil {
			return nil, err
		}
		when, err := t.instant(names[3], row[at[3]])
		if err != nil {
			return nil, err
		}
		if shares.Len()%65536 == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("read the table: %w", ctx.Err())
		}
		shares.Add(row[at[0]], row[at[1]], row[at[2]], when)
	}
}

func coordinationSummary(n coordination.Network) CoordinationSummary {
	return CoordinationSummary{
		Pairs: n.Pairs, Vertices: n.Vertices, Edges: len(n.Edges), MaxWeight: n.MaxWeight, Threshold: n.Threshold,
		SubVertices: n.SubVertices, SubEdges: n.SubEdges, Rows: n.Rows, DuplicateRows: n.DuplicateRows,
	}
}

func coordinationEdges(s *coordination.Shares, n coordination.Network) []CoordinationEdge {
	out := make([]CoordinationEdge, len(n.Edges))
	for i, e := range n.Edges {
		out[i] = CoordinationEdge{AccountA: s.Account(e.A), AccountB: s.Account(e.B), Weight: e.Weight, AvgTimeDelta: e.MeanDelta, Symmetry: e.Symmetry, Above: e.Above}
	}
	return out
}

// clusters adds the components and, when rounds are asked for, the null model.
func (out *CoordinationTable) clusters(ctx context.Context, s *coordination.Shares, n coordination.Network, o CoordinationOptions, told coordination.Progress) error {
	list, err := coordination.Clusters(ctx, s, n)
	if err != nil {
		return fmt.Errorf("find clusters: %w", err)
	}
	for _, c := range list {
		x := CoordinationCluster{
			Edges: c.Edges, Pairs: c.Weight, AvgDelta: c.MeanDelta, Objects: c.Distinct,
			First: time.UnixMicro(c.First).UTC(), Last: time.UnixMicro(c.Last).UTC(),
		}
		for _, a := range c.Accounts {
			x.Accounts = append(x.Accounts, s.Account(a))
		}
		for _, p := range c.Proof {
			x.Proof = append(x.Proof, CoordinationPair{s.ID(p.Object), s.ID(p.Content), s.ID(p.ContentNewer), s.Account(p.Account), s.Account(p.AccountNewer), seconds(p.Delta)})
		}
		out.Clusters = append(out.Clusters, x)
	}
	if o.Rounds == 0 {
		return nil
	}
	sig, err := coordination.Null(ctx, s, n, list, o.Rounds, o.Seed, told)
	if err != nil {
		return fmt.Errorf("compare with chance: %w", err)
	}
	out.Null = &CoordinationNull{sig.Rounds, sig.Seed, sig.Expected, sig.Pairs}
	for i := range sig.Edges {
		out.Edges[i].P = &sig.Edges[i]
	}
	for i := range sig.Clusters {
		out.Clusters[i].P = &sig.Clusters[i]
	}
	return nil
}

// methodProgress hands a method's progress on, a stage at a time.
func methodProgress(job string, progress ProgressFunc) func(unit string) coordination.Progress {
	return func(unit string) coordination.Progress {
		if progress == nil {
			return nil
		}
		return func(done, total int64) {
			progress(Progress{Job: job, Stage: "computing", Done: done, Total: total, Unit: unit})
		}
	}
}
