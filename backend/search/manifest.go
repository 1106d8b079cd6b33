package search

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// mappingVersion changes whenever the rules for words or the way they are
// indexed do; an index of another version is rebuilt.
const mappingVersion = 1

// manifest is what we say about the index, beside what Bleve says.
type manifest struct {
	Mapping   int   `json:"mapping"`
	Watermark int64 `json:"watermark"` // highest post id, and number of posts
	Tokens    int64 `json:"tokens"`    // words in all of them
	// Dirty is set while something is written. Found set on opening, the process
	// died meanwhile.
	Dirty bool `json:"dirty"`
}

// canSyncDir is false where folders cannot be synced.
const canSyncDir = runtime.GOOS != "windows"

func manifestPath(dir string) string { return filepath.Join(dir, "manifest.json") }

// readManifest reads and judges the manifest.
func readManifest(dir string) (manifest, error) {
	var m manifest
	b, err := os.ReadFile(manifestPath(dir))
	if err != nil {
		return m, fmt.Errorf("%w: %w", ErrRebuild, err)
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return m, fmt.Errorf("%w: manifest: %w", ErrRebuild, err)
	}
	switch {
	case m.Mapping != mappingVersion:
		return m, fmt.Errorf("%w: made by version %d of the rules, this is %d", ErrRebuild, m.Mapping, mappingVersion)
	case m.Dirty:
		return m, fmt.Errorf("%w: writing it was interrupted", ErrRebuild)
	}
	return m, nil
}

// write replaces the manifest on disk: the new one is complete before it takes
// the old one's name.
func (m manifest) write(dir string) error {
	b, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	path := manifestPath(dir)
	f, err := os.OpenFile(path+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	_, err = f.Write(append(b, '\n'))
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	return syncDir(dir)
}

// syncDir makes a rename last. Systems that cannot sync a folder do without.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	err = d.Sync()
	if e := d.Close(); e != nil {
		return fmt.Errorf("write manifest: %w", e)
	}
	if err != nil && canSyncDir {
		return fmt.Errorf("write manifest: %w", err)
	}
	return nil
}
