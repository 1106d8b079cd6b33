package youtube

import (
	"context"
	"errors"
	"fmt"
	"io"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// headSize is how much of a large file is looked at for the video, in bytes:
// yt-dlp writes the comments behind all that matters.
const headSize = 8 << 20

// largeVideo reads the video of a file that is too large for the memory: its
// record is the file up to the comments. It returns the video's id, or "" for a
// file that is not so large.
func largeVideo(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) (string, error) {
	if f.Size <= o.RecordLimit() {
		return "", nil
	}
	it, err := jsonscan.NewScanner(f.Section(), jsonscan.Options{MaxRecord: o.RecordLimit()}).Next()
	if err != nil || !it.Large || it.Pos != 0 {
		return "", nil //nolint:nilerr // What is wrong with the file is told when it is read.
	}
	head := make([]byte, min(f.Size, headSize))
	n, err := f.R.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the beginning of %s: %w", f.Name, err)
	}
	values := jsonscan.Sniff(head[:n], 1)
	if len(values) == 0 {
		return "", nil
	}
	v := values[0]
	id, comments := v.Get("id").Text(), v.Get("comments")
	if id == "" || comments.Kind() != '[' {
		return id, nil
	}
	pipe := importer.NewPipeline(ctx, s, importer.Options{Workers: -1})
	err = pipe.Submit(comments.Pos, 0, func(b *importer.Batch) {
		r := model.Record{Locator: model.Locator{Length: comments.Pos}, Raw: head[:comments.Pos]}
		if comments.Pos > o.RecordLimit() {
			r.Reject = &model.Reject{Code: importer.RejectTooLong, Reason: fmt.Sprintf(
				"The video is %d bytes long without its comments; the limit is %d.", comments.Pos, o.RecordLimit())}
		} else {
			r.Post = dlpVideo(v, id, b)
		}
		b.Record(r)
	})
	return id, errors.Join(err, pipe.Close())
}

// largeInfo reads what else is in a file that is too large for the memory: the
// comments of the video, or the videos of a playlist.
func largeInfo(l *importer.Large, id string) (bool, error) {
	n, err := l.Records([]string{"comments", "entries"}, func(path string, v jsonscan.Value, b *importer.Batch) {
		switch {
		case path == "entries":
			info(v, b)
		case b.Check(v):
			dlpComment(v, id, b)
		}
	})
	if err != nil {
		return false, fmt.Errorf("read a large file: %w", err)
	}
	return n > 0, nil
}
