package workspace

import (
	"context"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"

	"vedette/backend/importer"
	"vedette/backend/model"
)

// neighbours finds the files beside one that is being read, and closes them when
// it has been.
type neighbours struct {
	opened []io.Closer
	find   func(rel string) (io.ReaderAt, io.Closer, int64, error)
}

// beside is what an importer.File asks.
func (n *neighbours) beside(rel string) (importer.File, bool) {
	r, c, size, err := n.find(rel)
	if err != nil {
		return importer.File{}, false // what cannot be read is not there
	}
	n.opened = append(n.opened, c)
	return importer.File{Name: rel, Size: size, R: r}, true
}

// Close closes what was opened.
func (n *neighbours) Close() error {
	var err error
	for _, c := range n.opened {
		err = errors.Join(err, c.Close())
	}
	n.opened = nil
	return err
}

// inFolder finds files beside one in a folder that is being imported, and never
// outside of that folder, whatever a path or a link says.
func inFolder(in inputFile) *neighbours {
	return &neighbours{find: func(rel string) (io.ReaderAt, io.Closer, int64, error) {
		from, err := filepath.Rel(in.root, filepath.Dir(in.path))
		if err != nil {
			return nil, nil, 0, err //nolint:wrapcheck // only tells that there is none
		}
		root, err := os.OpenRoot(in.root)
		if err != nil {
			return nil, nil, 0, err //nolint:wrapcheck // only tells that there is none
		}
		defer func() { _ = root.Close() }() // the file stays open without it
		f, err := root.Open(filepath.Join(from, filepath.FromSlash(rel)))
		if err != nil {
			return nil, nil, 0, err //nolint:wrapcheck // only tells that there is none
		}
		info, err := f.Stat()
		if err != nil || !info.Mode().IsRegular() {
			return nil, nil, 0, errors.Join(os.ErrNotExist, err, f.Close())
		}
		return f, f, info.Size(), nil
	}}
}

// inCase finds the evidence of files that were imported from beside one, by the
// names that they had.
func (s *Session) inCase(ctx context.Context, name string) *neighbours {
	return &neighbours{find: func(rel string) (io.ReaderAt, io.Closer, int64, error) {
		all, err := s.Batches(ctx)
		if err != nil {
			return nil, nil, 0, err
		}
		want := path.Join(path.Dir(name), rel)
		var found model.Batch
		for _, b := range all {
			if b.File == want && b.Container != "" {
				found = b
			}
		}
		if found.ID == 0 || path.Dir(name) == "." {
			return nil, nil, 0, os.ErrNotExist
		}
		c, err := s.c.OpenContainer(ctx, found.Container)
		if err != nil {
			return nil, nil, 0, err //nolint:wrapcheck // only tells that there is none
		}
		return c, c, c.Size(), nil
	}}
}
