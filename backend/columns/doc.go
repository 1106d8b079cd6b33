// Package columns keeps a case in memory: one dense array per value that is
// filtered, counted, sorted or charted, addressed by ordinal (post id − 1).
//
// A Table has one writer at a time (it locks). View gives an immutable snapshot
// that any number of goroutines read without locks while the writer goes on:
// arrays grow only behind what a view can see, and a chunk that a view shares
// is copied before a value in it changes.
//
// Arrays are cut into chunks of 65,536 rows, the size of a container of a
// roaring bitmap, so that a selection is walked chunk by chunk. Codes take one,
// two or four bytes, whichever fits the chunk; numbers take four bytes with the
// rare larger ones kept aside. A million posts take about 100 bytes each.
package columns

const (
	chunkBits = 16
	chunkSize = 1 << chunkBits
	chunkMask = chunkSize - 1
	// firstChunk is the capacity that a new chunk starts with, so that a small
	// case does not pay for a million posts.
	firstChunk = 1024
)
