package image

import (
	"strings"
	"time"

	"vedette/backend/importer"
	clean "vedette/backend/internal/text"
	"vedette/backend/model"
)

// taken sets when, where and by whom a picture was taken.
func taken(p *model.Post, e exif, o importer.Options, s importer.Sink) {
	p.Created = shutter(e, o)
	if p.Created.Zone == model.ZoneAssumed {
		s.Assume("zone", "UTC")
	}
	if e.hasPoint {
		p.Place = model.Place{Lat: e.lat, Lon: e.lon, HasPoint: true, Provenance: model.ProvenancePlatform}
	}
	if name := word(e.artist); name != "" {
		p.Author = model.Account{Platform: p.Platform, Name: name}
	}
	p.Media[0].Alt = word(e.description)
	if camera := word(strings.TrimPrefix(e.model, e.make+" ")); camera != "" {
		s.Assume("camera", strings.TrimSpace(word(e.make)+" "+camera))
	}
	if w := word(e.software); w != "" {
		s.Assume("software", w)
	}
}

// word is a text of the device as it can be stored. Descriptions that cameras
// write into every picture alike are left out.
func word(s string) string {
	s = strings.Join(strings.Fields(clean.Clean(s)), " ")
	switch strings.ToUpper(s) {
	case "OLYMPUS DIGITAL CAMERA", "SONY DSC", "DCIM", "MINOLTA DIGITAL CAMERA", "KODAK DIGITAL STILL CAMERA", "DIGITAL CAMERA":
		return ""
	}
	return clean.Clip(s, 500)
}

// shutter is when the picture was taken, else when it was digitised or changed.
func shutter(e exif, o importer.Options) model.Instant {
	for _, s := range []string{e.original, e.digitised, e.modified} {
		if s = clean.Clean(s); s == "" || strings.HasPrefix(s, "0000") {
			continue
		}
		i := model.Instant{Original: s}
		t, err := time.Parse("2006:01:02 15:04:05", s)
		if err != nil {
			return i
		}
		written := t.Format("2006-01-02T15:04:05")
		if e.zone != "" {
			if z := importer.Stated(written + e.zone); !z.Time.IsZero() {
				i.Time, i.Zone, i.Original = z.Time, z.Zone, s+" "+clean.Clean(e.zone)
				return i
			}
		}
		local := importer.Local(written, o)
		i.Time, i.Zone = local.Time, local.Zone
		return i
	}
	return model.Instant{}
}
