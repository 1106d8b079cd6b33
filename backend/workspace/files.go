package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"vedette/backend/model"
)

// writeFileAtomic replaces path with b so that a reader sees the old bytes or
// the new ones, never a part.
func writeFileAtomic(path string, b []byte, mode os.FileMode) error {
	return writeAtomic(path, mode, func(w io.Writer) error {
		if _, err := io.Copy(w, bytes.NewReader(b)); err != nil {
			return fmt.Errorf("write: %w", err)
		}
		return nil
	})
}

// writeAtomic lets fill write a temporary file beside path, syncs it and
// renames it into place; on any error path is as it was.
func writeAtomic(path string, mode os.FileMode, fill func(io.Writer) error) (err error) {
	defer func() { err = writeFault(path, err) }()
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreNotExist(os.Remove(f.Name())))
		}
	}()
	if err := fill(f); err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", filepath.Base(path), err), f.Close())
	}
	if err := errors.Join(f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return nil
}

// writeFault says what kept a file from being written, where the system said it.
func writeFault(path string, err error) error {
	if err == nil {
		return nil
	}
	var known *model.Fault
	if errors.As(err, &known) {
		return err
	}
	if isFull(err) {
		return &model.Fault{Code: "disk_full", Params: map[string]string{
			"file": path, "message": fmt.Sprintf("the disk is full; %q was not written", path),
		}, Err: err}
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		return &model.Fault{Code: "file_not_written", Params: map[string]string{
			"file": path, "message": fmt.Sprintf("cannot write %q", path),
		}, Err: err}
	}
	return err
}

// isFull reports whether a disk had no room, or the user no more share of it.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

func ignoreNotExist(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
