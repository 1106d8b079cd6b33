package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// The codes of rejections that the frame gives itself.
const (
	RejectBadJSON   = "bad_json"
	RejectTruncated = "truncated"
	RejectTooLong   = "record_too_long"
	RejectTooDeep   = "too_deep"
	RejectNotJSON   = "not_json"
	RejectNotAPost  = "not_a_post"
	RejectNoID      = "no_id"
)

// headKept is how many bytes of a record that is too long are kept with its
// rejection.
const headKept = 64 << 10

// group is how many bytes of small values are decoded as one piece of work.
const group = 128 << 10

// JSON reads JSON files of any size: lines, arrays, single values and values one
// after another. Unit is called for every top-level value, on several goroutines
// at once; it must give every record in the value to the batch, and no others.
// The value may be cut off (Cut) or malformed inside.
type JSON struct {
	Unit func(v jsonscan.Value, b *Batch)
	// Large, when set, is called for a top-level value above Options.MaxRecord.
	// Its elements can be reached one by one. It returns false when there is
	// nothing in it that the format knows: then the value is rejected as a whole.
	Large func(l *Large) (bool, error)
}

// source is the file that a batch's records are byte ranges of.
type source struct {
	file    File
	tracker *text.Tracker
	utf8    bool
}

// Read reads the file and hands its records to the sink.
func (j JSON) Read(ctx context.Context, f File, o Options, s Sink) error {
	head := make([]byte, min(f.Size, HeadSize))
	if n, err := f.R.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read %s: %w", f.Name, err)
	} else {
		head = head[:n]
	}
	enc, err := text.Detect(head, o.Encoding)
	if err != nil {
		return fmt.Errorf("read %s: %w", f.Name, err)
	}
	if enc.Basis == text.BasisGuessed {
		s.Assume("encoding", enc.Name)
	}
	tr := text.NewTracker(f.R, f.Size, enc)
	r := &jsonReader{
		JSON: j, o: o, tracker: tr,
		src: source{file: f, tracker: tr, utf8: enc.IsUTF8()},
	}
	r.pipe = NewPipeline(ctx, s, o)
	err = r.scan()
	return errors.Join(err, r.closeUnless(err))
}

// jsonReader is one reading of one file.
type jsonReader struct {
	JSON
	o       Options
	src     source
	tracker *text.Tracker
	pipe    *Pipeline
	pending []jsonscan.Item
	size    int64
}

// closeUnless stops the pipeline and returns its reason, unless err says it already.
func (r *jsonReader) closeUnless(err error) error {
	closed := r.pipe.Close()
	if err != nil && closed != nil && err.Error() == closed.Error() {
		return nil
	}
	return closed
}

func (r *jsonReader) scan() error {
	sc := jsonscan.NewScanner(r.tracker, jsonscan.Options{MaxRecord: r.o.RecordLimit(), Base: r.tracker.Base()})
	for {
		it, err := sc.Next()
		if errors.Is(err, io.EOF) {
			return r.flush()
		}
		if err != nil {
			return errors.Join(r.flush(), fmt.Errorf("read %s: %w", r.src.file.Name, err))
		}
		if it.Large && it.Problem != jsonscan.NotJSON {
			err = r.large(it)
		} else {
			err = r.add(it)
		}
		if err != nil {
			return err
		}
	}
}

// add puts an item into the current group.
func (r *jsonReader) add(it jsonscan.Item) error {
	r.pending = append(r.pending, it)
	r.size += int64(len(it.Raw)) + 64
	if r.size < group {
		return nil
	}
	return r.flush()
}

func (r *jsonReader) flush() error { return r.flushWith(r.Unit) }

func (r *jsonReader) flushWith(unit func(jsonscan.Value, *Batch)) error {
	if len(r.pending) == 0 {
		return nil
	}
	items, src, limit := r.pending, r.src, r.o.RecordLimit()
	size := r.size
	r.pending, r.size = nil, 0
	return r.pipe.Submit(size, r.tracker.Done(), func(b *Batch) {
		b.src = src
		for i := range items {
			b.item(&items[i], limit, unit)
		}
	})
}

// item gives one item to the format, or rejects what is wrong as a whole. One
// that is nested too deeply is for the format: there may be records in it that
// are not.
func (b *Batch) item(it *jsonscan.Item, limit int64, unit func(jsonscan.Value, *Batch)) {
	switch {
	case it.Large:
		b.rejectLarge(it, limit)
	case it.Problem == jsonscan.NotJSON:
		b.Reject(it.Value, RejectNotJSON, fmt.Sprintf("The text at byte %d is not JSON.", it.Pos))
	case it.Problem == jsonscan.Broken:
		b.Reject(it.Value, RejectBadJSON, fmt.Sprintf("The record at byte %d is broken: its quotes or brackets do not match at byte %d.", it.Pos, it.At))
	case it.Length == 0:
		b.Reject(it.Value, RejectTruncated, fmt.Sprintf("The file ends at byte %d before its list is closed.", it.Pos))
	default:
		unit(it.Indexed(), b)
	}
}

func (b *Batch) rejectLarge(it *jsonscan.Item, limit int64) {
	v := jsonscan.Value{Pos: it.Pos}
	kept := min(it.Length, headKept)
	b.record(v, kept, nil, &model.Reject{Code: RejectTooLong, Reason: fmt.Sprintf(
		"The record at byte %d is %d bytes long; the limit is %d. Its first %d bytes are kept.", it.Pos, it.Length, limit, kept)})
}

// Post adds an accepted post whose record is v.
func (b *Batch) Post(v jsonscan.Value, p *model.Post) { b.record(v, int64(len(v.Raw)), p, nil) }

// Reject adds a rejection of the record v. Of a long one its first bytes are kept:
// records inside of it may have been read, and must not be kept once more for
// every level.
func (b *Batch) Reject(v jsonscan.Value, code, reason string) {
	if n := len(v.Raw); n > headKept {
		k := headKept
		for k > 0 && !utf8.RuneStart(v.Raw[k]) {
			k--
		}
		v.Raw = v.Raw[:k]
		reason += fmt.Sprintf(" Its first %d of %d bytes are kept.", k, n)
	}
	b.record(v, int64(len(v.Raw)), nil, &model.Reject{Code: code, Reason: text.Clean(reason)})
}

// Valid reports whether v is well-formed. Asked about a whole value first, it
// knows about everything inside without reading again.
func (b *Batch) Valid(v jsonscan.Value) bool { return b.checker.Check(v) == nil }

// Check reports whether v is well-formed, and rejects it otherwise.
func (b *Batch) Check(v jsonscan.Value) bool {
	err := b.checker.Check(v)
	if err == nil {
		return true
	}
	code := RejectBadJSON
	var se *jsonscan.SyntaxError
	if errors.As(err, &se) {
		switch {
		case se.Truncated:
			code = RejectTruncated
		case se.TooDeep:
			code = RejectTooDeep
		}
	}
	b.Reject(v, code, fmt.Sprintf("The record at byte %d cannot be read: %v.", v.Pos, err))
	return false
}

// record adds a record for length bytes of the transcoded stream at v.
func (b *Batch) record(v jsonscan.Value, length int64, p *model.Post, rej *model.Reject) {
	r := model.Record{Post: p, Reject: rej, Raw: v.Raw, Locator: model.Locator{Offset: v.Pos, Length: length}}
	if length == 0 {
		r.Locator = model.Locator{Item: fmt.Sprintf("byte %d", v.Pos)}
	} else if !b.src.utf8 || int64(len(v.Raw)) != length {
		b.locate(&r, v, length)
	}
	b.records = append(b.records, r)
}

// locate turns a range of the transcoded stream into one of the file and reads
// its bytes as stored. Where the character set does not allow that, the record
// is an item with its transcoded bytes.
func (b *Batch) locate(r *model.Record, v jsonscan.Value, length int64) {
	s := &b.src
	if !s.tracker.Exact() {
		r.Locator = model.Locator{Item: fmt.Sprintf("utf-8 bytes %d+%d", v.Pos, length)}
		if int64(len(v.Raw)) == length {
			return
		}
		// Only the rejection of a record that is too long has no bytes here.
		r.Raw = []byte(r.Reject.Reason)
		return
	}
	from, err := s.tracker.Source(v.Pos)
	to, err2 := s.tracker.Source(v.Pos + length)
	if err = errors.Join(err, err2); err != nil {
		b.Fail(fmt.Errorf("find record in %s: %w", s.file.Name, err))
		return
	}
	to = min(to, s.file.Size)
	raw := make([]byte, max(to-from, 0))
	if _, err := s.file.R.ReadAt(raw, from); err != nil && !errors.Is(err, io.EOF) {
		b.Fail(fmt.Errorf("read record in %s: %w", s.file.Name, err))
		return
	}
	r.Raw, r.Locator = raw, model.Locator{Offset: from, Length: to - from}
}
