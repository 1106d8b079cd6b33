// Package graph measures networks of accounts, hashtags or links: who is central,
// who stands between, who belongs together. It is pure: nodes are numbers from 0,
// edges come in as a list and are kept as arrays (compressed sparse rows), which
// is what makes a million edges a matter of a second.
//
// Every result is the same for the same input and seed. Memory: 12 bytes an edge
// and 4 a node for a Graph, twice that for its undirected form; measures add up to
// 40 bytes a node, communities twice the undirected graph.
package graph
