package telegram

import (
	"errors"
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// shifted hands on the records of a part of a file with their places in the
// whole file.
type shifted struct {
	importer.Sink
	by int64
}

// Record implements importer.Sink.
func (s *shifted) Record(r model.Record) error {
	if r.Locator.HasRange() {
		r.Locator.Offset += s.by
	}
	if r.Reject != nil {
		r.Reject.Reason += fmt.Sprintf(" (Bytes are counted from %d, where the chat begins.)", s.by)
	}
	return s.Sink.Record(r) //nolint:wrapcheck // the sink's own error
}

// Offset implements importer.Sink.
func (s *shifted) Offset(done int64) { s.Sink.Offset(s.by + done) }

// asSyntax returns the syntax error in err.
func asSyntax(err error) (*jsonscan.SyntaxError, bool) {
	var se *jsonscan.SyntaxError
	ok := errors.As(err, &se)
	return se, ok
}
