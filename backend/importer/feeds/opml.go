package feeds

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/text"
)

// OPML recognises lists of feeds (OPML 1.0 and 2.0). They hold no posts; Listed
// reads the feeds in them, so that these can be collected.
type OPML struct{}

// Name implements importer.Format.
func (OPML) Name() string { return "opml" }

// Version implements importer.Format.
func (OPML) Version() string { return "1" }

// Detect implements importer.Format: it refuses every list.
func (OPML) Detect(h importer.Head) importer.Match {
	if _, name := rootOf(bytes.TrimSpace(h.Text)); name != "opml" {
		return importer.Match{Why: "the first element is not <opml>"}
	}
	doc, least := h.Text, ""
	if h.Size > int64(len(h.Bytes)) {
		least = "at least "
		if h.R != nil && h.Size <= maxFeed {
			if all, err := io.ReadAll(io.NewSectionReader(h.R, 0, h.Size)); err == nil {
				doc, least = all, ""
			}
		}
	}
	return importer.Match{Score: 95, Why: "the element <opml>", Refuse: listSentence(least, len(Listed(doc)))}
}

func listSentence(least string, n int) string {
	what := fmt.Sprintf("%s%d feeds", least, n)
	if n == 1 {
		what = least + "1 feed"
	}
	return fmt.Sprintf("It is a list of feeds (OPML): the addresses of %s, not their articles. The feeds can be watched: add them as sources to collect from.", what)
}

// Read implements importer.Format: there is nothing to read.
func (OPML) Read(ctx context.Context, f importer.File, _ importer.Options, _ importer.Sink) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("read %s: %w", f.Name, context.Cause(ctx))
	}
	return &importer.Refused{Name: f.Name, Format: OPML{}.Name(), Reason: "it is a list of feeds, not their articles."}
}

// ListedFeed is a feed in a list.
type ListedFeed struct {
	Title string
	URL   string // of the feed
	Site  string // of the site that it is of
	// Folder is where in the list it stands, from the outermost folder on.
	Folder []string
}

// The bounds of a list that is read.
const (
	maxListed = 10_000
	maxFolder = 64
)

// Listed returns the feeds of a list, in order, each address once. It reads what
// it can of a broken list.
func Listed(doc []byte) []ListedFeed {
	dec := xml.NewDecoder(bytes.NewReader(doc))
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		enc, err := text.Detect(nil, label)
		if err != nil {
			return nil, err
		}
		return enc.Reader(r), nil
	}
	var out []ListedFeed
	var folder []string
	seen := map[string]bool{}
	for len(out) < maxListed {
		tok, err := dec.RawToken()
		if err != nil {
			break
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if !strings.EqualFold(t.Name.Local, "outline") {
				continue
			}
			f := outline(t)
			if f.URL != "" && !seen[f.URL] {
				seen[f.URL] = true
				f.Folder = append([]string(nil), folder...)
				out = append(out, f)
			}
			if len(folder) >= maxFolder {
				return out
			}
			folder = append(folder, f.Title)
		case xml.EndElement:
			if strings.EqualFold(t.Name.Local, "outline") && len(folder) > 0 {
				folder = folder[:len(folder)-1]
			}
		}
	}
	return out
}

// outline reads the attributes of one line of a list.
func outline(t xml.StartElement) ListedFeed {
	var f ListedFeed
	for _, a := range t.Attr {
		v := strings.Join(strings.Fields(text.Clean(a.Value)), " ")
		switch strings.ToLower(a.Name.Local) {
		case "title":
			f.Title = v
		case "text":
			if f.Title == "" {
				f.Title = v
			}
		case "xmlurl":
			f.URL = webURL(v)
		case "htmlurl":
			f.Site = webURL(v)
		}
	}
	return f
}
