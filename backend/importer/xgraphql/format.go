// Package xgraphql reads the answers that the web pages of X (Twitter) load their
// posts from, as a browser's network log saves them: timelines, searches, threads
// and single posts, and the older answers with "globalObjects".
package xgraphql

import (
	"bytes"
	"context"
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/importer/xtweet"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
)

// Format reads answers of X's pages. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "x-graphql" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if err := (importer.JSON{Unit: unit}).Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("x-graphql: %w", err)
	}
	return nil
}

// Detect implements importer.Format.
func (Format) Detect(h importer.Head) importer.Match {
	for _, v := range jsonscan.Sniff(h.Text, 2) {
		if v.Kind() != '{' {
			continue
		}
		switch {
		case v.Get("globalObjects").Has("tweets"):
			return importer.Match{Score: 97, Why: "an answer of X's pages (older)"}
		case v.Get("data").Kind() != '{':
		case bytes.Contains(v.Raw, []byte(`"tweet_results"`)) || v.Get("data").Has("tweetResult"):
			return importer.Match{Score: 97, Why: "an answer of X's pages"}
		case bytes.Contains(v.Raw, []byte(`"__typename":"User"`)) && bytes.Contains(v.Raw, []byte(`"rest_id"`)):
			return importer.Match{Score: 80, Why: "an answer of X's pages without posts", Refuse: "it is an answer of X's pages about accounts, without posts."}
		}
	}
	return importer.Match{Why: "no answer of X's pages"}
}

// maxLevels is how deep in an answer a post lies at most.
const maxLevels = 40

// unit reads one answer.
func unit(v jsonscan.Value, b *importer.Batch) {
	before := b.Len()
	valid := b.Valid(v)
	w := walker{r: xtweet.Reader{Batch: b}, b: b}
	if old := v.Get("globalObjects"); old.Kind() == '{' {
		w.global(old)
	} else {
		w.walk(v, 0)
	}
	switch {
	case !valid:
		b.Rest(v, before)
	case w.found:
	default:
		it := v.Get("errors").Array()
		if it.Next() {
			b.Reject(v, "api_error", fmt.Sprintf("The answer at byte %d holds an error of X instead of posts: %s", v.Pos, text.Clip(it.Value.Get("message").Text(), 200)))
			return
		}
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The answer at byte %d holds no posts.", v.Pos))
	}
}

// walker goes down an answer to its posts.
type walker struct {
	r     xtweet.Reader
	b     *importer.Batch
	found bool
}

func (w *walker) walk(v jsonscan.Value, level int) {
	if level > maxLevels {
		return
	}
	for it := v.Object(); it.Next(); {
		switch k := it.Value.Kind(); {
		case k == '{' && (string(it.Key) == "tweet_results" || string(it.Key) == "tweetResult"):
			w.post(it.Value)
		case k == '{' || k == '[':
			w.walk(it.Value, level+1)
		}
	}
	for it := v.Array(); it.Next(); {
		if k := it.Value.Kind(); k == '{' || k == '[' {
			w.walk(it.Value, level+1)
		}
	}
}

// post reads the place where an answer has a post. It may be empty.
func (w *walker) post(v jsonscan.Value) {
	w.found = true
	if x := v.Get("result"); x.Kind() == '{' {
		w.r.Tweet(x, x)
		return
	}
	if w.b.Check(v) {
		w.b.Reject(v, "tombstone", fmt.Sprintf("The entry at byte %d stands for a post that X does not show.", v.Pos))
	}
}

// global reads an older answer: posts and users by their ids.
func (w *walker) global(v jsonscan.Value) {
	users := map[string]jsonscan.Value{}
	for it := v.Get("users").Object(); it.Next(); {
		users[string(it.Key)] = it.Value
	}
	w.r.User = func(id string) jsonscan.Value { return users[id] }
	for it := v.Get("tweets").Object(); it.Next(); {
		w.found = true
		w.r.Tweet(it.Value, it.Value)
	}
	w.found = w.found || v.Has("tweets")
}
