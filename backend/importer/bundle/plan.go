package bundle

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"vedette/backend/importer"
	"vedette/backend/internal/archive"
	"vedette/backend/model"
)

// member is what was found out about one file in the archive.
type member struct {
	path   string
	format importer.Format // nil: not read
	nested bool            // it is an archive itself
	skip   string          // code: why it is not read
	reason string
}

// The codes of members that are not read.
const (
	skipCompanion    = "not_posts"           // recognised, and holds no posts
	skipAttachment   = "attachment"          // a picture, a video, a sound
	skipUnrecognised = "member_unrecognised" // nothing knows it
	skipMapping      = "needs_mapping"
	skipEmpty        = "empty"
	skipUnreadable   = "member_unreadable"
)

// plan is what an archive holds, in order.
type plan struct {
	inner   []importer.Format
	members []member
	byPath  map[string]int
	// broken says why the walk through the archive ended early.
	broken error
}

// plan looks at the beginning of every member.
func (f Format) plan(ctx context.Context, file importer.File, o importer.Options) (*plan, error) {
	p := &plan{inner: f.Inner, byPath: map[string]int{}}
	a, err := archive.New(file.R, file.Size, file.Name)
	if err != nil {
		p.broken = err
		return p, nil
	}
	err = a.Walk(func(m archive.Member, r io.Reader) error {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("look at %s: %w", m.Path, err)
		}
		p.byPath[m.Path] = len(p.members)
		p.members = append(p.members, p.look(m, r, o))
		return nil
	})
	if ctx.Err() != nil {
		return nil, err
	}
	p.broken = err
	p.attachments()
	return p, nil
}

// look recognises a member by its beginning.
func (p *plan) look(m archive.Member, r io.Reader, o importer.Options) member {
	x := member{path: m.Path, skip: skipUnreadable, reason: m.Skip}
	if m.Skip != "" {
		return x
	}
	head := make([]byte, importer.HeadSize)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) && n == 0 {
		x.reason = err.Error()
		return x
	}
	if n == 0 {
		x.skip, x.reason = skipEmpty, "it is empty"
		return x
	}
	x.skip, x.reason = "", ""
	if k := archive.Sniff(head[:n]); k != archive.None && !p.whole(head[:n], m.Path, o) {
		x.nested = k.Readable()
		if !x.nested {
			x.skip, x.reason = skipUnreadable, fmt.Sprintf("it is an archive of the kind %s, which is not unpacked", k)
		}
		return x
	}
	if media(head[:n]) {
		x.skip, x.reason = skipAttachment, "it is a picture, a sound or a video"
	}
	p.recognise(&x, head[:n], o)
	return x
}

// whole reports whether a format reads this archive as a whole: a workbook, say.
func (p *plan) whole(head []byte, name string, o importer.Options) bool {
	o.Profile, o.Format = nil, ""
	_, _, err := importer.Detect(p.inner, headOnly(head, name), o)
	return err == nil
}

// recognise asks the formats.
func (p *plan) recognise(x *member, head []byte, o importer.Options) {
	file := headOnly(head, x.path)
	f, _, err := importer.Detect(p.inner, file, o)
	if err == nil && o.Format != "" && !knows(f, file, o) {
		// A format that was chosen is for the members that are in it.
		o.Format = ""
		f, _, err = importer.Detect(p.inner, file, o)
	}
	if err == nil {
		x.format, x.skip, x.reason = f, "", ""
		return
	}
	if x.skip == skipAttachment {
		return
	}
	x.skip, x.reason = skipUnrecognised, "no importer recognises it"
	var refused *importer.Refused
	var table *importer.NeedsMapping
	var fault *model.Fault
	switch {
	case errors.As(err, &refused):
		x.skip, x.reason = skipCompanion, refused.Reason
	case errors.As(err, &table):
		x.skip, x.reason = skipMapping, "it is a table that no profile fits"
	case errors.As(err, &fault) && fault.Code != "format_unrecognised":
		x.reason = fault.Params["message"]
	}
}

// knows reports whether a format recognises a file.
func knows(f importer.Format, file importer.File, o importer.Options) bool {
	h, err := importer.ReadHead(file, o)
	return err == nil && f.Detect(h).Score > 0
}

// headOnly is a file of which only the beginning is there; formats judge by
// nothing else.
func headOnly(head []byte, name string) importer.File {
	size := int64(len(head))
	if size == importer.HeadSize {
		size++ // there is more
	}
	return importer.File{Name: name, Size: size, R: bytes.NewReader(head)}
}

// attachments leaves pictures unread where other members hold posts: they belong
// to those.
func (p *plan) attachments() {
	others := false
	for _, m := range p.members {
		others = others || m.nested || (m.format != nil && m.format.Name() != imageFormat)
	}
	for i := range p.members {
		if m := &p.members[i]; others && m.format != nil && m.format.Name() == imageFormat {
			m.format, m.skip, m.reason = nil, skipAttachment, "it is a picture beside posts"
		}
	}
}

// imageFormat is the name of the format that reads pictures.
const imageFormat = "image"

// formats lists the formats of the members that are read, each once. An archive
// in the archive counts as one more.
func (p *plan) formats() []importer.Format {
	var out []importer.Format
	seen := map[string]bool{}
	for _, m := range p.members {
		f := m.format
		if m.nested {
			f = Format{Inner: p.inner}
		}
		if f != nil && !seen[f.Name()] {
			seen[f.Name()] = true
			out = append(out, f)
		}
	}
	return out
}
