package model

import (
	"encoding/json"
	"time"
)

// RunSpec is everything that decides an analysis' result besides the posts.
type RunSpec struct {
	Kind      string            `json:"kind"` // volume, sentiment, voice, accounts, hashtags, domains, types, languages, alerts
	Params    map[string]string `json:"params,omitempty"`
	Selection Selection         `json:"selection"`
}

// Run is a recorded analysis. Its result is canonical JSON (sorted keys, floats
// quantised to 1e-9) and ResultHash is the SHA-256 of those bytes. Fingerprint
// is the SHA-256 over the ids and commitments of the posts read, in id order;
// LogIndex is the custody log position that the run saw.
type Run struct {
	ID          int64           `json:"id"`
	Spec        RunSpec         `json:"spec"`
	Engine      string          `json:"engine"` // engine and enrichment versions
	Posts       int64           `json:"posts"`
	Fingerprint string          `json:"fingerprint"`
	LogIndex    int64           `json:"log_index"`
	ResultHash  string          `json:"result_hash"`
	At          time.Time       `json:"at"`
	Result      json.RawMessage `json:"-"`
}
