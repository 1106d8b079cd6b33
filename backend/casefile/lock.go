package casefile

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"vedette/backend/model"
)

// The lock is held by the operating system on the file "lock" and goes away
// with its process. Who holds it stands in a file of its own, because a locked
// file cannot be read on Windows.
const (
	lockFile   = "lock"
	holderFile = "lock.info"
)

// holder is who has a case open for writing.
type holder struct {
	Actor string    `json:"actor"`
	Host  string    `json:"host"`
	PID   int       `json:"pid"`
	Since time.Time `json:"since"`
}

type caseLock struct {
	dir string
	f   *flock.Flock
}

// lockCase takes the writer's lock, or says at once who has it.
func lockCase(dir, actor string, now time.Time) (*caseLock, error) {
	f := flock.New(filepath.Join(dir, lockFile), flock.SetPermissions(0o600))
	ok, err := f.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock case: %w", err)
	}
	if !ok {
		return nil, lockedFault(dir)
	}
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	b, err := json.Marshal(holder{Actor: actor, Host: host, PID: os.Getpid(), Since: now.UTC()})
	if err == nil {
		err = replaceFile(filepath.Join(dir, holderFile), b, 0o600)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("write who holds the case: %w", err), f.Unlock())
	}
	return &caseLock{dir: dir, f: f}, nil
}

func lockedFault(dir string) error {
	params := map[string]string{"message": "another program has the case open for writing"}
	var h holder
	b, err := os.ReadFile(filepath.Join(dir, holderFile))
	if err == nil && json.Unmarshal(b, &h) == nil {
		params["actor"], params["host"] = h.Actor, h.Host
		params["pid"] = fmt.Sprint(h.PID)
		params["since"] = h.Since.Format(time.RFC3339)
		params["message"] = fmt.Sprintf("%s on %s has had the case open for writing since %s (process %d)",
			h.Actor, h.Host, h.Since.Format(time.RFC3339), h.PID)
	}
	return &model.Fault{Code: CodeLocked, Params: params}
}

func (l *caseLock) release() error {
	err := os.Remove(filepath.Join(l.dir, holderFile))
	if errors.Is(err, os.ErrNotExist) {
		err = nil
	}
	if err := errors.Join(err, l.f.Close()); err != nil {
		return fmt.Errorf("release case: %w", err)
	}
	return nil
}
