package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"
)

// corpus writes synthetic posts: words drawn by Zipf's law from vocabularies of
// several scripts, so that rare and common words, long and short texts, and the
// facets are spread as in real cases. The same seed gives the same bytes.
type corpus struct {
	r     *rand.Rand
	vocab [][]string
	zipf  *rand.Zipf
	who   *rand.Zipf
	pad   int // bytes of filler per record
}

const (
	vocabulary = 30_000
	accounts   = 80_000
)

var (
	platforms = []string{"x", "reddit", "bluesky", "feed", "youtube"}
	langs     = []string{"en", "es", "fr", "de", "pt", "ar", "ru", "hi", "tr"}
	alphabets = []string{
		"abcdefghijklmnoprstuvw", "abcdefghijlmnopqrstuvz", "abcdefghijlmnopqrstuv", "abcdefghijklmnoprstuwz", "abcdefghijlmnopqrstuv",
		"ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "абвгдежзиклмнопрстуфхцчшя", "अआइउएकखगचजटडतदनपबमयरलवसह", "abcçdefgğhıijklmnoöprsştuüvyz",
	}
)

// record is one line of the corpus; profile() says how it becomes a post.
type record struct {
	ID        string   `json:"id"`
	Platform  string   `json:"platform"`
	Handle    string   `json:"handle"`
	Followers int64    `json:"followers"`
	Created   string   `json:"created"`
	Text      string   `json:"text"`
	Likes     int64    `json:"likes"`
	Comments  int64    `json:"comments"`
	Shares    int64    `json:"shares"`
	Hashtags  []string `json:"hashtags"`
	Pad       string   `json:"pad,omitempty"`
}

func newCorpus(seed uint64, pad int) *corpus {
	r := rand.New(rand.NewPCG(seed, 1))
	c := &corpus{r: r, pad: pad, zipf: rand.NewZipf(r, 1.1, 4, vocabulary-1), who: rand.NewZipf(r, 1.2, 8, accounts-1)}
	for _, a := range alphabets {
		letters := []rune(a)
		words := make([]string, vocabulary)
		seen := map[string]bool{}
		for i := range words {
			for {
				w := make([]rune, 2+r.IntN(4)+min(i/4000, 5))
				for j := range w {
					w[j] = letters[r.IntN(len(letters))]
				}
				if words[i] = string(w); !seen[words[i]] {
					seen[words[i]] = true
					break
				}
			}
		}
		c.vocab = append(c.vocab, words)
	}
	return c
}

// start is the first instant of the corpus; it spans 90 days.
var start = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func (c *corpus) record(i int) record {
	lang := min(c.r.IntN(14), len(langs)+4) % len(langs) // the first languages twice as often
	words := 8 + c.r.IntN(50)
	var b strings.Builder
	for k := range words {
		if k > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(c.vocab[lang][c.zipf.Uint64()])
	}
	rec := record{
		ID: fmt.Sprintf("%019d", 1_500_000_000_000_000_000+int64(i)*7919), Platform: platforms[c.r.IntN(len(platforms))],
		Handle: fmt.Sprintf("user%05d", c.who.Uint64()), Followers: int64(c.r.ExpFloat64() * 900),
		Created: start.Add(time.Duration(c.r.Int64N(90*86400)) * time.Second).Format(time.RFC3339),
		Likes:   int64(c.r.ExpFloat64() * 12), Comments: int64(c.r.ExpFloat64() * 2), Shares: int64(c.r.ExpFloat64() * 4), Hashtags: []string{},
	}
	for range c.r.IntN(3) {
		tag := c.vocab[0][c.zipf.Uint64()]
		rec.Hashtags = append(rec.Hashtags, tag)
		b.WriteString(" #" + tag)
	}
	rec.Text = b.String()
	if c.pad > 0 {
		rec.Pad = strings.Repeat("·", c.pad/2)
	}
	return rec
}

// write writes n records as NDJSON.
func (c *corpus) write(path string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range n {
		if err := enc.Encode(c.record(i)); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// queries gives words of every frequency: common, middling, rare.
func (c *corpus) queries(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = c.vocab[i%3][[...]int{5, 40, 300, 2500}[i%4]+c.r.IntN(40)]
	}
	return out
}

// profile maps the corpus' fields to a post's.
const profile = `{"name":"bench","version":1,"rows":"json",
 "header":["id","platform","handle","followers","created","text","likes","comments","shares","hashtags"],
 "type":"social","kind":"post",
 "fields":{"id":"id","platform":"platform","author.handle":"handle","author.followers":"followers","created":"created","text":"text",
  "counts.likes":"likes","counts.comments":"comments","counts.shares":"shares","hashtags":"hashtags"},
 "ignore":["pad"]}`
