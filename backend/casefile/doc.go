// Package casefile keeps a case: a folder with an SQLite database, the original
// files as compressed containers, and a lock. It is the only place with SQL.
// SQLite is the truth; every evidential row is covered by the custody log, and
// Verify recomputes that log from the stored bytes.
//
// The folder:
//
//	case.db               SQLite, write-ahead log
//	containers/<sha256>   original files and responses, seekable zstd
//	lock, lock.info       who is writing
//
// A Case is safe for concurrent use: one writer, any number of readers.
package casefile
