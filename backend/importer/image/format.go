// Package image reads pictures: screenshots and photographs in JPEG, PNG, WebP
// and GIF. A picture is one post without text, with when and where it was taken
// as far as it says so (EXIF), its SHA-256 and its perceptual hash.
//
// Identity: platform "image" and the SHA-256 of the file. The time is that of the
// shutter; it is stated when the picture gives its zone (EXIF 2.31). The place is
// what the device wrote, and marked as supplied by the platform.
package image

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // a format of pictures
	_ "image/jpeg" // a format of pictures
	_ "image/png"  // a format of pictures
	"io"

	"github.com/corona10/goimagehash"
	_ "golang.org/x/image/webp" // a format of pictures

	"vedette/backend/importer"
	"vedette/backend/model"
)

// Format reads pictures.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "image" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Detect implements importer.Format.
func (Format) Detect(h importer.Head) importer.Match {
	if kind := sniff(h.Bytes); kind != "" {
		return importer.Match{Score: 90, Why: "it begins as " + kind + " does"}
	}
	return importer.Match{Why: "it does not begin as a picture does"}
}

func sniff(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		return "JPEG"
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		return "PNG"
	case bytes.HasPrefix(b, []byte("GIF87a")), bytes.HasPrefix(b, []byte("GIF89a")):
		return "GIF"
	case len(b) >= 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP":
		return "WebP"
	}
	return ""
}

const (
	// maxPixels is how large a picture may be to be looked at; it bounds the memory
	// at four bytes each.
	maxPixels = 50_000_000
	// headKept is how many bytes of a picture that is too long are kept.
	headKept = 64 << 10
)

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("read picture: %w", context.Cause(ctx))
	}
	if f.Size == 0 {
		return nil
	}
	r := model.Record{Locator: model.Locator{Length: f.Size}}
	if limit := o.RecordLimit(); f.Size > limit {
		r.Locator.Length = min(headKept, f.Size)
		r.Reject = &model.Reject{Code: importer.RejectTooLong, Reason: fmt.Sprintf(
			"The picture is %d bytes long; the limit is %d. Its first %d bytes are kept.", f.Size, limit, r.Locator.Length)}
	}
	r.Raw = make([]byte, r.Locator.Length)
	if n, err := f.R.ReadAt(r.Raw, 0); n < len(r.Raw) || err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read picture %s: %w", f.Name, err)
	}
	if r.Reject == nil {
		r.Post, r.Reject = read(r.Raw, o, s)
	}
	if err := s.Record(r); err != nil {
		return fmt.Errorf("keep picture: %w", err)
	}
	s.Offset(f.Size)
	return nil
}

// read makes a post of a picture, or says why not.
func read(raw []byte, o importer.Options, s importer.Sink) (*model.Post, *model.Reject) {
	size, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, &model.Reject{Code: "bad_image", Reason: fmt.Sprintf("The picture cannot be read: %v.", err)}
	}
	sum := sha256.Sum256(raw)
	m := model.Media{Type: "image", SHA256: hex.EncodeToString(sum[:])}
	if int64(size.Width)*int64(size.Height) > maxPixels {
		s.Assume("not_looked_at", fmt.Sprintf("%d × %d pixels are more than %d", size.Width, size.Height, maxPixels))
	} else if m.PHash, err = perceptual(raw); err != nil {
		return nil, &model.Reject{Code: "bad_image", Reason: fmt.Sprintf("The picture cannot be read: %v.", err)}
	}
	p := &model.Post{
		Platform: "image", NativeID: m.SHA256, Kind: model.KindMedia, PageType: model.PageOther,
		Visibility: model.VisibilityPublic, Media: []model.Media{m},
	}
	taken(p, exifOf(raw), o, s)
	return p, nil
}

// perceptual is the perceptual hash of a picture: the signs of the low
// frequencies of its discrete cosine transform, 64 bits in hexadecimal.
func perceptual(raw []byte) (hash string, err error) {
	defer func() {
		if r := recover(); r != nil { // a defect of a decoder on one picture
			err = fmt.Errorf("decode picture: panic: %v", r)
		}
	}()
	img, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return "", fmt.Errorf("decode picture: %w", err)
	}
	if img.Bounds().Empty() {
		return "", errors.New("decode picture: it has no pixels")
	}
	h, err := goimagehash.PerceptionHash(img)
	if err != nil {
		return "", fmt.Errorf("hash picture: %w", err)
	}
	return fmt.Sprintf("%016x", h.GetHash()), nil
}
