// Package linear reads short texts with hashed linear models: words, pairs of
// words, runs of characters and a few dense values become numbered features, each
// feature has one small weight per class, and a class's score is their sum. The
// part that each word had in a score can always be told.
//
// (Feature hashing: Weinberger et al. 2009, "Feature Hashing for Large Scale
// Multitask Learning". Character n-grams for noisy text: Cavnar & Trenkle 1994.)
//
// The package is pure. Work and memory are linear in the length of the text,
// and bounded: only the first MaxBytes of a text are read.
package linear
