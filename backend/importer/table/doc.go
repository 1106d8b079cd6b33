// Package table reads tables: CSV and TSV with any delimiter, workbooks (XLSX),
// Parquet files, JSON lines and arrays of objects. What a table's columns mean is
// told by a Profile, which is shipped for known tools and recognised by the
// header, or written by the analyst (docs/guide/profiles.md). A table that no
// profile fits is not guessed at: Detect answers that it needs a mapping and lists
// its columns; Guess proposes one for a person to look at.
package table
