// Package stackexchange reads questions, answers and comments of Stack Exchange
// sites: the published dump (Posts.xml and Comments.xml, one row each, of any
// size) and the answers of the API (items).
//
// Identity: the site and the id, "site/posts/1" or "site/comments/1"; questions
// and answers count together. A dump does not say which site it is of: the name
// of its folder or archive does.
package stackexchange

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/pages"
)

// Platform is the platform of every post that this format reads.
const Platform = "stackexchange"

// Format reads dumps and API answers of Stack Exchange. It implements
// importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "stackexchange" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Detect implements importer.Format. It looks at the root element and the first
// row, or at the first values.
func (Format) Detect(h importer.Head) importer.Match {
	t := bytes.TrimSpace(h.Text)
	if len(t) == 0 || t[0] != '<' {
		return pages.Detect(h, "no item of Stack Exchange's API in the first values", judge)
	}
	return judgeDump(t)
}

var rootElement = regexp.MustCompile(`^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[^>]*-->\s*)?<([a-zA-Z]{3,20})\s*>\s*(?:<row |</)`)

// judgeDump looks at the beginning of a dump.
func judgeDump(t []byte) importer.Match {
	m := rootElement.FindSubmatch(t)
	if m == nil {
		return importer.Match{Why: "XML, but no dump of Stack Exchange"}
	}
	root := strings.ToLower(string(m[1]))
	refuse := importer.Match{Score: 85, Why: "the element <" + root + "> with rows"}
	switch root {
	case "posts", "comments":
		return importer.Match{Score: 93, Why: refuse.Why}
	case "users":
		refuse.Refuse = "it is the list of accounts of a Stack Exchange dump."
	case "votes":
		refuse.Refuse = "it is the list of votes of a Stack Exchange dump."
	case "badges":
		refuse.Refuse = "it is the list of badges of a Stack Exchange dump."
	case "tags":
		refuse.Refuse = "it is the list of tags of a Stack Exchange dump."
	case "postlinks":
		refuse.Refuse = "it says which posts of a Stack Exchange dump refer to each other."
	case "posthistory":
		refuse.Refuse = "it is the history of edits of a Stack Exchange dump; the posts are in Posts.xml."
	default:
		return importer.Match{Why: "the element <" + root + "> is not of a dump of Stack Exchange"}
	}
	return refuse
}

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	xml, err := isXML(f)
	if err == nil {
		if xml {
			err = readDump(ctx, f, o, s)
		} else {
			err = readJSON(ctx, f, o, s)
		}
	}
	if err != nil {
		return fmt.Errorf("stackexchange: %w", err)
	}
	return nil
}

// isXML reports whether the first byte that is not white space, of any character
// set, is one of XML.
func isXML(f importer.File) (bool, error) {
	head := make([]byte, min(f.Size, 512))
	n, err := f.R.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return false, fmt.Errorf("read %s: %w", f.Name, err)
	}
	t := bytes.TrimLeft(head[:n], "\x00\t\n\r \xef\xbb\xbf\xff\xfe")
	return len(t) > 0 && t[0] == '<', nil
}

var siteName = regexp.MustCompile(`(?i)(?:^|[/\\])((?:[a-z0-9-]+\.)*(?:stackexchange|stackoverflow|superuser|serverfault|askubuntu|stackapps)\.com|(?:meta\.)?mathoverflow\.net)(?:[/\\-]|\.7z|\.zip|$)`)

// siteOf finds the site in the path of a file, "" when it is not there.
func siteOf(name string) string {
	if m := siteName.FindStringSubmatch(name); m != nil {
		return strings.ToLower(m[1])
	}
	return ""
}

// place is the identity of a post or comment, and where it is shown.
func place(site, what, id string) (native, url string) {
	native = what + "/" + id
	if site == "" {
		return native, ""
	}
	if what == "comments" {
		return site + "/" + native, "https://" + site + "/posts/comments/" + id
	}
	return site + "/" + native, "https://" + site + "/q/" + id
}

// uid is the UID of a post, "" for none.
func uid(site, id string) string {
	if id == "" || id == "0" {
		return ""
	}
	native, _ := place(site, "posts", id)
	return Platform + ":" + native
}
