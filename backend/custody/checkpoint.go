package custody

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"vedette/backend/model"
)

// checkpointHeader is the first line of a checkpoint's text.
const checkpointHeader = "vedette checkpoint 1"

// Checkpoint states what a custody log was at a moment: after Size records its
// tree had the hash Root and its chain ended in Head.
type Checkpoint struct {
	Case string     // UUID of the case
	Size int64      // records
	Root model.Hash // RFC 6962 tree hash
	Head model.Hash // hash of the last record
	Time time.Time  // UTC
}

// ErrCheckpoint is wrapped by every error about a text that is no checkpoint.
var ErrCheckpoint = errors.New("not a checkpoint")

// Text returns the checkpoint's text: a header and one "name value" line per
// field, each ended by a newline.
func (c *Checkpoint) Text() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\ncase %s\nsize %d\nroot %s\nhead %s\ntime %s\n", checkpointHeader,
		c.Case, c.Size, hex.EncodeToString(c.Root[:]), hex.EncodeToString(c.Head[:]), c.Time.UTC().Format(TimeLayout))
	return b.Bytes()
}

// ParseCheckpoint reads the text that Text wrote, and nothing else.
func ParseCheckpoint(text []byte) (Checkpoint, error) {
	lines := strings.Split(string(text), "\n")
	if len(lines) != 7 || lines[0] != checkpointHeader || lines[6] != "" {
		return Checkpoint{}, fmt.Errorf("%w: wrong form", ErrCheckpoint)
	}
	var c Checkpoint
	var err error
	for i, name := range [...]string{"case", "size", "root", "head", "time"} {
		value, ok := strings.CutPrefix(lines[i+1], name+" ")
		if !ok {
			return Checkpoint{}, fmt.Errorf("%w: line %d is not %q", ErrCheckpoint, i+2, name)
		}
		switch name {
		case "case":
			c.Case = value
		case "size":
			c.Size, err = strconv.ParseInt(value, 10, 64)
		case "root":
			c.Root, err = ParseHash(value)
		case "head":
			c.Head, err = ParseHash(value)
		case "time":
			c.Time, err = time.Parse(TimeLayout, value)
		}
		if err != nil {
			return Checkpoint{}, fmt.Errorf("%w: %s: %w", ErrCheckpoint, name, err)
		}
	}
	if c.Size < 0 || !bytes.Equal(c.Text(), text) {
		return Checkpoint{}, fmt.Errorf("%w: not in canonical form", ErrCheckpoint)
	}
	return c, nil
}

// ParseHash reads a SHA-256 digest in hexadecimal.
func ParseHash(s string) (model.Hash, error) {
	var h model.Hash
	b, err := hex.DecodeString(s)
	if err != nil {
		return h, fmt.Errorf("parse hash: %w", err)
	}
	if len(b) != len(h) {
		return h, fmt.Errorf("parse hash: %d bytes, not %d", len(b), len(h))
	}
	return model.Hash(b), nil
}
