// Package text turns outside bytes into clean UTF-8: it finds the character set
// of a file, transcodes, repairs what is broken, and makes plain text of HTML.
// Everything in it is linear in its input and never panics.
package text
