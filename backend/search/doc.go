// Package search answers which posts a query selects. It parses the query
// language, keeps the Bleve index of the posts' words beside the case, and joins
// both with the columns: words give a bitmap of ordinals, every other field is
// read from the columns, and AND, OR and NOT are set operations on bitmaps.
//
// The index is a cache. Whatever is wrong with it is an error that wraps
// ErrRebuild, and it is then built again from the texts in the case.
//
// # Words
//
// A word is a run of letters, digits and marks. Case is ignored; so are
// diacritics of Latin and Greek letters (café is found by cafe, Straße by
// strasse), Arabic and Hebrew vowel marks, the forms of alef, and the difference
// between full-width and ordinary letters. й and и stay apart, ё and е do not.
// Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese are cut into
// characters, and several in a row are a phrase, so that any part of a text is
// found without a dictionary. An emoji is a word; its skin tone does not count.
// Everything else separates words: #tag and @name are found by tag and name, and
// don't is the phrase "don t", whichever apostrophe was typed. A phrase is words
// that stand one after the other, punctuation aside.
package search
