// Package chats holds what the readers of chats, mail and comments share: lists
// of messages in JSON, ids made from content, kinds of attachments, and the place
// of a piece of text in its file.
package chats

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
	"time"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// List gives every element of a list inside of the value v to one, and rejects
// those that are malformed, and the place where the list breaks off.
func List(v, list jsonscan.Value, b *importer.Batch, one func(m jsonscan.Value)) {
	Each(v, list, b, func(m jsonscan.Value) {
		if b.Check(m) {
			one(m)
		}
	})
}

// Each is List for elements with several records in them: one has to check those
// itself, and what is left of an element that breaks off is told by Batch.Rest.
func Each(v, list jsonscan.Value, b *importer.Batch, one func(m jsonscan.Value)) {
	before := b.Len()
	b.Valid(v)
	it := list.Array()
	for it.Next() {
		one(it.Value)
	}
	if it.Broken || v.Cut {
		b.Rest(v, before)
	}
}

// First is the first value of a file as far as its beginning shows it, which may
// be cut off. What a chat says of itself stands before its messages.
func First(f importer.File, o importer.Options) (jsonscan.Value, error) {
	head, err := importer.ReadHead(f, o)
	if err != nil {
		return jsonscan.Value{}, fmt.Errorf("read the beginning of %s: %w", f.Name, err)
	}
	if values := jsonscan.Sniff(head.Text, 1); len(values) > 0 {
		return values[0], nil
	}
	return jsonscan.Value{}, nil
}

// Sum adds the counts of a list up, such as those of reactions; without a list it
// is missing.
func Sum(v jsonscan.Value, key string) model.Count {
	if v.Kind() != '[' {
		return model.Count{}
	}
	var n int64
	for it := v.Array(); it.Next(); {
		c, _ := it.Value.Get(key).Int()
		n += c
	}
	return model.Known(n)
}

// Reading is what reading a chat in JSON takes beside the record: the options,
// and whether a zone had to be assumed.
type Reading struct{ Options importer.Options }

// Time reads an instant written in ISO 8601, with or without a zone, and notes
// when the zone was assumed.
func (r Reading) Time(s string, b *importer.Batch) model.Instant {
	in := importer.Local(s, r.Options)
	if in.Zone == model.ZoneAssumed {
		b.Assume("zone", "UTC")
	}
	return in
}

// Zone is the zone for instants that state none, and how it is known.
func Zone(o importer.Options) (*time.Location, model.ZoneBasis) {
	if o.Zone != nil {
		return o.Zone, model.ZoneChosen
	}
	return time.UTC, model.ZoneAssumed
}

// ID makes a stable id of what a record says: the first 16 bytes of the SHA-256
// over its parts, each with its length before it, in hexadecimal digits.
func ID(parts ...string) string {
	h := sha256.New()
	var n [8]byte
	for _, s := range parts {
		binary.BigEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// MediaType says what an attachment is by its MIME type, else by the end of its
// name: image, video, audio or file.
func MediaType(mime, name string) string {
	switch kind, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(mime)), "/"); kind {
	case "image", "video", "audio":
		return kind
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".bmp", ".tif", ".tiff", ".svg", ".avif":
		return "image"
	case ".mp4", ".mov", ".3gp", ".webm", ".avi", ".mkv", ".m4v":
		return "video"
	case ".opus", ".ogg", ".oga", ".mp3", ".m4a", ".aac", ".wav", ".amr", ".flac":
		return "audio"
	}
	return "file"
}
