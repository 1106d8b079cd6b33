package casefile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"vedette/backend/custody"
)

// outside is what is kept of a case in the user's configuration folder: the
// signing key that all cases share, and the newest checkpoint of each case.
type outside struct {
	dir string // empty: nothing is kept
	key custody.Key
}

const keyFile = "signing.key"

// keyPath is where the signing key is kept, readable by its owner only.
func keyPath(configDir string) string { return filepath.Join(configDir, keyFile) }

// checkpointPath is where the checkpoint of a case is kept. A case id is a
// UUID; anything else is reduced to a base name.
func checkpointPath(configDir, caseID string) string {
	return filepath.Join(configDir, "checkpoints", filepath.Base(caseID))
}

// openOutside reads the signing key, making it on first use.
func openOutside(configDir string, random io.Reader) (*outside, error) {
	o := &outside{dir: configDir}
	if configDir == "" {
		return o, nil
	}
	if err := os.MkdirAll(filepath.Join(configDir, "checkpoints"), 0o700); err != nil {
		return nil, fmt.Errorf("make checkpoint folder: %w", err)
	}
	key, err := readKey(configDir)
	if errors.Is(err, fs.ErrNotExist) {
		key, err = makeKey(configDir, random)
	}
	if err != nil {
		return nil, err
	}
	o.key = key
	return o, nil
}

func readKey(configDir string) (custody.Key, error) {
	b, err := os.ReadFile(keyPath(configDir))
	if err != nil {
		return custody.Key{}, fmt.Errorf("read signing key: %w", err)
	}
	k, err := custody.ParseKey(b)
	if err != nil {
		return custody.Key{}, fmt.Errorf("read signing key: %w", err)
	}
	return k, nil
}

// makeKey writes a new key. Two programs may do so at once: the first to link
// its file wins and the other takes that key.
func makeKey(configDir string, random io.Reader) (custody.Key, error) {
	k, err := custody.NewKey(random)
	if err != nil {
		return custody.Key{}, fmt.Errorf("make signing key: %w", err)
	}
	b, err := k.MarshalText()
	if err != nil {
		return custody.Key{}, fmt.Errorf("make signing key: %w", err)
	}
	tmp, err := os.CreateTemp(configDir, ".key-*") // 0600
	if err != nil {
		return custody.Key{}, fmt.Errorf("make signing key: %w", err)
	}
	_, err = tmp.Write(b)
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err == nil {
		err = os.Link(tmp.Name(), keyPath(configDir))
		if errors.Is(err, fs.ErrExist) {
			err = nil
		} else if err != nil { // a file system without links
			err = os.WriteFile(keyPath(configDir), b, 0o600)
		}
	}
	if err := errors.Join(err, os.Remove(tmp.Name())); err != nil {
		return custody.Key{}, fmt.Errorf("make signing key: %w", err)
	}
	return readKey(configDir)
}

// read returns the kept checkpoint of a case, or nil when there is none. A file
// that is no checkpoint, or that the key did not sign, is an error.
func (o *outside) read(caseID string) (*custody.SignedCheckpoint, error) {
	if o.dir == "" {
		return nil, nil
	}
	b, err := os.ReadFile(checkpointPath(o.dir, caseID))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read checkpoint: %w", err)
	}
	s, err := custody.ParseSignedCheckpoint(b)
	if err != nil {
		return nil, fmt.Errorf("read checkpoint: %w", err)
	}
	if o.key.IsZero() { // an unsigned one could be anybody's
		return nil, errors.New("read checkpoint: the signing key that it would be checked with is missing")
	}
	if err := s.Verify(o.key.Public()); err != nil {
		return nil, fmt.Errorf("read checkpoint: %w", err)
	}
	return &s, nil
}

// write signs a checkpoint and puts it in place of the one before.
func (o *outside) write(c custody.Checkpoint) error {
	if o.dir == "" {
		return nil
	}
	s, err := custody.SignCheckpoint(c, o.key)
	if err == nil {
		err = replaceFile(checkpointPath(o.dir, c.Case), s.Bytes(), 0o600)
	}
	if err != nil {
		return fault(CodeCheckpoint,
			"the change is in the case, but its checkpoint could not be written to the configuration folder", err)
	}
	return nil
}
