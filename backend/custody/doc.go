// Package custody holds the arithmetic of evidence: canonical encodings,
// commitments, the hash chain and Merkle tree of the custody log, checkpoints
// and their signatures. It is pure: no SQL, no files, no clock, no randomness of
// its own. State goes in, rows and bytes come out; casefile persists them.
//
// The scheme:
//
//	commit_i = SHA256("item1" ‖ salt32 ‖ SHA256(raw) ‖ SHA256(canonical record ‖ importer version))
//	rec_n    = length-prefixed(v, seq, ts, actor, action, object, commit, prev)
//	h_n      = SHA256(rec_n)               prev of rec_n+1: the chain
//	leaf_n   = SHA256(0x00 ‖ rec_n)        RFC 6962 tree
//	checkpoint = case, n, root, h_n, time, signed with ed25519 in minisign's format
package custody
