package custody

import (
	"encoding/binary"
	"errors"
	"math"
	"time"

	"vedette/backend/model"
)

var errCore = errors.New("not the canonical core of a post")

// ParseCore reads what AppendCore wrote. What it reads encodes to the same bytes
// again; anything else is an error.
func ParseCore(b []byte) (model.Post, error) {
	r := &coreReader{b: b}
	var p model.Post
	hashed := len(b) > 1 && b[0] == 0x80 && b[1] == 0
	if hashed {
		r.b = b[2:]
	}
	p.Platform, p.NativeID = r.text(), r.text()
	p.Kind, p.PageType = model.Kind(r.text()), model.PageType(r.text())
	p.Title, p.Text, p.URL, p.PlatformLang = r.text(), r.text(), r.text(), r.text()
	p.Created, p.Edited = r.instant(), r.instant()
	p.Refs = model.Refs{ReplyTo: r.text(), RepostOf: r.text(), QuoteOf: r.text(), Thread: r.text()}
	for range r.length() {
		p.Hashtags = append(p.Hashtags, r.text())
	}
	for range r.length() {
		p.Mentions = append(p.Mentions, model.Mention{Handle: r.text(), AccountID: r.text()})
	}
	for range r.length() {
		p.Links = append(p.Links, model.Link{URL: r.text(), Title: r.text()})
	}
	for range r.length() {
		m := model.Media{Type: r.text(), URL: r.text(), Alt: r.text(), SHA256: r.text()}
		if hashed {
			m.PHash = r.text()
		}
		p.Media = append(p.Media, m)
	}
	p.Place = r.place()
	p.Visibility = model.Visibility(r.text())
	if r.bad || len(r.b) > 0 {
		return model.Post{}, errCore
	}
	return p, nil
}

// coreReader takes fields off the front. After the first that is not there it
// gives zero values.
type coreReader struct {
	b   []byte
	bad bool
}

func (r *coreReader) fail() { r.b, r.bad = nil, true }

func (r *coreReader) uvarint() uint64 {
	n, k := binary.Uvarint(r.b)
	if k <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[k:]
	return n
}

// length is a number of bytes or elements, of which each takes a byte at least.
func (r *coreReader) length() int {
	n := r.uvarint()
	if n > uint64(len(r.b)) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *coreReader) text() string {
	n := r.length()
	s := string(r.b[:n])
	r.b = r.b[n:]
	return s
}

func (r *coreReader) byte() byte {
	if len(r.b) == 0 {
		r.fail()
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

func (r *coreReader) instant() model.Instant {
	var i model.Instant
	if r.byte() == 1 {
		sec, k := binary.Varint(r.b)
		if k <= 0 {
			r.fail()
			return i
		}
		r.b = r.b[k:]
		i.Time = time.Unix(sec, int64(r.uvarint()%1e9)).UTC()
	}
	i.Original, i.Zone = r.text(), model.ZoneBasis(r.text())
	return i
}

func (r *coreReader) float() float64 {
	if len(r.b) < 8 {
		r.fail()
		return 0
	}
	f := math.Float64frombits(binary.BigEndian.Uint64(r.b))
	r.b = r.b[8:]
	return f
}

func (r *coreReader) place() model.Place {
	return model.Place{
		Name: r.text(), Country: r.text(), Lat: r.float(), Lon: r.float(), HasPoint: r.byte() == 1,
		Provenance: model.Provenance(r.text()),
	}
}
