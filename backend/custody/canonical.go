package custody

import (
	"encoding/binary"
	"math"
	"slices"

	"vedette/backend/model"
)

// ItemTag begins every item commitment, so that no other hash can pass for one.
const ItemTag = "item1"

// The canonical encoding of a post is the tag "post1" followed by three parts:
// AppendCore, AppendProfile and AppendSeen. Within
// a part the fields stand in the order of the model's declarations:
//
//   - text: length as an unsigned varint, then the bytes as they are;
//   - a list: number of elements as an unsigned varint, then the elements;
//   - a count: 0 when missing, else 1 and the number as a signed varint;
//   - an instant: 0 when no time is known, else 1, Unix seconds as a signed
//     varint and nanoseconds as an unsigned one; then original and zone as text;
//   - a truth value: one byte; Verified: 0 unknown, 1 no, 2 yes;
//   - a real number: its IEEE 754 bits, big endian; −0 and NaN are encoded as 0.
//
// Where an attachment has a perceptual hash, the first part begins with the bytes
// 80 00, which no length is written as, and every attachment has a fifth text.
// So posts without one are encoded as they were before there were any.
//
// Every part is self-delimiting, so that two different posts cannot have the
// same encoding. A nil list and an empty one are the same post.
const postTag = "post1"

const rejectTag = "reject1"

// Canonical returns the deterministic encoding of every field of a post.
func Canonical(p *model.Post) []byte {
	b := make([]byte, 0, sizeHint(p))
	b = append(b, postTag...)
	b = AppendCore(b, p)
	b = AppendProfile(b, &p.Author)
	return AppendSeen(b, p)
}

// CanonicalWithCore is Canonical of a post whose core part is given as bytes:
// the core of p itself is not read.
func CanonicalWithCore(core []byte, p *model.Post) []byte {
	b := make([]byte, 0, len(postTag)+len(core)+512)
	b = append(b, postTag...)
	b = append(b, core...)
	b = AppendProfile(b, &p.Author)
	return AppendSeen(b, p)
}

// CanonicalReject returns the deterministic encoding of a rejection.
func CanonicalReject(r *model.Reject) []byte {
	b := make([]byte, 0, len(rejectTag)+len(r.Code)+len(r.Reason)+8)
	b = append(b, rejectTag...)
	b = appendText(b, r.Code)
	return appendText(b, r.Reason)
}

// AppendCore appends the part of a post that is expected to be the same
// whenever it is seen again: all but author, counts and capture time.
func AppendCore(b []byte, p *model.Post) []byte {
	hashed := slices.ContainsFunc(p.Media, func(m model.Media) bool { return m.PHash != "" })
	if hashed {
		b = append(b, 0x80, 0)
	}
	b = appendText(b, p.Platform)
	b = appendText(b, p.NativeID)
	b = appendText(b, string(p.Kind))
	b = appendText(b, string(p.PageType))
	b = appendText(b, p.Title)
	b = appendText(b, p.Text)
	b = appendText(b, p.URL)
	b = appendText(b, p.PlatformLang)
	b = appendInstant(b, p.Created)
	b = appendInstant(b, p.Edited)
	b = appendText(b, p.Refs.ReplyTo)
	b = appendText(b, p.Refs.RepostOf)
	b = appendText(b, p.Refs.QuoteOf)
	b = appendText(b, p.Refs.Thread)
	b = binary.AppendUvarint(b, uint64(len(p.Hashtags)))
	for _, h := range p.Hashtags {
		b = appendText(b, h)
	}
	b = binary.AppendUvarint(b, uint64(len(p.Mentions)))
	for _, m := range p.Mentions {
		b = appendText(appendText(b, m.Handle), m.AccountID)
	}
	b = binary.AppendUvarint(b, uint64(len(p.Links)))
	for _, l := range p.Links {
		b = appendText(appendText(b, l.URL), l.Title)
	}
	b = binary.AppendUvarint(b, uint64(len(p.Media)))
	for _, m := range p.Media {
		b = appendText(appendText(appendText(appendText(b, m.Type), m.URL), m.Alt), m.SHA256)
		if hashed {
			b = appendText(b, m.PHash)
		}
	}
	b = appendPlace(b, p.Place)
	return appendText(b, string(p.Visibility))
}

// AppendProfile appends the slow-changing part of an account: all but its
// follower, following and post counts.
func AppendProfile(b []byte, a *model.Account) []byte {
	b = appendText(b, a.Platform)
	b = appendText(b, a.NativeID)
	b = appendText(b, a.Handle)
	b = appendText(b, a.Name)
	b = appendText(b, a.Description)
	b = appendText(b, a.URL)
	b = appendInstant(b, a.Created)
	switch {
	case a.Verified == nil:
		b = append(b, 0)
	case *a.Verified:
		b = append(b, 2)
	default:
		b = append(b, 1)
	}
	b = appendBool(b, a.DeclaredBot)
	b = appendPlace(b, a.Place)
	b = appendText(appendText(b, a.Gender.Value), string(a.Gender.Provenance))
	return appendText(appendText(b, a.Age.Value), string(a.Age.Provenance))
}

// AppendSeen appends the part of a post that belongs to one sighting: the
// author's counts, the post's counts and when they were true.
func AppendSeen(b []byte, p *model.Post) []byte {
	for _, c := range [...]model.Count{
		p.Author.Followers, p.Author.Following, p.Author.Posts,
		p.Counts.Likes, p.Counts.Comments, p.Counts.Shares, p.Counts.Views,
	} {
		b = appendCount(b, c)
	}
	return appendInstant(b, p.CapturedAt)
}

func sizeHint(p *model.Post) int {
	n := 320 + len(p.Text) + len(p.Title) + len(p.URL) + len(p.Author.Description) + len(p.Author.URL)
	return n + 24*len(p.Hashtags) + 40*len(p.Mentions) + 120*len(p.Links) + 160*len(p.Media)
}

func appendText(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

func appendBool(b []byte, v bool) []byte {
	if v {
		return append(b, 1)
	}
	return append(b, 0)
}

func appendCount(b []byte, c model.Count) []byte {
	n, ok := c.Value()
	if !ok {
		return append(b, 0)
	}
	return binary.AppendVarint(append(b, 1), n)
}

func appendInstant(b []byte, i model.Instant) []byte {
	if i.Time.IsZero() {
		b = append(b, 0)
	} else {
		b = binary.AppendVarint(append(b, 1), i.Time.Unix())
		b = binary.AppendUvarint(b, uint64(i.Time.Nanosecond()))
	}
	b = appendText(b, i.Original)
	return appendText(b, string(i.Zone))
}

func appendPlace(b []byte, p model.Place) []byte {
	b = appendText(b, p.Name)
	b = appendText(b, p.Country)
	b = appendReal(b, p.Lat)
	b = appendReal(b, p.Lon)
	b = appendBool(b, p.HasPoint)
	return appendText(b, string(p.Provenance))
}

func appendReal(b []byte, f float64) []byte {
	if f == 0 || math.IsNaN(f) {
		f = 0
	}
	return binary.BigEndian.AppendUint64(b, math.Float64bits(f))
}
