package workspace

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"

	"vedette/backend/analytics/graph"
	"vedette/backend/analytics/names"
)

// CommunityNode is a node of a table of edges with its community, 0 for the
// largest.
type CommunityNode struct {
	Node      string `json:"node"`
	Community uint32 `json:"community"`
}

// CommunitiesTable is what MethodCommunities answers, nodes in the order in which
// the table first names them.
type CommunitiesTable struct {
	Modularity  float64         `json:"modularity"`
	Communities int             `json:"communities"`
	Nodes       []CommunityNode `json:"nodes"`
}

// CommunityOptions are the parameters of MethodCommunities.
type CommunityOptions struct {
	Resolution float64
	Seed       uint64
}

// MethodCommunities finds communities in a CSV table of edges with the columns
// source, target and, if it is there, weight (else 1). Direction does not count.
func MethodCommunities(ctx context.Context, in io.Reader, o CommunityOptions) (CommunitiesTable, error) {
	if !(o.Resolution > 0) || math.IsInf(o.Resolution, 0) {
		return CommunitiesTable{}, tableFault("The resolution is a positive number.")
	}
	nodes, edges, err := readEdges(ctx, in)
	if err != nil {
		return CommunitiesTable{}, err
	}
	g, err := graph.New(nodes.Len(), edges)
	if err != nil {
		return CommunitiesTable{}, fmt.Errorf("make the network: %w", err)
	}
	p, err := g.Undirected().Communities(ctx, o.Resolution, o.Seed)
	if err != nil {
		return CommunitiesTable{}, fmt.Errorf("find communities: %w", err)
	}
	out := CommunitiesTable{Modularity: p.Modularity, Communities: len(p.Sizes), Nodes: make([]CommunityNode, len(p.Of))}
	for i, c := range p.Of {
		out.Nodes[i] = CommunityNode{nodes.Value(uint32(i)), c}
	}
	return out, nil
}

// readEdges reads a table of edges; nodes are numbered as they first occur.
func readEdges(ctx context.Context, in io.Reader) (*names.Table, []graph.Edge, error) {
	t, err := openTable(in, "source", "target")
	if err != nil {
		return nil, nil, err
	}
	weight, weighted := t.cols["weight"]
	at := t.pick("source", "target")
	nodes := &names.Table{}
	var edges []graph.Edge
	for {
		row, err := t.next()
		if errors.Is(err, io.EOF) {
			return nodes, edges, nil
		}
		if err != nil {
			return nil, nil, err
		}
		if len(edges)%65536 == 0 && ctx.Err() != nil {
			return nil, nil, fmt.Errorf("read the table: %w", ctx.Err())
		}
		e := graph.Edge{From: nodes.Code(row[at[0]]), To: nodes.Code(row[at[1]]), Weight: 1}
		if weighted {
			if e.Weight, err = t.number("weight", row[weight]); err != nil {
				return nil, nil, err
			}
			if e.Weight < 0 {
				return nil, nil, tableFault("Line %d: the weight %q is negative.", t.line, row[weight])
			}
		}
		if e.Weight > 0 { // an edge of no weight joins nobody, but its nodes are there
			edges = append(edges, e)
		}
	}
}
