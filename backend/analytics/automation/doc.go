// Package automation says how similar an account's profile is to those of
// automated accounts, and why. It never says that an account is a bot: labelled
// sets do not generalise (Hays et al., "Simplistic Collection and Labeling
// Practices Limit the Utility of Benchmark Datasets for Twitter Bot Detection",
// arXiv 2301.07015), and people differ.
//
// The model is an additive logistic regression: every feature contributes a
// piecewise linear amount to the log-odds, which is shown with the feature's
// value and the range that is usual among the accounts it learnt from. It comes
// in as JSON that Train wrote; the same accounts give the same bytes.
//
// Behaviour adds what an account's posts say (regularity, nights, repetition). It
// is shown beside the score and not part of it, since no labelled posts exist to
// weigh it.
package automation
