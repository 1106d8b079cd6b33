// Package facebook reads what Meta gives people of their own accounts ("Download
// your information", in JSON): posts, comments, posts in groups and media of
// Facebook, posts, stories, reels and comments of Instagram, and the messages of
// both.
//
// These files write every letter beyond ASCII as its bytes in UTF-8, each as a
// character of its own: every text is mended. They have no ids and no counts: ids
// are made of what a record says, and are the same in every export of it. They do
// not say who could see a post, so posts are private; messages are direct.
package facebook

import (
	"context"
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
)

// The platforms of the posts that these formats read.
const (
	Platform  = "facebook"
	Messenger = "messenger"
	Instagram = "instagram"
)

// Format reads exports of Facebook and messages of both. It implements
// importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "facebook-export" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Detect implements importer.Format.
func (Format) Detect(h importer.Head) importer.Match {
	return detect(h, "no post, comment or message of a Facebook export", judgeFacebook)
}

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	r := reader{owner: facebookOwner(f), chats: chatPlatform(f)}
	return r.read(ctx, f, o, s, "facebook-export", r.facebook)
}

// InstagramFormat reads exports of Instagram. It implements importer.Format.
type InstagramFormat struct{}

// Name implements importer.Format.
func (InstagramFormat) Name() string { return "instagram-export" }

// Version implements importer.Format.
func (InstagramFormat) Version() string { return "1" }

// Detect implements importer.Format.
func (InstagramFormat) Detect(h importer.Head) importer.Match {
	return detect(h, "no post, story or comment of an Instagram export", judgeInstagram)
}

// Read implements importer.Format.
func (InstagramFormat) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	r := reader{owner: instagramOwner(f)}
	return r.read(ctx, f, o, s, "instagram-export", r.instagram)
}

// detect asks judge about the first values of a file.
func detect(h importer.Head, why string, judge func(jsonscan.Value) importer.Match) importer.Match {
	values := jsonscan.Sniff(h.Text, 4)
	if len(values) == 0 {
		return importer.Match{Why: "not JSON"}
	}
	best := importer.Match{Why: why}
	for _, v := range values {
		if m := judge(v); m.Score > best.Score || (m.Score == best.Score && best.Refuse != "" && m.Refuse == "") {
			best = m
		}
	}
	return best
}

// read reads a file with unit for every top-level value.
func (r reader) read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink, name string, unit func(jsonscan.Value, *importer.Batch)) error {
	j := importer.JSON{Unit: unit, Large: func(l *importer.Large) (bool, error) { return r.large(l, unit) }}
	if err := j.Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
