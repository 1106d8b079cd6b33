package analytics

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"vedette/backend/analytics/coordination"
	"vedette/backend/columns"
	"vedette/backend/model"
)

type coordinationParams struct {
	objects        string
	window, weight float64
	least, rounds  int
	atLeast        int // weight; 0: by the quantile
	seed           uint64
}

// Work that the null model may do: so many shares are shuffled in all when the
// number of rounds is not given.
const (
	shuffledShares = 20_000_000
	usualRounds    = 99
	leastRounds    = 9
)

// coordinated finds accounts that share the same objects at the same time. A share
// is a post with the object; posts without an author or an instant are none.
func coordinated(ctx context.Context, in Inputs, q coordinationParams) (model.CoordinationResult, error) {
	var s coordination.Shares
	err := in.each(ctx, func(ord uint32, p *model.Post) error {
		at, uid := in.View.Time(ord), p.Author.UID()
		if at == columns.MissingTime || uid == "" || at > math.MaxInt64/coordination.Micros || at < math.MinInt64/coordination.Micros {
			return nil
		}
		for _, o := range in.objectsOf(q.objects, ord, p) {
			s.Add(o, uid, "post:"+strconv.FormatInt(columns.ID(ord), 10), at*coordination.Micros)
		}
		return nil
	})
	if err != nil {
		return model.CoordinationResult{}, err
	}
	p := coordination.Params{Window: int64(math.Round(q.window * coordination.Micros)), MinParticipation: q.least, EdgeWeight: q.weight, LeastWeight: int64(q.atLeast)}
	net, err := coordination.Detect(ctx, &s, p, nil)
	if err != nil {
		return model.CoordinationResult{}, fmt.Errorf("detect: %w", err)
	}
	r := model.CoordinationResult{
		Objects: q.objects, TimeWindow: q.window, MinParticipation: q.least, EdgeWeight: q.weight, LeastWeight: q.atLeast,
		Shares: net.Rows, DuplicateShares: net.DuplicateRows, Pairs: net.Pairs, Accounts: net.Vertices, Edges: len(net.Edges), MaxWeight: net.MaxWeight,
		Threshold: net.Threshold, SubAccounts: net.SubVertices, SubEdges: net.SubEdges,
		Clusters: []model.CoordinationCluster{}, Sensitivity: []model.CoordinationVariance{},
	}
	i := coordination.EstimateInterval(&s, .1, .5)
	r.Interval = model.CoordinationInterval{Seconds: i.Seconds, Objects: i.Objects, Quickest: i.Quickest}
	if s.Len() == 0 {
		return r, nil
	}
	if err := in.clusters(ctx, &r, &s, net, q); err != nil {
		return model.CoordinationResult{}, err
	}
	list, err := coordination.Sensitivity(ctx, &s, p, []int64{p.Window / 6, p.Window / 2, p.Window, 2 * p.Window, 6 * p.Window}, []int{q.least}, nil)
	if err != nil {
		return model.CoordinationResult{}, fmt.Errorf("try other windows: %w", err)
	}
	for _, x := range list {
		r.Sensitivity = append(r.Sensitivity, model.CoordinationVariance{
			TimeWindow: float64(x.Params.Window) / coordination.Micros, Pairs: x.Pairs, Edges: x.Edges, SubAccounts: x.SubVertices, SubEdges: x.SubEdges, Clusters: x.Components,
		})
	}
	return r, ctx.Err()
}

// objectsOf gives what a post shares.
func (in *Inputs) objectsOf(kind string, ord uint32, p *model.Post) []string {
	switch kind {
	case "domains":
		return linksOf(p, true)
	case "hashtags":
		tags := tagsOf(in.View, ord)
		if len(tags) == 0 {
			return nil
		}
		slices.Sort(tags)
		return []string{"#" + strings.Join(tags, " #")}
	case "reposts":
		if p.Refs.RepostOf == "" {
			return nil
		}
		return []string{p.Refs.RepostOf}
	case "texts":
		if k := textKey(p.Text); k != 0 {
			return []string{"text:" + strconv.FormatUint(k, 16)}
		}
		return nil
	}
	return linksOf(p, false)
}

func (in *Inputs) clusters(ctx context.Context, r *model.CoordinationResult, s *coordination.Shares, net coordination.Network, q coordinationParams) error {
	list, err := coordination.Clusters(ctx, s, net)
	if err != nil {
		return fmt.Errorf("find clusters: %w", err)
	}
	rounds := q.rounds
	if rounds == 0 {
		rounds = max(leastRounds, min(usualRounds, shuffledShares/s.Len()))
	}
	sig, err := coordination.Null(ctx, s, net, list, rounds, q.seed, nil)
	if err != nil {
		return fmt.Errorf("compare with chance: %w", err)
	}
	r.Chance = model.CoordinationChance{Rounds: sig.Rounds, Seed: sig.Seed, Expected: sig.Expected, P: sig.Pairs}
	for k, c := range list {
		x := model.CoordinationCluster{
			Edges: c.Edges, Pairs: c.Weight, MeanDelta: c.MeanDelta, First: c.First / coordination.Micros, Last: c.Last / coordination.Micros,
			Distinct: c.Distinct, P: sig.Clusters[k], PostIDs: []string{},
		}
		for _, a := range c.Accounts {
			x.Accounts = append(x.Accounts, in.party(s.Account(a)))
		}
		for _, o := range c.Objects {
			x.Shared = append(x.Shared, model.Shared{Object: s.ID(o.Object), Pairs: o.Pairs})
		}
		for _, p := range c.Proof {
			for _, id := range []uint32{p.Content, p.ContentNewer} {
				if post := strings.TrimPrefix(s.ID(id), "post:"); !slices.Contains(x.PostIDs, post) {
					x.PostIDs = append(x.PostIDs, post)
				}
			}
		}
		r.Clusters = append(r.Clusters, x)
	}
	return nil
}
