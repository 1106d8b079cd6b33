package bundle

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/archive"
	"vedette/backend/model"
)

// maxDepth is how many archives may lie in each other.
const maxDepth = 3

// depthKey carries how deep in archives the reading is.
type depthKey struct{}

// read reads the members in order.
func (p *plan) read(ctx context.Context, file importer.File, o importer.Options, s importer.Sink) error {
	told := &summary{}
	a, err := archive.New(file.R, file.Size, file.Name)
	if err == nil {
		r := &reading{plan: p, file: file, o: o, s: s, told: told}
		defer r.close()
		i := 0
		err = a.Walk(func(m archive.Member, body io.Reader) error {
			if err := ctx.Err(); err != nil {
				return &stopped{fmt.Errorf("read %s: %w", m.Path, err)}
			}
			if i >= len(p.members) || p.members[i].path != m.Path {
				return &stopped{fmt.Errorf("read %s: the archive has changed", file.Name)}
			}
			i++
			return r.member(ctx, &p.members[i-1], m, body)
		})
	}
	var stop *stopped
	if errors.As(err, &stop) {
		return stop.error
	}
	told.tell(s)
	if err != nil {
		return reject(s, "", "archive_damaged", fmt.Sprintf("The archive cannot be read on: %v.", err))
	}
	s.Offset(file.Size)
	return nil
}

// stopped carries an error that ends the whole reading through the walk.
type stopped struct{ error }

// reading is one reading of one archive.
type reading struct {
	*plan
	file  importer.File
	o     importer.Options
	s     importer.Sink
	told  *summary
	start int64 // of the archive's bytes done before the current member
	kept  companions
}

func (r *reading) close() { r.kept.close() }

// member reads one member, or says why not.
func (r *reading) member(ctx context.Context, x *member, m archive.Member, body io.Reader) error {
	defer func() { r.start = max(r.start, m.Packed) }()
	defer r.kept.trim()
	switch x.skip {
	case skipCompanion, skipAttachment, skipEmpty:
		r.told.add(x.skip, x.path)
		r.s.Offset(max(r.start, m.Packed))
		return nil
	case "":
	default:
		r.told.add(x.skip, x.path)
		return stop(reject(r.s, x.path, x.skip, fmt.Sprintf("The member %q is not read: %s.", x.path, strings.TrimSuffix(x.reason, "."))))
	}
	if r.o.Look > 0 {
		body = io.LimitReader(body, r.o.Look)
	}
	spool, cut := archive.NewSpool(body, r.o.Scratch)
	defer func() { _ = spool.Close() }() // room that is given back; the records are what counts
	if errors.Is(cut, archive.ErrBomb) {
		return stop(reject(r.s, x.path, "archive_bomb", fmt.Sprintf("The member %q is not read: %v.", x.path, cut)))
	}
	f := importer.File{Name: x.path, Size: spool.Size(), R: spool, Beside: r.beside(x.path)}
	if err := r.hand(ctx, x, m, f); err != nil {
		return err
	}
	if cut != nil {
		return stop(reject(r.s, x.path, "member_damaged", fmt.Sprintf("The member %q breaks off after %d bytes: %v.", x.path, spool.Size(), cut)))
	}
	return nil
}

// hand lets the member's format read it.
func (r *reading) hand(ctx context.Context, x *member, m archive.Member, f importer.File) error {
	if f.Size == 0 {
		return nil
	}
	format := x.format
	if x.nested {
		depth, _ := ctx.Value(depthKey{}).(int)
		if depth+1 >= maxDepth {
			return stop(reject(r.s, x.path, "archive_too_deep", fmt.Sprintf("The member %q is an archive inside %d others.", x.path, depth+1)))
		}
		ctx = context.WithValue(ctx, depthKey{}, depth+1)
		format = Format{Inner: r.inner}
	}
	r.told.add("read", x.path)
	sink := &memberSink{Sink: r.s, path: x.path, nested: x.nested, from: r.start, to: max(m.Packed, r.start), size: f.Size}
	if err := format.Read(ctx, f, r.o, sink); err != nil {
		if sink.failed || ctx.Err() != nil {
			return &stopped{fmt.Errorf("read %s: %w", x.path, err)}
		}
		return stop(reject(r.s, x.path, skipUnreadable, fmt.Sprintf("The member %q cannot be read on: %v.", x.path, err)))
	}
	return nil
}

// stop makes an error of the sink end the walk.
func stop(err error) error {
	if err != nil {
		return &stopped{err}
	}
	return nil
}

// reject hands on a rejection of a member, or of the archive.
func reject(s importer.Sink, path, code, reason string) error {
	if err := s.Record(model.Record{
		Raw: []byte(reason), Locator: model.Locator{Item: "member " + path},
		Reject: &model.Reject{Code: code, Reason: reason},
	}); err != nil {
		return fmt.Errorf("keep record: %w", err)
	}
	return nil
}
