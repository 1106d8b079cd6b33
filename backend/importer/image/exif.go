package image

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// exif is what a picture says about how it was taken (CIPA DC-008, Exif 2.32).
// Nothing in it is believed beyond its bounds: every offset is checked.
type exif struct {
	make, model, software, artist, description string
	original, digitised, modified, zone        string
	lat, lon                                   float64
	hasPoint                                   bool
}

// exifOf finds and reads the EXIF data of a picture.
func exifOf(raw []byte) exif {
	var e exif
	var data []byte
	switch sniff(raw) {
	case "JPEG":
		data = inJPEG(raw)
	case "PNG":
		data = inPNG(raw)
	case "WebP":
		data = inWebP(raw)
	}
	data = bytes.TrimPrefix(data, []byte("Exif\x00\x00"))
	if len(data) < 8 {
		return e
	}
	t := tiff{b: data}
	switch string(data[:4]) {
	case "II*\x00":
		t.order = binary.LittleEndian
	case "MM\x00*":
		t.order = binary.BigEndian
	default:
		return e
	}
	e.read(t)
	return e
}

// inJPEG finds the segment APP1 with EXIF data.
func inJPEG(b []byte) []byte {
	for i := 2; i+4 <= len(b); {
		if b[i] != 0xff {
			return nil
		}
		marker, size := b[i+1], int(binary.BigEndian.Uint16(b[i+2:]))
		switch {
		case marker == 0xff: // filling
			i++
			continue
		case marker == 0xda || marker == 0xd9 || size < 2 || i+2+size > len(b):
			return nil
		case marker == 0xe1 && bytes.HasPrefix(b[i+4:i+2+size], []byte("Exif\x00\x00")):
			return b[i+4 : i+2+size]
		}
		i += 2 + size
	}
	return nil
}

// inPNG finds the chunk eXIf.
func inPNG(b []byte) []byte {
	for i := 8; i+12 <= len(b); {
		size := int64(binary.BigEndian.Uint32(b[i:]))
		end := int64(i) + 12 + size
		if end > int64(len(b)) {
			return nil
		}
		if string(b[i+4:i+8]) == "eXIf" {
			return b[i+8 : int64(i)+8+size]
		}
		i = int(end)
	}
	return nil
}

// inWebP finds the chunk EXIF.
func inWebP(b []byte) []byte {
	for i := 12; i+8 <= len(b); {
		size := int64(binary.LittleEndian.Uint32(b[i+4:]))
		end := int64(i) + 8 + size
		if end > int64(len(b)) {
			return nil
		}
		if string(b[i:i+4]) == "EXIF" {
			return b[i+8 : end]
		}
		i = int(end + size&1)
	}
	return nil
}

// tiff is the structure that EXIF data is in: directories of tags.
type tiff struct {
	b     []byte
	order binary.ByteOrder
}

// field is the value of a tag.
type field struct {
	kind uint16
	n    uint32
	data []byte
}

// maxFields is how many tags of a directory are read; real ones have fewer than 100.
const maxFields = 1000

// directory reads the tags at an offset.
func (t tiff) directory(at uint32) map[uint16]field {
	out := map[uint16]field{}
	if int64(at)+2 > int64(len(t.b)) {
		return out
	}
	n := int(t.order.Uint16(t.b[at:]))
	for i := range min(n, maxFields) {
		p := int64(at) + 2 + int64(i)*12
		if p+12 > int64(len(t.b)) {
			break
		}
		d := t.b[p : p+12]
		f := field{kind: t.order.Uint16(d[2:]), n: t.order.Uint32(d[4:])}
		size := int64(f.n) * widths[f.kind]
		switch from := int64(t.order.Uint32(d[8:])); {
		case size == 0:
			continue
		case size <= 4:
			f.data = d[8 : 8+size]
		case from+size <= int64(len(t.b)):
			f.data = t.b[from : from+size]
		default:
			continue
		}
		out[t.order.Uint16(d)] = f
	}
	return out
}

// widths are the bytes of a value by its kind.
var widths = map[uint16]int64{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}

// text is a value in ASCII.
func text(f field) string {
	if f.kind != 2 && f.kind != 7 {
		return ""
	}
	s, _, _ := strings.Cut(string(f.data), "\x00")
	return strings.TrimSpace(s)
}

// offset is where the directory is that a tag leads to.
func (t tiff) offset(f field) uint32 {
	if f.kind != 4 || len(f.data) != 4 {
		return 0
	}
	return t.order.Uint32(f.data)
}

// The tags that are read.
const (
	tagDescription = 0x010e
	tagMake        = 0x010f
	tagModel       = 0x0110
	tagSoftware    = 0x0131
	tagModified    = 0x0132
	tagArtist      = 0x013b
	tagExif        = 0x8769
	tagGPS         = 0x8825
	tagOriginal    = 0x9003
	tagDigitised   = 0x9004
	tagZone        = 0x9010
	tagZoneOrig    = 0x9011
	gpsLatRef      = 1
	gpsLat         = 2
	gpsLonRef      = 3
	gpsLon         = 4
)

func (e *exif) read(t tiff) {
	main := t.directory(t.order.Uint32(t.b[4:]))
	e.description, e.make, e.model = text(main[tagDescription]), text(main[tagMake]), text(main[tagModel])
	e.software, e.modified, e.artist = text(main[tagSoftware]), text(main[tagModified]), text(main[tagArtist])
	if at := t.offset(main[tagExif]); at > 0 {
		d := t.directory(at)
		e.original, e.digitised = text(d[tagOriginal]), text(d[tagDigitised])
		if e.zone = text(d[tagZoneOrig]); e.zone == "" {
			e.zone = text(d[tagZone])
		}
	}
	if at := t.offset(main[tagGPS]); at > 0 {
		d := t.directory(at)
		lat, ok := t.degrees(d[gpsLat], text(d[gpsLatRef]), "S", 90)
		lon, ok2 := t.degrees(d[gpsLon], text(d[gpsLonRef]), "W", 180)
		if ok && ok2 && (lat != 0 || lon != 0) { // 0, 0 is what devices write that do not know
			e.lat, e.lon, e.hasPoint = lat, lon, true
		}
	}
}

// degrees reads degrees, minutes and seconds, three rational numbers.
func (t tiff) degrees(f field, ref, negative string, most float64) (float64, bool) {
	if f.kind != 5 || len(f.data) < 24 {
		return 0, false
	}
	sum, unit := 0.0, 1.0
	for i := range 3 {
		num, den := t.order.Uint32(f.data[8*i:]), t.order.Uint32(f.data[8*i+4:])
		if den == 0 {
			if num != 0 {
				return 0, false
			}
			den = 1
		}
		sum += float64(num) / float64(den) / unit
		unit *= 60
	}
	if strings.EqualFold(ref, negative) {
		sum = -sum
	}
	return sum, sum >= -most && sum <= most
}
