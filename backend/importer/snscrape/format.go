// Package snscrape reads the lines that the program snscrape wrote: posts of X
// (Twitter), Telegram channels and Reddit. Posts of X that are retweeted or quoted
// inside of a line are records too.
package snscrape

import (
	"context"
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
)

// Format reads snscrape's JSON lines. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "snscrape" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if err := (importer.JSON{Unit: unit}).Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("snscrape: %w", err)
	}
	return nil
}

// prefix is what the type of every object begins with.
const prefix = "snscrape.modules."

// Kinds of objects that are read.
const (
	kindTweet      = "twitter.Tweet"
	kindTelegram   = "telegram.TelegramPost"
	kindSubmission = "reddit.Submission"
	kindComment    = "reddit.Comment"
)

// kindOf returns the type of an object without the prefix, "" for what is not
// snscrape's. Its first versions wrote none.
func kindOf(v jsonscan.Value) string {
	if kind, ok := strings.CutPrefix(v.Get("_type").Text(), prefix); ok {
		return kind
	}
	if !v.Has("_type") && v.Has("renderedContent") && v.Has("content") && v.Has("retweetedTweet", "quotedTweet", "likeCount") {
		return kindTweet
	}
	return ""
}

// readable reports whether objects of a kind are read.
func readable(kind string) bool {
	switch kind {
	case kindTweet, kindTelegram, kindSubmission, kindComment:
		return true
	}
	return false
}

// Detect implements importer.Format. It looks at the first values of the file.
func (Format) Detect(h importer.Head) importer.Match {
	other := ""
	for _, v := range jsonscan.Sniff(h.Text, 4) {
		kind := kindOf(v)
		switch {
		case readable(kind):
			return importer.Match{Score: 99, Why: "lines of snscrape: " + kind}
		case kind != "" && other == "":
			other = text.Clip(kind, 60)
		}
	}
	if other == "" {
		return importer.Match{Why: "no objects of snscrape in the first values"}
	}
	return importer.Match{Score: 95, Why: "lines of snscrape: " + other, Refuse: refusal(other)}
}

// refusal says what objects of another kind are.
func refusal(kind string) string {
	switch kind {
	case "twitter.User", "twitter.UserRef", "telegram.Channel", "instagram.User", "facebook.User", "vkontakte.User", "mastodon.User", "weibo.User":
		return "it is a list of accounts (" + kind + ") that snscrape wrote."
	case "twitter.Trend":
		return "it is a list of trending words that snscrape wrote."
	}
	return "it has objects that snscrape calls " + kind + "; of its posts those of X, Telegram and Reddit are read."
}

// unit reads one line.
func unit(v jsonscan.Value, b *importer.Batch) { read(v, b, 0) }

// maxNested is how many posts inside of each other are followed.
const maxNested = 8

func read(v jsonscan.Value, b *importer.Batch, level int) {
	switch {
	case level > maxNested:
		b.Reject(v, importer.RejectTooDeep, fmt.Sprintf("The post at byte %d lies inside of more than %d others.", v.Pos, maxNested))
		return
	case !b.Check(v):
		inside(v, b, level) // those that are whole
		return
	case v.Kind() != '{':
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is not an object.", v.Pos))
		return
	}
	switch kind := kindOf(v); kind {
	case kindTweet:
		tweet(v, b)
		inside(v, b, level)
	case kindTelegram:
		telegram(v, b)
	case kindSubmission, kindComment:
		reddit(v, kind, b)
	case "":
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The object at byte %d does not say what it is.", v.Pos))
	case "twitter.Tombstone", "twitter.TweetRef":
		b.Reject(v, "tombstone", fmt.Sprintf("The object at byte %d stands for a post that X did not show.", v.Pos))
	default:
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The object at byte %d is of snscrape's kind %s, which is not read.", v.Pos, text.Clip(kind, 60)))
	}
}

// inside reads the posts inside of a tweet that were told whole.
func inside(v jsonscan.Value, b *importer.Batch, level int) {
	if level > maxNested {
		return
	}
	for it := v.Object(); it.Next(); {
		if k := string(it.Key); k != "retweetedTweet" && k != "quotedTweet" {
			continue
		}
		switch {
		case it.Value.Cut:
			inside(it.Value, b, level+1)
		case kindOf(it.Value) == kindTweet:
			read(it.Value, b, level+1)
		}
	}
}
