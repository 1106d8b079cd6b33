// Package themes says what posts are about: the words that set groups of posts
// apart, which words go together, and which are rising. It is pure: texts come in
// one by one, counts are kept, results go out; the same texts in the same order
// give the same result.
//
// Memory: about 40 bytes a distinct term (words and pairs of words, at most
// maxTerms of them; rarer ones that come later are not counted) and 4 bytes for
// each of the distinct words of a post, at most maxWords of them.
package themes
