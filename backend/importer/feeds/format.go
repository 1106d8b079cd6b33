// Package feeds reads web feeds: RSS 0.9 to 2.0, RDF, Atom and JSON Feed. The
// library gofeed reads what an item says; this package finds the exact bytes of
// each item, keeps one broken item from costing the others, and decides what
// kind of page a feed comes from.
//
// Identity: platform "feed" and the item's guid or id, else its link, else a
// hash of its content; a YouTube feed gives platform "youtube" and the video's
// id. An author without an id of their own gets "host/name"; an item without an
// author has the site as its author: the feed's host and title.
//
// Page type, first rule that fits:
//
//	video  the items are YouTube videos (yt:videoId)
//	social the generator is Mastodon, Pleroma, Misskey, Bluesky, …
//	forum  the generator is phpBB, Discourse, vBulletin, XenForo, …, or the host
//	       or path says forum, or items reply to others (thr:in-reply-to)
//	blog   the generator is WordPress, Blogger, Ghost, …, or the host is a blog host
//	forum  items count comments (slash:comments) and no generator is named
//	news   everything else
package feeds

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// Name is the format's name, and part of every commitment.
const Name = "feed"

// maxFeed is the largest feed in bytes; larger ones are refused, not cut.
const maxFeed = 64 << 20

// Format reads web feeds.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return Name }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Detect implements importer.Format: it looks at the root element, or at the
// version that a JSON Feed states.
func (Format) Detect(h importer.Head) importer.Match {
	t := bytes.TrimSpace(h.Text)
	switch {
	case len(t) == 0:
		return importer.Match{Why: "empty"}
	case t[0] == '{':
		for _, v := range jsonscan.Sniff(t, 1) {
			if strings.Contains(v.Get("version").Text(), "jsonfeed.org/version/") {
				return importer.Match{Score: 95, Why: "the version of JSON Feed"}
			}
		}
		return importer.Match{Why: "JSON without the version of JSON Feed"}
	case t[0] != '<':
		return importer.Match{Why: "neither XML nor JSON"}
	}
	space, name := rootOf(t)
	switch name {
	case "rss", "feed":
		return importer.Match{Score: 95, Why: "the element <" + name + ">"}
	case "rdf":
		if bytes.Contains(t, []byte("purl.org/rss/")) || bytes.Contains(t, []byte("my.netscape.com/rdf")) || bytes.Contains(t, []byte("channel.netscape.com")) {
			return importer.Match{Score: 95, Why: "RDF with the namespace of RSS"}
		}
		return importer.Match{Why: "RDF without the namespace of RSS"}
	case "channel":
		return importer.Match{Score: 60, Why: "the element <channel>"}
	}
	return importer.Match{Why: fmt.Sprintf("the element <%s%s> is not of a feed", space, name)}
}

// Read implements importer.Format. A feed that cannot be read at all is a fault
// feed_unreadable, one with entity declarations of its own feed_entities, one
// that is too large file_too_large.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	d, err := open(f, o, s)
	if err != nil {
		return err
	}
	if t := bytes.TrimSpace(d.text); len(t) > 0 && t[0] == '{' {
		err = d.parseJSON()
	} else {
		err = d.parseXML()
	}
	if err != nil {
		return err
	}
	if err := d.emit(ctx, o, s); err != nil {
		return err
	}
	s.Offset(f.Size)
	return nil
}

// open reads a whole document.
func open(f importer.File, o importer.Options, s importer.Sink) (*document, error) {
	if f.Size > maxFeed {
		return nil, &model.Fault{Code: "file_too_large", Params: map[string]string{
			"message": fmt.Sprintf("The document is %d bytes large; at most %d are read", f.Size, maxFeed),
		}}
	}
	enc, err := encodingOf(f, o.Encoding)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Name, err)
	}
	if enc.Basis == text.BasisGuessed {
		s.Assume("encoding", enc.Name)
	}
	d := &document{file: f, src: text.NewTracker(f.R, f.Size, enc)}
	if d.text, err = io.ReadAll(d.src); err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Name, err)
	}
	return d, nil
}

var declared = regexp.MustCompile(`^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']`)

// encodingOf finds the character set: what the analyst says, else a byte-order
// mark, else UTF-8 when the bytes are valid in it, else what the XML declaration
// says, else a guess. Many feeds declare a set that they are not in.
func encodingOf(f importer.File, forced string) (text.Encoding, error) {
	raw, err := io.ReadAll(f.Section())
	if err != nil {
		return text.Encoding{}, fmt.Errorf("read: %w", err)
	}
	enc, err := text.Detect(raw, forced)
	if err != nil {
		return enc, fmt.Errorf("find the character set: %w", err)
	}
	if enc.Basis != text.BasisGuessed && (enc.Basis != text.BasisContent || enc.IsUTF8()) {
		return enc, nil
	}
	if m := declared.FindSubmatch(raw[:min(len(raw), 512)]); m != nil && !strings.EqualFold(string(m[1]), "utf-8") && !strings.HasPrefix(strings.ToLower(string(m[1])), "utf-16") {
		if by, err := text.Detect(raw, string(m[1])); err == nil {
			by.Basis = text.BasisContent
			return by, nil
		}
	}
	return enc, nil
}
