// Package phpbb reads saved pages of topics of phpBB forums (prosilver, the style
// that phpBB 3 ships, and those built on it): every post on a page is a record.
//
// Identity: the forum's address and the number of the post, "host/path/p123".
// Where the page does not say its address, the name of the board stands for it.
package phpbb

import (
	"bytes"
	"context"
	"fmt"
	"regexp"

	"vedette/backend/importer"
)

// Platform is the platform of every post that this format reads.
const Platform = "phpbb"

// Format reads pages of phpBB. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "phpbb" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

var (
	postStart = regexp.MustCompile(`<div[^>]{0,400}(?:\sid="?p\d+"?\s[^>]{0,200}class="post[ "]|\sclass="post[ "][^>]{0,200}\sid="?p\d+"?)`)
	topicList = regexp.MustCompile(`<ul[^>]{0,100}class="?topiclist topics`)
)

// Detect implements importer.Format.
func (Format) Detect(h importer.Head) importer.Match {
	switch {
	case postStart.Match(h.Text) && bytes.Contains(h.Text, []byte("postbody")):
		return importer.Match{Score: 92, Why: "posts of a phpBB topic"}
	case bytes.Contains(h.Text, []byte("phpbb")) && topicList.Match(h.Text):
		return importer.Match{Score: 85, Why: "a list of topics of phpBB", Refuse: "it is a page of a phpBB forum that lists topics, not their posts."}
	}
	return importer.Match{Why: "no page of a phpBB topic"}
}

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if err := read(ctx, f, o, s); err != nil {
		return fmt.Errorf("phpbb: %w", err)
	}
	return nil
}
