package themes

import "vedette/backend/analytics/names"

// Limits of a Corpus.
const (
	maxTerms = 3_000_000
	maxWords = 64 // distinct words of a post that are looked at
)

// Corpus counts the words of posts. Make it with NewCorpus.
type Corpus struct {
	stop   StopWords
	terms  names.Table // words, and pairs of words with a space between
	posts  []uint32    // of each term: how many posts have it
	words  []uint32    // the distinct terms of each post, one after the other
	ends   []int64     // where those of each post end
	at     []int64     // instant of each post
	missed int64       // terms that were not counted since there are too many
	seen   map[uint32]bool
}

// NewCorpus makes an empty corpus with stop words by language.
func NewCorpus(stop StopWords) *Corpus { return &Corpus{stop: stop, seen: map[uint32]bool{}} }

// Add counts a post with its language (ISO 639-1) and its instant in Unix
// seconds. Posts are numbered from 0.
func (c *Corpus) Add(lang, text string, at int64) {
	clear(c.seen)
	last := ""
	Words(text, c.stop[lang], func(w string) {
		if w != "" && len(c.seen) < maxWords {
			c.count(w)
			if last != "" {
				c.count(last + " " + w)
			}
		}
		last = w
	})
	c.ends, c.at = append(c.ends, int64(len(c.words))), append(c.at, at)
}

func (c *Corpus) count(term string) {
	code, known := c.terms.Find(term)
	if !known {
		if c.terms.Len() >= maxTerms {
			c.missed++
			return
		}
		code = c.terms.Code(term)
		c.posts = append(c.posts, 0)
	}
	if !c.seen[code] {
		c.seen[code] = true
		c.posts[code]++
		c.words = append(c.words, code)
	}
}

// Len is the number of posts.
func (c *Corpus) Len() int { return len(c.ends) }

// of gives the distinct terms of a post.
func (c *Corpus) of(post int) []uint32 {
	from := int64(0)
	if post > 0 {
		from = c.ends[post-1]
	}
	return c.words[from:c.ends[post]]
}
