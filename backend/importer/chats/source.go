package chats

import (
	"errors"
	"fmt"
	"io"

	"vedette/backend/importer"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// Source is a text file that is read in UTF-8 while the place of every byte in
// the file stays known. Read it from the beginning to the end; offsets begin at
// Base.
type Source struct {
	file    importer.File
	tracker *text.Tracker
}

// Open finds the character set of a file and notes when it had to be guessed.
func Open(f importer.File, o importer.Options, s importer.Sink) (*Source, error) {
	head := make([]byte, min(f.Size, importer.HeadSize))
	n, err := f.R.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read %s: %w", f.Name, err)
	}
	enc, err := text.Detect(head[:n], o.Encoding)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Name, err)
	}
	if enc.Basis == text.BasisGuessed {
		s.Assume("encoding", enc.Name)
	}
	return &Source{file: f, tracker: text.NewTracker(f.R, f.Size, enc)}, nil
}

// Read implements io.Reader.
func (s *Source) Read(p []byte) (int, error) {
	return s.tracker.Read(p)
}

// Base is the offset of the first byte that Read gives.
func (s *Source) Base() int64 { return s.tracker.Base() }

// Done is how many bytes of the file were read.
func (s *Source) Done() int64 { return s.tracker.Done() }

// Record makes the record of a text at an offset: its bytes as they are stored
// where the character set tells them apart, else the text with its place as an
// item.
func (s *Source) Record(offset int64, text []byte) (model.Record, error) {
	item := model.Record{Locator: model.Locator{Item: fmt.Sprintf("utf-8 bytes %d+%d", offset, len(text))}, Raw: text}
	if !s.tracker.Exact() || len(text) == 0 {
		return item, nil
	}
	from, err := s.tracker.Source(offset)
	to, err2 := s.tracker.Source(offset + int64(len(text)))
	if err = errors.Join(err, err2); err != nil {
		return item, fmt.Errorf("find record in %s: %w", s.file.Name, err)
	}
	raw := text
	if !s.tracker.UTF8() {
		raw = make([]byte, max(min(to, s.file.Size)-from, 0))
		if _, err := s.file.R.ReadAt(raw, from); err != nil && !errors.Is(err, io.EOF) {
			return item, fmt.Errorf("read record in %s: %w", s.file.Name, err)
		}
	}
	if len(raw) == 0 {
		return item, nil
	}
	return model.Record{Locator: model.Locator{Offset: from, Length: int64(len(raw))}, Raw: raw}, nil
}
