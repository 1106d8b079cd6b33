package custody

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"vedette/backend/model"
)

// Tree is the append-only Merkle tree of RFC 6962 as far as appending and its
// root need it: the roots of the complete subtrees along the right edge. The
// zero value is the empty tree. A copied Tree is independent.
type Tree struct {
	n    int64
	edge []tlog.Hash // one per set bit of n, largest subtree first
}

// Size is the number of leaves.
func (t *Tree) Size() int64 { return t.n }

// Clone returns an independent copy.
func (t *Tree) Clone() Tree { return Tree{n: t.n, edge: append([]tlog.Hash(nil), t.edge...)} }

// Append adds a leaf with the given data and returns the nodes to be stored,
// in the order of tlog.StoredHashes: the first has index
// tlog.StoredHashIndex(0, size before), the others follow it.
func (t *Tree) Append(data []byte) []model.Hash {
	h := tlog.RecordHash(data)
	nodes := []model.Hash{model.Hash(h)}
	for bit := t.n; bit&1 == 1; bit >>= 1 {
		last := len(t.edge) - 1
		h = tlog.NodeHash(t.edge[last], h)
		t.edge = t.edge[:last]
		nodes = append(nodes, model.Hash(h))
	}
	t.edge = append(t.edge, h)
	t.n++
	return nodes
}

// Root is the tree's hash; that of the empty tree is SHA-256 of nothing.
func (t *Tree) Root() model.Hash {
	if t.n == 0 {
		return emptyRoot()
	}
	h := t.edge[len(t.edge)-1]
	for i := len(t.edge) - 2; i >= 0; i-- {
		h = tlog.NodeHash(t.edge[i], h)
	}
	return model.Hash(h)
}

// EdgeIndexes lists the stored-node indexes that LoadTree needs for a tree of
// n leaves, in ascending order of position.
func EdgeIndexes(n int64) []int64 {
	var out []int64
	var done int64
	for level := 62; level >= 0; level-- {
		if size := int64(1) << level; n&size != 0 {
			out = append(out, tlog.StoredHashIndex(level, done>>level))
			done += size
		}
	}
	return out
}

// LoadTree rebuilds a tree of n leaves from the nodes at EdgeIndexes(n).
func LoadTree(n int64, edge []model.Hash) (Tree, error) {
	if len(edge) != len(EdgeIndexes(n)) {
		return Tree{}, fmt.Errorf("tree of %d leaves needs %d nodes, got %d", n, len(EdgeIndexes(n)), len(edge))
	}
	t := Tree{n: n, edge: make([]tlog.Hash, len(edge))}
	for i, h := range edge {
		t.edge[i] = tlog.Hash(h)
	}
	return t, nil
}

// NodeIndex is the index of the first stored node of leaf n, counted from 0.
func NodeIndex(n int64) int64 { return tlog.StoredHashIndex(0, n) }

// MerkleRoot is the RFC 6962 tree hash over commitments, in order.
func MerkleRoot(commits []model.Hash) model.Hash {
	var edge [64]tlog.Hash
	depth := 0
	for i := range commits {
		h := tlog.RecordHash(commits[i][:])
		for bit := i; bit&1 == 1; bit >>= 1 {
			depth--
			h = tlog.NodeHash(edge[depth], h)
		}
		edge[depth] = h
		depth++
	}
	if depth == 0 {
		return emptyRoot()
	}
	h := edge[depth-1]
	for i := depth - 2; i >= 0; i-- {
		h = tlog.NodeHash(edge[i], h)
	}
	return model.Hash(h)
}

// emptyRoot is SHA-256 of the empty string (RFC 6962, section 2.1).
func emptyRoot() model.Hash { return PayloadCommit(nil) }
