package workspace

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"vedette/backend/model"
)

// Why a path was passed over; codes of SkippedFile.
const (
	SkipLink       = "symbolic_link"
	SkipSpecial    = "not_a_file"
	SkipUnreadable = "unreadable"
	SkipOwnCase    = "own_case"
)

// SkippedFile is something found in a folder, or named, that was not taken in:
// there is no evidence of it in the case. Code is one of the Skip constants.
type SkippedFile struct {
	File   string `json:"file"`
	Code   string `json:"code"`
	Reason string `json:"reason"`
}

// inputFile is one file to import: where it is, the name it keeps in the case, and
// the folder that it was found in, when it was not named itself.
type inputFile struct{ path, name, root string }

// inputs are the files that an import takes in, and what it passes over.
type inputs struct {
	home    string      // the case's own folder, resolved
	homeDir fs.FileInfo // the same, to recognise it under another name
	files   []inputFile
	skipped []SkippedFile
}

// expand lists the regular files under the paths, folders in name order.
// Symbolic links inside folders are not followed, and neither special files nor
// the case's own folder are read: each is told as skipped. A path that was named
// itself must be a file or a folder outside of the case.
func (s *Session) expand(paths []string) (*inputs, error) {
	in := &inputs{}
	var err error
	if in.home, err = realPath(s.c.Dir()); err != nil {
		return nil, fmt.Errorf("find the case folder: %w", err)
	}
	if in.homeDir, err = os.Stat(in.home); err != nil {
		return nil, fmt.Errorf("find the case folder: %w", err)
	}
	for _, p := range paths {
		if err := in.add(p); err != nil {
			return nil, err
		}
	}
	return in, nil
}

func inputFault(code, path, message string, err error) error {
	return &model.Fault{Code: code, Params: map[string]string{"file": path, "message": fmt.Sprintf(message, path)}, Err: err}
}

// add takes a path that was named.
func (in *inputs) add(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return inputFault("file_not_found", path, "cannot read %q", err)
	}
	real, err := realPath(path)
	if err != nil {
		return inputFault("file_not_found", path, "cannot read %q", err)
	}
	if rel, err := filepath.Rel(in.home, real); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return inputFault(SkipOwnCase, path, "%q is the folder of the case itself, or inside it; a case cannot be imported into itself", nil)
	}
	base := filepath.Base(path) // the name that was given, even where it is a link's
	if base == "." || base == ".." {
		base = filepath.Base(real)
	}
	base = strings.TrimLeft(base, string(filepath.Separator))
	if !info.IsDir() {
		if !info.Mode().IsRegular() {
			return inputFault(SkipSpecial, path, "%q is "+special(info.Mode())+", not a file", nil)
		}
		in.files = append(in.files, inputFile{path: path, name: cleanName(base)})
		return nil
	}
	return in.walk(path, base)
}

// walk takes what a folder holds. What cannot be read is passed over and told.
func (in *inputs) walk(root, base string) error {
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		rel, rerr := filepath.Rel(root, path)
		if rerr != nil {
			return fmt.Errorf("name %s: %w", path, rerr)
		}
		name := cleanName(filepath.ToSlash(filepath.Join(base, rel)))
		switch {
		case err != nil:
			in.skip(name, SkipUnreadable, "it cannot be read: "+cause(err))
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir():
			if info, err := d.Info(); err == nil && os.SameFile(info, in.homeDir) {
				in.skip(name, SkipOwnCase, "it is the folder of the case itself")
				return fs.SkipDir
			}
		case d.Type()&fs.ModeSymlink != 0:
			in.skip(name, SkipLink, "it is a symbolic link; links inside folders are not followed")
		case !d.Type().IsRegular():
			in.skip(name, SkipSpecial, "it is "+special(d.Type())+", not a file")
		default:
			in.files = append(in.files, inputFile{path, name, root})
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read folder %s: %w", root, err)
	}
	return nil
}

func (in *inputs) skip(name, code, reason string) {
	in.skipped = append(in.skipped, SkippedFile{File: name, Code: code, Reason: reason})
}

// special says what a file that is none is.
func special(m fs.FileMode) string {
	switch {
	case m&fs.ModeNamedPipe != 0:
		return "a pipe"
	case m&fs.ModeSocket != 0:
		return "a socket"
	case m&fs.ModeDevice != 0:
		return "a device"
	}
	return "something special"
}

// realPath is a path from the root without symbolic links.
func realPath(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", path, err)
	}
	real, err := filepath.EvalSymlinks(abs)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", path, err)
	}
	return real, nil
}

// cleanName makes a file's name text: names may hold any bytes.
func cleanName(name string) string { return strings.ToValidUTF8(name, "\uFFFD") }

// cause is what the system said, without the call and the path.
func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// sourceReader remembers what went wrong with the file that is read, so that it
// can be told from what went wrong with the case.
type sourceReader struct {
	r   io.Reader
	err error
}

// Read implements io.Reader.
func (s *sourceReader) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err //nolint:wrapcheck // a reader hands its errors on as they are
}
