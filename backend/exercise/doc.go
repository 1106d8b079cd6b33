// Package exercise builds the synthetic scenario of the bundled example and of
// classrooms: three weeks of public talk about a safety scare around an
// invented baby monitor, written out as the export files of the platforms it
// pretends to come from, with the truth beside it.
//
// Everything follows from a seed: the same seed and options give the same
// bytes. The wording comes from the phrase banks in data/, which are data; the
// names of brands, newspapers, people and links in them are invented.
package exercise
