package bundle

import (
	"path"

	"vedette/backend/importer"
	"vedette/backend/internal/archive"
)

// maxCompanion is the largest file beside another one that is unpacked for it,
// in bytes.
const maxCompanion = 32 << 20

// companions are the files beside others that were unpacked, by path: they are
// asked for again by every member of the same kind.
type companions struct {
	byPath map[string]*archive.Spool
	bytes  int64
}

// trim gives back room between members when too much is held.
func (c *companions) trim() {
	if c.bytes > maxCompanion {
		c.close()
	}
}

func (c *companions) close() {
	for _, s := range c.byPath {
		_ = s.Close() // room that is given back
	}
	c.byPath, c.bytes = nil, 0
}

// beside finds members by their path relative to the folder of one of them.
func (r *reading) beside(from string) func(string) (importer.File, bool) {
	return func(rel string) (importer.File, bool) {
		p := path.Join(path.Dir(from), rel)
		i, ok := r.byPath[p]
		if !ok || r.members[i].skip == skipUnreadable {
			return importer.File{}, false
		}
		if s, ok := r.kept.byPath[p]; ok {
			return importer.File{Name: p, Size: s.Size(), R: s}, true
		}
		s, ok := r.unpack(p)
		if !ok {
			return importer.File{}, false
		}
		if r.kept.byPath == nil {
			r.kept.byPath = map[string]*archive.Spool{}
		}
		r.kept.byPath[p] = s
		r.kept.bytes += s.Size()
		return importer.File{Name: p, Size: s.Size(), R: s}, true
	}
}

// unpack unpacks a companion.
func (r *reading) unpack(p string) (*archive.Spool, bool) {
	body, err := archive.Open(r.file.R, r.file.Size, p, r.o.Scratch)
	if err != nil {
		return nil, false
	}
	s, err := archive.NewSpool(archive.Limit(body, maxCompanion), r.o.Scratch)
	if cerr := body.Close(); err != nil || cerr != nil || s.Size() > maxCompanion {
		_ = s.Close() // nothing was read of it
		return nil, false
	}
	return s, true
}
