package bundle

import (
	"vedette/backend/importer"
	"vedette/backend/internal/archive"
	"vedette/backend/model"
)

// memberSink marks a member's records with its path, and turns its progress into
// that of the archive.
type memberSink struct {
	importer.Sink
	path     string
	nested   bool
	from, to int64 // of the archive's bytes
	size     int64 // of the member
	failed   bool
}

// Record implements importer.Sink.
func (m *memberSink) Record(r model.Record) error {
	if in := r.Locator.Member; in == "" {
		r.Locator.Member = m.path
	} else {
		r.Locator.Member = archive.Inside(m.path, in)
	}
	err := m.Sink.Record(r)
	m.failed = m.failed || err != nil
	return err //nolint:wrapcheck // the sink's own error goes back to the sink
}

// UnknownN implements importer.UnknownCounter.
func (m *memberSink) UnknownN(path string, n int64) {
	if many, ok := m.Sink.(importer.UnknownCounter); ok {
		many.UnknownN(path, n)
		return
	}
	for range n {
		m.Unknown(path)
	}
}

// Offset implements importer.Sink.
func (m *memberSink) Offset(done int64) {
	share := 1.0
	if m.size > 0 {
		share = min(1, float64(done)/float64(m.size))
	}
	m.Sink.Offset(m.from + int64(share*float64(m.to-m.from)))
}
