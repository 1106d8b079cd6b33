package workspace

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"net/url"
	"strings"

	// The two picture formats a screenshot may have.
	_ "image/jpeg"
	_ "image/png"

	"vedette/backend/importer/manual"
	"vedette/backend/model"
)

// maxScreenshot bounds an added picture, in bytes; maxPixels its area.
const (
	maxScreenshot = 40 << 20
	maxPixels     = 100_000_000
)

// AddManual takes one typed-in post into the case, as a batch of its own. What
// was typed and the picture are kept as evidence in one capture document.
func (s *Session) AddManual(ctx context.Context, in ManualPost) (model.Batch, error) {
	src, err := checkSource(in.Source)
	if err != nil {
		return model.Batch{}, err
	}
	if err := checkAddress(in.URL); err != nil {
		return model.Batch{}, err
	}
	doc := manual.Capture{
		Version: 1, Text: in.Text, URL: in.URL, Author: in.Author, Time: in.Time, Zone: in.Zone, Platform: in.Platform, Type: in.Type,
	}
	if len(in.Screenshot) > 0 {
		if err := checkPicture(in.ShotName, in.Screenshot); err != nil {
			return model.Batch{}, err
		}
		sum := sha256.Sum256(in.Screenshot)
		doc.Screenshot = &manual.Screenshot{Name: in.ShotName, SHA256: hex.EncodeToString(sum[:]), Bytes: in.Screenshot}
	}
	raw, err := json.Marshal(doc)
	if err != nil {
		return model.Batch{}, fmt.Errorf("write the capture: %w", err)
	}
	name := "capture-" + s.desk.opt.Now().UTC().Format("20060102T150405Z") + ".json"
	kept, err := s.c.StoreContainer(ctx, name, bytes.NewReader(raw), nil)
	if err != nil {
		return model.Batch{}, fmt.Errorf("keep the evidence: %w", err)
	}
	b, err := s.importContainer(ctx, evidence{kept: kept, name: name}, src, readOptions{Format: manual.Format{}.Name()}, nil)
	if err != nil {
		return b, err
	}
	if b.Rejected > 0 {
		rej, err := s.Rejects(ctx, b.ID, 0, 1)
		if err != nil {
			return b, err
		}
		if len(rej) == 1 {
			return b, &model.Fault{Code: "capture_rejected", Params: map[string]string{"reason": rej[0].Reason, "message": rej[0].Reason}}
		}
	}
	return b, s.waitIndexed(ctx, nil)
}

// checkAddress refuses what is typed as an address and is none.
func checkAddress(s string) error {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return &model.Fault{Code: "bad_url", Params: map[string]string{
			"url": s, "message": fmt.Sprintf("%q is not an http or https address", s),
		}}
	}
	return nil
}

// checkPicture refuses what is not a PNG or JPEG of a sane size. Only the
// header is decoded.
func checkPicture(name string, b []byte) error {
	bad := func(why string) error {
		return &model.Fault{Code: "bad_screenshot", Params: map[string]string{"file": name, "message": name + " " + why}}
	}
	if len(b) > maxScreenshot {
		return bad(fmt.Sprintf("is larger than %d MB", maxScreenshot>>20))
	}
	cfg, kind, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return bad("is neither a PNG nor a JPEG picture")
	}
	if int64(cfg.Width)*int64(cfg.Height) > maxPixels {
		return bad(fmt.Sprintf("is a %s of %d × %d pixels, too large to show", kind, cfg.Width, cfg.Height))
	}
	return nil
}
