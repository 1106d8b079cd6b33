package model

import "time"

// Collector is a source on the network that the case collects from. Nothing is
// fetched unless a collector is run. ETag and LastModified are what the server
// said last time, sent back so that an unchanged source answers "not modified".
type Collector struct {
	ID     string `json:"id"`
	Type   string `json:"type"` // "feed"
	URL    string `json:"url"`
	Name   string `json:"name,omitempty"`
	Source Source `json:"source"`
	// EveryMinutes is how often it runs on its own; 0 means only when asked.
	EveryMinutes int    `json:"every_minutes,omitempty"`
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	// LastRun is when it last ran, successfully or not; NotBefore is the
	// earliest next run that the server asked for (Retry-After).
	LastRun   time.Time `json:"last_run,omitzero"`
	NotBefore time.Time `json:"not_before,omitzero"`
	LastError string    `json:"last_error,omitempty"`
	Created   time.Time `json:"created"`
}

// RobotsVerdict says what a site's robots.txt said about a request.
type RobotsVerdict string

// Robots verdicts. Unchecked is the zero value: requests for robots.txt itself,
// and requests that were refused before it was asked.
const (
	RobotsUnchecked RobotsVerdict = ""
	RobotsAllowed   RobotsVerdict = "allowed"
	RobotsRefused   RobotsVerdict = "refused"
)

// Request is one row of the network ledger: one HTTP exchange that was made or
// refused. A redirect is a row of its own, and so is a fetch of robots.txt.
type Request struct {
	ID        int64     `json:"id"`
	At        time.Time `json:"at"`                  // when it was sent, or refused
	Collector string    `json:"collector,omitempty"` // collector id
	Method    string    `json:"method"`
	// URL is what was asked, without user name and password. FinalURL is where
	// the exchange led: the target of a redirect, else empty.
	URL      string `json:"url"`
	FinalURL string `json:"final_url,omitempty"`
	Status   int    `json:"status,omitempty"` // 0 when no answer came
	// Bytes and SHA256 are of the body as handed on (decompressed); a body over
	// the limit has Error set and the bytes read so far counted.
	Bytes      int64         `json:"bytes"`
	SHA256     string        `json:"sha256,omitempty"`
	DurationMS int64         `json:"duration_ms"`
	Error      string        `json:"error,omitempty"`
	Address    string        `json:"address,omitempty"` // IP address and port that were dialled
	Robots     RobotsVerdict `json:"robots,omitempty"`
}
