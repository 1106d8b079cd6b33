package search

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// copyTries is how often OpenShared copies the list of segments when the owner
// changes it meanwhile.
const copyTries = 5

// OpenShared opens, for reading only, an index that another process has open
// (OpenIndex gave ErrInUse). It works on a snapshot in a new folder below tmp,
// which Close removes: the segments are linked, for they never change, or copied
// where they cannot be; only the short list of segments is always copied.
// Posts that the owner adds later are not seen; Add fails.
func OpenShared(dir, tmp string) (*Index, error) {
	m, err := readManifest(dir)
	// The owner may be writing: then Bleve's own watermark counts.
	if err != nil && !m.Dirty {
		return nil, fmt.Errorf("open shared index: %w", err)
	}
	for range copyTries {
		var ix *Index
		if ix, err = openSnapshot(dir, tmp, m); err == nil {
			return ix, nil
		}
	}
	return nil, fmt.Errorf("open shared index: %w", err)
}

func openSnapshot(dir, tmp string, m manifest) (ix *Index, err error) {
	own, err := os.MkdirTemp(tmp, "vedette-index-")
	if err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(own))
		}
	}()
	if err := os.Mkdir(storePath(own), 0o700); err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	// Segments before and after the list: one that a merge removes in between is
	// held by the first round, one that it adds is found by the second.
	if err := takeSegments(dir, own); err != nil {
		return nil, err
	}
	if err := copyFile(filepath.Join(storePath(dir), "root.bolt"), filepath.Join(storePath(own), "root.bolt")); err != nil {
		return nil, err
	}
	if err := takeSegments(dir, own); err != nil {
		return nil, err
	}
	if err := checkBolt(own); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRebuild, err)
	}
	if ix, err = openStore(own, m, true); err != nil {
		return nil, err
	}
	ix.temporary = true
	err = ix.read(func(s *snapshot) error {
		ix.state.Watermark = s.watermark
		ix.mark.Store(s.watermark)
		return ix.checkSnapshot(s)
	})
	if err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	return ix, nil
}

// takeSegments links every segment file that is not there yet.
func takeSegments(from, to string) error {
	paths, err := filepath.Glob(filepath.Join(storePath(from), "*.zap"))
	if err != nil {
		return fmt.Errorf("list segments: %w", err)
	}
	for _, path := range paths {
		target := filepath.Join(storePath(to), filepath.Base(path))
		err := os.Link(path, target)
		if err == nil || errors.Is(err, os.ErrExist) || errors.Is(err, os.ErrNotExist) {
			continue // linked, or just removed by a merge
		}
		if err := copyFile(path, target); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("copy index: %w", err)
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("copy index: %w", err)
	}
	_, err = io.Copy(out, in)
	if err := errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("copy index: %w", err)
	}
	return nil
}
