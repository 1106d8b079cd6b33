package image_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	stdimage "image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"math/bits"
	"strconv"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/image"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

// picture draws soft circles, so that every size of it looks the same.
func picture(w, h int) stdimage.Image {
	m := stdimage.NewRGBA(stdimage.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			u, v := float64(x)/float64(w), float64(y)/float64(h)
			c := uint8(127 + 120*math.Sin(9*u*u+5*v)*math.Cos(7*v-3*u))
			m.Set(x, y, color.RGBA{c, uint8(255 * u), uint8(255 * v), 255})
		}
	}
	return m
}

// tag writes one tag of a directory.
type tag struct {
	id, kind uint16
	n        uint32
	data     []byte
}

func ascii(id uint16, s string) tag { return tag{id, 2, uint32(len(s) + 1), append([]byte(s), 0)} }

func long(id uint16, n uint32) tag { return tag{id, 4, 1, binary.BigEndian.AppendUint32(nil, n)} }

func degrees(id uint16, n ...uint32) tag {
	var b []byte
	for _, x := range n {
		b = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, x), 1)
	}
	return tag{id, 5, 3, b}
}

// directory writes a directory that begins at an offset.
func directory(at int, tags ...tag) []byte {
	out := binary.BigEndian.AppendUint16(nil, uint16(len(tags)))
	free := at + 2 + 12*len(tags) + 4
	var rest []byte
	for _, t := range tags {
		out = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(out, t.id), t.kind)
		out = binary.BigEndian.AppendUint32(out, t.n)
		if len(t.data) <= 4 {
			out = append(out, append(t.data, 0, 0, 0, 0)[:4]...)
			continue
		}
		out = binary.BigEndian.AppendUint32(out, uint32(free+len(rest)))
		rest = append(rest, t.data...)
	}
	return append(append(out, 0, 0, 0, 0), rest...)
}

// exif is the data of a photograph in Oslo.
func exif(zone string) []byte {
	b := []byte("MM\x00*\x00\x00\x00\x08")
	b = append(b, directory(8, ascii(0x010f, "Lumen"), ascii(0x0110, "Lumen L5"), ascii(0x010e, "The quay"), ascii(0x013b, "Ida"), long(0x8769, 400), long(0x8825, 600))...)
	b = append(b, make([]byte, 400-len(b))...)
	tags := []tag{ascii(0x9003, "2026:03:03 17:05:00")}
	if zone != "" {
		tags = append(tags, ascii(0x9011, zone))
	}
	b = append(b, directory(400, tags...)...)
	b = append(b, make([]byte, 600-len(b))...)
	return append(b, directory(600, ascii(1, "N"), degrees(2, 59, 54, 36), ascii(3, "E"), degrees(4, 10, 45, 0))...)
}

func encoded(t testing.TB, f func(*bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, w, h, quality int, data []byte) []byte {
	t.Helper()
	b := encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, picture(w, h), &jpeg.Options{Quality: quality}) })
	if data == nil {
		return b
	}
	seg := append([]byte("Exif\x00\x00"), data...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(seg)+2))
	return append(append(head, seg...), b[2:]...)
}

func pngOf(t testing.TB, w, h int, data []byte) []byte {
	t.Helper()
	b := encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, picture(w, h)) })
	if data == nil {
		return b
	}
	chunk := append([]byte("eXIf"), data...)
	out := binary.BigEndian.AppendUint32(bytes.Clone(b[:33]), uint32(len(data)))
	out = binary.BigEndian.AppendUint32(append(out, chunk...), crc32.ChecksumIEEE(chunk))
	return append(out, b[33:]...)
}

func gifOf(t testing.TB) []byte {
	t.Helper()
	return encoded(t, func(b *bytes.Buffer) error { return gif.Encode(b, picture(32, 24), nil) })
}

// webpOf is a green pixel in WebP, without loss.
func webpOf(t testing.TB) []byte {
	t.Helper()
	b, err := hex.DecodeString("524946461a000000574542505650384c0d0000002f00000010071011118888fe0700")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFormat(t *testing.T) {
	importertest.Run(t, image.Format{}, []importertest.Case{
		{Name: "photograph", Data: jpegOf(t, 48, 32, 80, exif("+01:00")), Accepted: 1, Binary: true, Golden: "testdata/photograph.golden.json"},
		{Name: "screenshot", Data: pngOf(t, 20, 16, nil), Accepted: 1, Binary: true},
		{Name: "animation", Data: gifOf(t), Accepted: 1, Binary: true},
		{Name: "webp", Data: webpOf(t), Accepted: 1, Binary: true},
	})
}

func read(t *testing.T, data []byte, o importer.Options) *importertest.Collected {
	t.Helper()
	c, err := importertest.Read(t.Context(), image.Format{}, "x", data, o)
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, data, c)
	return c
}

func TestPhotograph(t *testing.T) {
	for name, data := range map[string][]byte{"jpeg": jpegOf(t, 48, 32, 80, exif("+01:00")), "png": pngOf(t, 48, 32, exif("+01:00"))} {
		c := read(t, data, importer.Options{})
		p := c.Posts()[0]
		if want := time.Date(2026, 3, 3, 16, 5, 0, 0, time.UTC); !p.Created.Time.Equal(want) || p.Created.Zone != model.ZoneStated || p.Created.Original != "2026:03:03 17:05:00 +01:00" {
			t.Errorf("%s: created %+v", name, p.Created)
		}
		if !p.Place.HasPoint || fmt.Sprintf("%.4f %.4f", p.Place.Lat, p.Place.Lon) != "59.9100 10.7500" || p.Place.Provenance != model.ProvenancePlatform {
			t.Errorf("%s: place %+v", name, p.Place)
		}
		if p.Kind != model.KindMedia || p.Text != "" || p.Author.Name != "Ida" || p.Media[0].Alt != "The quay" || p.NativeID != p.Media[0].SHA256 || c.Assumed["camera"] != "Lumen L5" {
			t.Errorf("%s: %+v, %v", name, p, c.Assumed)
		}
	}
	zone, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	if p := read(t, jpegOf(t, 8, 8, 80, exif("")), importer.Options{Zone: zone}).Posts()[0]; p.Created.Zone != model.ZoneChosen || p.Created.Time.Hour() != 8 {
		t.Errorf("created %+v", p.Created)
	}
	if c := read(t, jpegOf(t, 8, 8, 80, exif("")), importer.Options{}); c.Posts()[0].Created.Zone != model.ZoneAssumed || c.Assumed["zone"] != "UTC" {
		t.Errorf("created %+v, %v", c.Posts()[0].Created, c.Assumed)
	}
}

// TestCopiesShareTheirHash: a picture that was scaled or packed again has nearly
// the same perceptual hash, another has not.
func TestCopiesShareTheirHash(t *testing.T) {
	hash := func(data []byte) uint64 {
		n, err := strconv.ParseUint(read(t, data, importer.Options{}).Posts()[0].Media[0].PHash, 16, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	one := hash(pngOf(t, 320, 240, nil))
	for name, data := range map[string][]byte{"packed": jpegOf(t, 320, 240, 50, nil), "smaller": jpegOf(t, 160, 120, 80, nil), "larger": pngOf(t, 400, 300, nil)} {
		if d := bits.OnesCount64(one ^ hash(data)); d > 6 {
			t.Errorf("%s: %d bits differ", name, d)
		}
	}
	checks := stdimage.NewGray(stdimage.Rect(0, 0, 320, 240))
	for i := range checks.Pix {
		checks.Pix[i] = uint8(255 * ((i/40 + i/320/30) % 2))
	}
	other := encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, checks) })
	if d := bits.OnesCount64(one ^ hash(other)); d < 16 {
		t.Errorf("another picture: only %d bits differ", d)
	}
}

func TestHostilePictures(t *testing.T) {
	huge := pngOf(t, 8, 8, nil)
	binary.BigEndian.PutUint32(huge[16:], 60_000)
	binary.BigEndian.PutUint32(huge[20:], 60_000)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	if c := read(t, huge, importer.Options{}); len(c.Posts()) != 1 || c.Posts()[0].Media[0].PHash != "" || c.Assumed["not_looked_at"] == "" {
		t.Errorf("huge: %+v, %v", c.Records, c.Assumed)
	}
	whole := jpegOf(t, 64, 64, 80, nil)
	for name, data := range map[string][]byte{"cut": whole[:len(whole)/2], "nothing in it": []byte("\xff\xd8\xff\xe0"), "no picture": []byte("GIF89a")} {
		if got := read(t, data, importer.Options{}).Rejects(); len(got) != 1 || got[0].Code != "bad_image" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	// Every byte of the EXIF data in turn leads astray; the picture stays readable.
	good := jpegOf(t, 8, 8, 80, exif("+01:00"))
	for i := 12; i < 12+len(exif("+01:00")); i++ {
		x := bytes.Clone(good)
		x[i] ^= 0xff
		if c := read(t, x, importer.Options{}); len(c.Posts()) != 1 {
			t.Fatalf("byte %d: %+v", i, c.Rejects())
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(jpegOf(f, 8, 8, 80, exif("+01:00")))
	f.Add(pngOf(f, 8, 8, exif("")))
	f.Add(gifOf(f))
	f.Add(webpOf(f))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, image.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, image.Format{}, jpegOf(b, 640, 480, 80, nil), 1)
}
