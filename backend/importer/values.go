package importer

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// RFC 3339 covers the years 0 to 9999; instants outside of the years 1 to 9999
// are not believed.
const (
	minUnix = -62135596800
	maxUnix = 253402300799
)

// Stated reads an instant in RFC 3339 that states its zone. One that cannot be
// read keeps what the source wrote, without a time.
func Stated(s string) model.Instant {
	if s == "" {
		return model.Instant{}
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || t.Unix() < minUnix || t.Unix() > maxUnix {
		return model.Instant{Original: s}
	}
	return model.Instant{Time: t.UTC(), Original: s, Zone: model.ZoneStated}
}

// Epoch reads seconds since 1970, whole or with a fraction, written as a number
// or a string. It gives the zero Instant for anything else that is not a number,
// and keeps only the original of a number that is no believable time.
func Epoch(v jsonscan.Value) model.Instant {
	s := v.Text()
	f, ok := v.Float()
	if !ok {
		return model.Instant{}
	}
	if math.IsNaN(f) || f < minUnix || f > maxUnix {
		return model.Instant{Original: s}
	}
	whole, frac, _ := strings.Cut(s, ".")
	sec, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || strings.ContainsAny(s, "eE") { // written with an exponent
		sec, frac = int64(math.Floor(f)), ""
	}
	ns, err := strconv.ParseInt((frac + "000000000")[:9], 10, 64)
	if err != nil {
		ns = 0
	}
	if strings.HasPrefix(whole, "-") {
		ns = -ns
	}
	return model.Instant{Time: time.Unix(sec, ns).UTC(), Original: s, Zone: model.ZoneStated}
}

// Count reads a count; anything that is not a whole number is missing.
func Count(v jsonscan.Value) model.Count {
	if n, ok := v.Int(); ok {
		return model.Known(n)
	}
	return model.Count{}
}

// Len is how many records the batch holds.
func (b *Batch) Len() int { return len(b.records) }

// Rest rejects what is left of a value that broke off after the first records of
// it were read; before is what Len was when it began. When nothing was read of
// it, the whole value is rejected; when its last record was rejected already,
// that says it.
func (b *Batch) Rest(v jsonscan.Value, before int) {
	if b.Len() == before {
		if b.Check(v) {
			b.Reject(v, RejectBadJSON, fmt.Sprintf("The value at byte %d cannot be read.", v.Pos))
		}
		return
	}
	last := &b.records[b.Len()-1]
	if last.Reject != nil && (last.Reject.Code == RejectTruncated || last.Reject.Code == RejectBadJSON) {
		return
	}
	// The place where it breaks off is not a record: it has no bytes of its own.
	if err := b.checker.Check(v); err != nil {
		code := RejectBadJSON
		if v.Cut {
			code = RejectTruncated
		}
		b.Reject(jsonscan.Value{Pos: v.Pos + int64(len(v.Raw))}, code, fmt.Sprintf("The list that begins at byte %d breaks off: %v.", v.Pos, err))
	}
}

// Local reads an instant in the form of ISO 8601, with its zone when it states
// one. Otherwise the zone is the one that the analyst chose, or UTC, assumed.
func Local(s string, o Options) model.Instant {
	i := Stated(s)
	if s == "" || !i.Time.IsZero() {
		return i
	}
	zone, basis := time.UTC, model.ZoneAssumed
	if o.Zone != nil {
		zone, basis = o.Zone, model.ZoneChosen
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05"} {
		t, err := time.ParseInLocation(layout, s, zone)
		if err == nil && t.Unix() >= minUnix && t.Unix() <= maxUnix {
			return model.Instant{Time: t.UTC(), Original: s, Zone: basis}
		}
	}
	return i
}
