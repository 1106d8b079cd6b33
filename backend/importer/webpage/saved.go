package webpage

import (
	"bytes"
	"html"
	"regexp"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/article"
	"vedette/backend/model"
)

// saved is what the program that saved a page wrote into it.
type saved struct {
	by, url string
	at      model.Instant
}

var (
	singleURL  = regexp.MustCompile(`(?m)^\s*url:\s*(\S+)`)
	singleDate = regexp.MustCompile(`(?m)^\s*saved date:\s*([^\r\n]{1,100})`)
	browserURL = regexp.MustCompile(`saved from url=\(\d{4}\)(\S+)`)
)

// savedBy reads the comment that SingleFile or a browser puts at a page's
// beginning.
func savedBy(doc []byte, o importer.Options) saved {
	doc = doc[:min(len(doc), headBytes)]
	for {
		i := bytes.Index(doc, []byte("<!--"))
		if i < 0 {
			return saved{}
		}
		comment := doc[i+4:]
		end := bytes.Index(comment, []byte("-->"))
		if end < 0 {
			return saved{}
		}
		doc, comment = comment[end+3:], comment[:end]
		if bytes.Contains(comment, []byte("SingleFile")) {
			s := saved{by: "SingleFile", url: group(singleURL, comment)}
			if d := article.ParseDate(group(singleDate, comment)); !d.IsZero() {
				s.at = instant(d, o)
			}
			return s
		}
		if u := group(browserURL, comment); u != "" {
			return saved{by: "a browser", url: u}
		}
	}
}

func group(re *regexp.Regexp, b []byte) string {
	if m := re.FindSubmatch(b); m != nil {
		return strings.TrimSpace(html.UnescapeString(string(m[1])))
	}
	return ""
}

// instant makes an instant of a date: a zone that is stated, or the chosen one,
// or UTC.
func instant(d article.Date, o importer.Options) model.Instant {
	i := model.Instant{Original: d.Original}
	if d.Time.IsZero() {
		return i
	}
	if d.Zoned {
		i.Time, i.Zone = d.Time, model.ZoneStated
		return i
	}
	local := importer.Local(d.Time.Format("2006-01-02T15:04:05"), o)
	i.Time, i.Zone = local.Time, local.Zone
	return i
}
