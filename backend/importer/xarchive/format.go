// Package xarchive reads the account archive of X (Twitter): the scripts in its
// folder "data" that hold the owner's posts and, when asked for, messages. Each
// sets a variable to an array, so that what comes before the array is passed over.
package xarchive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"

	"vedette/backend/importer"
	"vedette/backend/importer/xtweet"
	"vedette/backend/internal/jsonscan"
)

// Format reads the scripts of X account archives. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "x-archive" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// assignment is what an archive's script begins with; the name of its part is in
// one of the two groups.
var assignment = regexp.MustCompile(`^\s*(?:window\.YTD\.(\w{1,80})\.part\d{1,6}|Grailbird\.data\.(tweets_\d{4}_\d\d))\s*=\s*\[`)

// contents is what an archive's manifest.js begins with.
var contents = regexp.MustCompile(`^\s*window\.__THAR_CONFIG\s*=`)

// prefixSize is how far into a file its array begins at most.
const prefixSize = 256

// split returns the name of a script's part and what follows the assignment.
func split(text []byte) (part string, rest []byte) {
	m := assignment.FindSubmatch(text[:min(len(text), prefixSize)])
	if m == nil {
		return "", text
	}
	rest = text[len(m[0])-1:]
	if len(m[1]) > 0 {
		return string(m[1]), rest
	}
	return "tweets", rest
}

// Detect implements importer.Format.
func (Format) Detect(h importer.Head) importer.Match {
	part, rest := split(h.Text)
	values := jsonscan.Sniff(rest, 2)
	if part == "" {
		if contents.Match(h.Text[:min(len(h.Text), prefixSize)]) {
			return importer.Match{Score: 99, Why: "the contents of an account archive", Refuse: "it is the table of contents of an X account archive; the posts are in data/tweets.js."}
		}
		if len(values) > 0 && xtweet.Is(values[0].Get("tweet")) {
			return importer.Match{Score: 95, Why: "posts of an account archive, without the script's first line"}
		}
		return importer.Match{Why: "no script of an X account archive"}
	}
	switch {
	case messages[part]:
		return importer.Match{Score: 99, Why: "the messages of an account archive"}
	case len(values) == 0 && posts[part]:
		return importer.Match{Score: 99, Why: "a part without entries", Refuse: "it is a part of an X account archive without any entries."}
	case posts[part]:
		return importer.Match{Score: 99, Why: "the posts of an account archive"}
	}
	return importer.Match{Score: 99, Why: "another part of an account archive", Refuse: refusal(part)}
}

// posts are the parts that hold posts, and messages those that hold messages.
var (
	posts    = map[string]bool{"tweet": true, "tweets": true, "deleted_tweets": true, "deleted_tweet": true, "community_tweet": true, "community_tweets": true}
	messages = map[string]bool{"direct_messages": true, "direct_message": true, "direct_messages_group": true, "direct_message_group": true}
)

// refusal says what a part is that holds no posts.
func refusal(part string) string {
	what := map[string]string{
		"like":                         "the posts that the account liked, which others wrote; it names neither their authors nor their dates",
		"follower":                     "the accounts that follow the owner",
		"following":                    "the accounts that the owner follows",
		"block":                        "the accounts that the owner blocked",
		"mute":                         "the accounts that the owner muted",
		"account":                      "the owner's account; it is read beside the posts",
		"profile":                      "the owner's profile; it is read beside the posts",
		"note_tweet":                   "the long texts of posts; they are read beside the posts in tweets.js",
		"tweet_headers":                "only ids and dates of posts; the posts are in tweets.js",
		"deleted_tweet_headers":        "only ids and dates of deleted posts; the posts are in deleted-tweets.js",
		"direct_message_headers":       "only ids and dates of messages; the messages are in direct-messages.js",
		"direct_message_group_headers": "only ids and dates of messages; the messages are in direct-messages-group.js",
	}[part]
	if what == "" {
		return fmt.Sprintf("it is the part %q of an X account archive.", part)
	}
	return fmt.Sprintf("it is the part %q of an X account archive: %s.", part, what)
}

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	h, err := importer.ReadHead(importer.File{Name: f.Name, Size: min(f.Size, 4*prefixSize), R: f.R}, o)
	if err != nil {
		return fmt.Errorf("x-archive: %w", err)
	}
	part, _ := split(h.Text)
	a := readOwner(f)
	if a.owner.IsZero() && f.Size > 0 {
		s.Assume("author", "unknown: no account.js or manifest.js of the archive lies beside the file")
	}
	j := importer.JSON{Unit: a.post}
	switch {
	case messages[part]:
		a.private = o.IncludePrivate
		j = importer.JSON{Unit: a.conversation, Large: a.large}
	default:
		a.notes = readNotes(f)
	}
	if part != "" {
		// The array's bracket is the first in the file; before it is only ASCII.
		f.R = blanked{r: f.R, to: int64(max(bytes.IndexByte(h.Bytes, '['), 0))}
		f.Size = statement(f)
	}
	if err := j.Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("x-archive: %w", err)
	}
	return nil
}

// statement returns how long the script is without the semicolon that may end it.
func statement(f importer.File) int64 {
	var tail [16]byte
	from := max(f.Size-int64(len(tail)), 0)
	n, err := f.R.ReadAt(tail[:f.Size-from], from)
	b := bytes.TrimRight(tail[:n], " \r\n\t\x00")
	if (err != nil && !errors.Is(err, io.EOF)) || !bytes.HasSuffix(b, []byte(";")) {
		return f.Size
	}
	return from + int64(len(b)) - 1
}

// blanked is a file in which everything before the byte "to" reads as white
// space, so that all places in it stay what they are.
type blanked struct {
	r  io.ReaderAt
	to int64
}

// ReadAt implements io.ReaderAt. Marks of the character set stay.
func (b blanked) ReadAt(p []byte, off int64) (int, error) {
	n, err := b.r.ReadAt(p, off)
	for i := 0; i < n && off+int64(i) < b.to; i++ {
		if p[i] > ' ' && p[i] < 0x7f {
			p[i] = ' '
		}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return n, fmt.Errorf("read at byte %d: %w", off, err)
	}
	return n, err //nolint:wrapcheck // io.EOF has to stay bare for readers.
}
