// Package model holds Vedette's domain types: posts, accounts, evidence and
// the results of analyses. It stands at the bottom of the house, imports the
// standard library only, and does no I/O.
//
// Conventions that hold everywhere: ids are text from end to end; a count that
// is absent is missing, not zero; an instant keeps what the source wrote and
// how its time zone is known; a value says where it came from (Provenance).
package model
