package casefile

import (
	"crypto/rand"
	"io"
	"time"
)

// Options are what a case needs from outside.
type Options struct {
	// Actor is who acts, for the custody log.
	Actor string
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Rand makes the signing key; nil is crypto/rand.
	Rand io.Reader
	// ConfigDir is the user's configuration folder, where the signing key
	// (0600) and checkpoints/<case id> are kept. Empty keeps neither, and then
	// the loss of the newest part of a case cannot be noticed.
	ConfigDir string
	// ReadOnly opens a case for reading while another process may be writing.
	ReadOnly bool
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Actor == "" {
		o.Actor = "unknown"
	}
	return o
}
