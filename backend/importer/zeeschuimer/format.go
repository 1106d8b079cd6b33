// Package zeeschuimer reads what the browser extension Zeeschuimer captured while
// somebody looked at a platform's pages: one line for every item, with the
// platform's own object inside. It also reads the same lines as 4CAT keeps them,
// with the envelope under "__import_meta".
package zeeschuimer

import (
	"context"
	"fmt"
	"time"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// Format reads Zeeschuimer's lines. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "zeeschuimer" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if err := (importer.JSON{Unit: unit}).Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("zeeschuimer: %w", err)
	}
	return nil
}

// metaKey is where 4CAT keeps the envelope.
const metaKey = "__import_meta"

// Detect implements importer.Format.
func (Format) Detect(h importer.Head) importer.Match {
	for _, v := range jsonscan.Sniff(h.Text, 3) {
		if enveloped(v) {
			return importer.Match{Score: 99, Why: "lines of Zeeschuimer from " + text.Clip(v.Get("source_platform").Text(), 60)}
		}
		if m := v.Get(metaKey); m.Has("source_platform") && m.Has("timestamp_collected") {
			return importer.Match{Score: 99, Why: "lines of Zeeschuimer from " + text.Clip(m.Get("source_platform").Text(), 60) + ", kept by 4CAT"}
		}
	}
	return importer.Match{Why: "no envelopes of Zeeschuimer in the first values"}
}

// enveloped reports whether a value is a line of Zeeschuimer.
func enveloped(v jsonscan.Value) bool {
	return v.Has("source_platform") && v.Has("timestamp_collected", "item_id", "nav_index") && v.Has("data")
}

// line is one captured item.
type line struct {
	b      *importer.Batch
	record jsonscan.Value
	data   jsonscan.Value
	from   string // the platform, as Zeeschuimer names it
	page   string // the address of the page that was looked at
	seen   model.Instant
}

// unit reads one line.
func unit(v jsonscan.Value, b *importer.Batch) {
	if b.Valid(v) && v.Kind() != '{' {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is not an object.", v.Pos))
		return
	}
	l := line{b: b, record: v, data: v}
	meta := v.Get(metaKey)
	if meta.Kind() != '{' {
		meta = v
		l.envelope(v)
	}
	l.from, l.page = meta.Get("source_platform").Text(), meta.Get("source_platform_url").Text()
	l.seen = millis(meta.Get("timestamp_collected"))
	l.read()
}

// envelope takes the item out of its envelope.
func (l *line) envelope(v jsonscan.Value) {
	l.data = jsonscan.Value{}
	for it := v.Object(); it.Next(); {
		switch key := string(it.Key); key {
		case "data":
			l.data = it.Value
		case "id", "nav_index", "item_id", "timestamp_collected", "source_platform", "source_platform_url", "source_url",
			"user_agent", "last_updated":
		default:
			l.b.Unknown("line." + key)
		}
	}
}

// millis reads an instant in milliseconds since 1970.
func millis(v jsonscan.Value) model.Instant {
	n, ok := v.Int()
	if !ok || n <= 0 || n > 253402300799999 {
		return model.Instant{Original: v.Text()}
	}
	return model.Instant{Time: time.UnixMilli(n).UTC(), Original: v.Text(), Zone: model.ZoneStated}
}

// post hands on a post that was read out of the line.
func (l *line) post(p *model.Post) {
	if p.NativeID == "" {
		l.b.Reject(l.record, importer.RejectNoID, fmt.Sprintf("The item at byte %d has no id.", l.record.Pos))
		return
	}
	p.CapturedAt = l.seen
	if p.Visibility == "" {
		p.Visibility = model.VisibilityPublic
	}
	if p.Text == "" && p.Title == "" && len(p.Media) > 0 && p.Kind != model.KindComment {
		p.Kind = model.KindMedia
	}
	l.b.Post(l.record, p)
}

// refuse rejects the line for a reason.
func (l *line) refuse(code, reason string) {
	l.b.Reject(l.record, code, fmt.Sprintf("The item at byte %d %s.", l.record.Pos, reason))
}
