// Package enrich understands posts one at a time: their language, the sentiment
// of English text with the words that made it, and the hashtags, mentions and
// links in it. It is pure: tables come in as bytes, nothing is read or fetched,
// and the same post with the same tables always gives the same Enrichment.
//
// Every function is linear in the length of the text (n log n where noted),
// whatever the text holds.
package enrich
