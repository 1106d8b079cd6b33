// Package near finds posts whose texts are nearly the same: copies with a word
// changed, a hashtag added, other links and mentions.
//
// A text becomes the set of its runs of four characters, the set 80 MinHash
// values (Broder 1997), and the values the keys of 20 bands of four rows. Posts
// that share a key are compared by the Jaccard similarity of their sets, first
// estimated, then exactly, and joined from Least on. Groups are the connected
// components: two posts of one group may be less alike than Least.
//
// The package is pure, and the same texts in the same order give the same groups.
package near
