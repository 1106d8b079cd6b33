// Package coordination finds accounts that share the same things within seconds
// of each other, again and again. It is pure: a table of shares comes in, pairs,
// a network, clusters and their p-values go out.
//
// The definition is that of CooRTweet 2.1.3 (Righetti & Balluff, "CooRTweet: a
// generalized R software for coordinated network detection", Computational
// Communication Research 2025; after Giglietto et al., Information, Communication
// & Society 23(6), 2020), reproduced exactly; the estimate of a time window is
// that of CooRnet. What is found is similar behaviour: whether it was agreed on,
// automated or chance is for people to judge.
//
// Everything is in a fixed order and equal for equal input; what is random takes
// a seed. Memory: about 20 bytes a share and the text of its ids, 4 bytes a share
// while a detection runs, at most maxHeld pairs of 24 bytes at a time, and 56
// bytes an edge, of which there may be MaxEdges.
package coordination
