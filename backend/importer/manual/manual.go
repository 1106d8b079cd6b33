// Package manual reads captures: posts that the analyst typed in, as the JSON
// document that the workspace writes for each. A capture goes through the same
// road as every other file, so that what was typed is evidence like any other.
package manual

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// Marker is the first key of every capture document; its value is the version.
const Marker = "vedette_capture"

// Capture is the document. Empty fields were left empty by the analyst.
type Capture struct {
	Version    int            `json:"vedette_capture"`
	Text       string         `json:"text"`
	URL        string         `json:"url"`
	Author     string         `json:"author,omitempty"`
	Time       string         `json:"time,omitempty"`
	Zone       string         `json:"zone,omitempty"`
	Platform   string         `json:"platform,omitempty"`
	Type       model.PageType `json:"type,omitempty"`
	Screenshot *Screenshot    `json:"screenshot,omitempty"`
}

// Screenshot is the picture that was added: its bytes (base64 in JSON), as given.
type Screenshot struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Bytes  []byte `json:"bytes"`
}

// Format reads captures.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "manual" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Detect implements importer.Format.
func (Format) Detect(h importer.Head) importer.Match {
	if bytes.HasPrefix(bytes.TrimLeft(h.Text, " \t\r\n"), []byte(`{"`+Marker+`":`)) {
		return importer.Match{Score: 100, Why: "begins with the key " + Marker}
	}
	return importer.Match{Why: "does not begin with the key " + Marker}
}

// Read implements importer.Format. Every value of the file is a capture; the
// workspace writes one a file.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	unit := func(v jsonscan.Value, b *importer.Batch) {
		if !b.Check(v) {
			return
		}
		p, rej := parse(v.Raw, o)
		if rej != nil {
			b.Reject(v, rej.Code, rej.Reason)
			return
		}
		b.Post(v, p)
	}
	if err := (importer.JSON{Unit: unit}).Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("read capture: %w", err)
	}
	return nil
}

// parse reads one capture; exactly one of its results is set.
func parse(raw []byte, o importer.Options) (*model.Post, *model.Reject) {
	var c Capture
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, &model.Reject{Code: "bad_json", Reason: fmt.Sprintf("the capture is not valid JSON: %v", err)}
	}
	if strings.TrimSpace(c.Text) == "" && c.URL == "" && c.Screenshot == nil {
		return nil, &model.Reject{Code: "empty_post", Reason: "the capture has neither text, address nor picture"}
	}
	p := &model.Post{
		Platform: c.Platform, Kind: model.KindPost, PageType: c.Type, Text: c.Text, URL: c.URL,
		Visibility: model.VisibilityPublic, NativeID: identity(&c),
	}
	if p.Platform == "" {
		p.Platform = "manual"
	}
	if p.PageType == "" {
		p.PageType = model.PageOther
	}
	if p.Text == "" {
		p.Kind = model.KindMedia
	}
	if h := strings.TrimPrefix(strings.TrimSpace(c.Author), "@"); h != "" {
		p.Author = model.Account{Platform: p.Platform, NativeID: "@" + strings.ToLower(h), Handle: h}
	}
	if c.Screenshot != nil {
		p.Media = []model.Media{{Type: "image", Alt: c.Screenshot.Name, SHA256: c.Screenshot.SHA256}}
	}
	if c.Time != "" {
		at, ok := instant(&c, o)
		if !ok {
			return nil, &model.Reject{Code: "bad_time", Reason: fmt.Sprintf("the time %q is neither RFC 3339 nor YYYY-MM-DD HH:MM", c.Time)}
		}
		p.Created = at
	}
	return p, nil
}

// identity is the address where one was given, so that the same page captured
// twice is one post; else a digest of what was typed.
func identity(c *Capture) string {
	if u, err := url.Parse(c.URL); err == nil && u.Host != "" {
		u.Fragment = ""
		return u.String()
	}
	sum := sha256.Sum256([]byte(c.Author + "\x00" + c.Time + "\x00" + c.Text))
	return "sha256-" + hex.EncodeToString(sum[:16])
}

// instant reads the typed time: RFC 3339 states its zone; a local time is in
// the capture's zone (chosen), the import's, or else UTC (assumed).
func instant(c *Capture, o importer.Options) (model.Instant, bool) {
	if t, err := time.Parse(time.RFC3339, c.Time); err == nil {
		return model.Instant{Time: t.UTC(), Original: c.Time, Zone: model.ZoneStated}, true
	}
	loc, basis := time.UTC, model.ZoneAssumed
	if o.Zone != nil {
		loc, basis = o.Zone, model.ZoneChosen
	}
	if c.Zone != "" {
		l, err := time.LoadLocation(c.Zone)
		if err != nil {
			return model.Instant{}, false
		}
		loc, basis = l, model.ZoneChosen
	}
	for _, layout := range [...]string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, c.Time, loc); err == nil {
			return model.Instant{Time: t.UTC(), Original: c.Time, Zone: basis}, true
		}
	}
	return model.Instant{}, false
}
