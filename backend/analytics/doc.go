// Package analytics computes everything that is said over many posts: volume,
// sentiment over time, share of voice, rankings, shares, early alerts, and, with
// the packages below it, coordination, networks, themes and automation. It is
// pure: a view of the columns and bitmaps of posts come in, plain results of
// package model go out.
//
// The same posts and parameters give the same result to the last bit: sums are
// exact (integers) or in a fixed order, ties are broken by value, and
// CanonicalJSON quantises floats before they are hashed.
package analytics

// Engine names the version of the methods in this package; a result computed by
// another version may differ.
const Engine = "analytics/2"
