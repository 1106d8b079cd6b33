package importer

import (
	"errors"
	"fmt"
	"io"

	"vedette/backend/internal/jsonscan"
)

// Large is a top-level value that is too large to be held in memory. Its
// elements are read from the file again, as often as asked.
type Large struct {
	r  *jsonReader
	it jsonscan.Item
}

// large handles a value above the limit.
func (r *jsonReader) large(it jsonscan.Item) error {
	if err := r.flush(); err != nil {
		return err
	}
	// Elements of a large value are found by their place in the file, which only
	// a file in UTF-8 gives without transcoding from the beginning.
	if r.Large != nil && r.tracker.UTF8() {
		known, err := r.Large(&Large{r: r, it: it})
		if known || err != nil {
			return err
		}
	}
	if err := r.add(it); err != nil {
		return err
	}
	return r.flush()
}

// walk goes through the elements at the paths.
func (l *Large) walk(paths []string, fn func(path string, it jsonscan.Item) error) error {
	from, err := l.r.tracker.Source(l.it.Pos)
	if err != nil {
		return fmt.Errorf("find value at byte %d: %w", l.it.Pos, err)
	}
	sec := io.NewSectionReader(l.r.src.file.R, from, l.it.Length)
	o := jsonscan.Options{MaxRecord: l.r.o.RecordLimit(), Base: l.it.Pos}
	err = jsonscan.Walk(sec, o, paths, func(i int, it jsonscan.Item) error { return fn(paths[i], it) })
	var se *jsonscan.SyntaxError
	if errors.As(err, &se) {
		return se
	}
	if err != nil {
		return fmt.Errorf("read value at byte %d: %w", l.it.Pos, err)
	}
	return nil
}

// Each calls fn for every whole element of the arrays at the paths (keys joined
// by dots), one after another. Elements that cannot be held or read are left
// out: Records tells of them.
func (l *Large) Each(paths []string, fn func(path string, v jsonscan.Value)) error {
	err := l.walk(paths, func(path string, it jsonscan.Item) error {
		if !it.Large && it.Problem == "" {
			fn(path, it.Value)
		}
		return nil
	})
	var se *jsonscan.SyntaxError
	if errors.As(err, &se) {
		return nil
	}
	return err
}

// Records gives every element at the paths to unit as a record, in the order of
// the file, and returns how many there were. A value that ends early or breaks
// off is one further rejection.
func (l *Large) Records(paths []string, unit func(path string, v jsonscan.Value, b *Batch)) (int64, error) {
	var n int64
	last := ""
	flush := func() error {
		path := last
		return l.r.flushWith(func(v jsonscan.Value, b *Batch) { unit(path, v, b) })
	}
	cut := false
	err := l.walk(paths, func(path string, it jsonscan.Item) error {
		if path != last || l.r.size >= group {
			if err := flush(); err != nil {
				return err
			}
			last = path
		}
		n++
		cut = it.Problem == jsonscan.Truncated
		l.r.pending = append(l.r.pending, it)
		l.r.size += int64(len(it.Raw)) + 64
		return nil
	})
	var se *jsonscan.SyntaxError
	broken := errors.As(err, &se)
	if err != nil && !broken {
		return n, err
	}
	if err := flush(); err != nil {
		return n, err
	}
	if !broken || n == 0 || cut {
		return n, nil
	}
	code := RejectBadJSON
	if se.Truncated {
		code = RejectTruncated
	}
	src := l.r.src
	return n, l.r.pipe.Submit(0, l.r.tracker.Done(), func(b *Batch) {
		b.src = src
		b.Reject(jsonscan.Value{Pos: se.Pos}, code, fmt.Sprintf("The list at byte %d breaks off: %v.", l.it.Pos, se))
	})
}
