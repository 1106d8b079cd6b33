package parquet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
)

type person struct {
	Handle string `parquet:"handle"`
	Since  *int64 `parquet:"since,optional"`
}

type sample struct {
	ID     int64     `parquet:"id"`
	Big    uint64    `parquet:"big"`
	Text   string    `parquet:"text"`
	Likes  *int64    `parquet:"likes,optional"`
	Share  float64   `parquet:"share"`
	Yes    bool      `parquet:"yes"`
	At     time.Time `parquet:"at,timestamp(microsecond)"`
	Local  int64     `parquet:"local,timestamp(millisecond:local)"`
	Day    int32     `parquet:"day,date"`
	Price  int64     `parquet:"price,decimal(2:9)"`
	Key    [16]byte  `parquet:"key,uuid"`
	Blob   []byte    `parquet:"blob"`
	Tags   []string  `parquet:"tags,list"`
	Author person    `parquet:"author"`
	Others []person  `parquet:"others,list"`
}

// write makes a Parquet file in memory.
func write(t testing.TB, rows []sample) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[sample](&b)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readAll(data []byte) (*File, []Row, error) {
	f, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, err
	}
	var out []Row
	for {
		r, err := f.Next()
		if errors.Is(err, io.EOF) {
			return f, out, f.Close()
		}
		if err != nil {
			return f, out, err
		}
		out = append(out, r)
	}
}

func TestValues(t *testing.T) {
	three := int64(3)
	data := write(t, []sample{
		{
			ID: 9007199254740993, Big: 18446744073709551615, Text: "Fog\x00 \xff é", Likes: &three, Share: 0.1, Yes: true, At: time.Date(2024, 1, 31, 10, 0, 0, 5000, time.UTC),
			Local: 1704283500123, Day: 19753, Price: -12345, Key: [16]byte{1, 2, 3}, Blob: []byte{0xff, 1}, Tags: []string{"fog", "sea"},
			Author: person{Handle: "jana"}, Others: []person{{Handle: "a"}, {Handle: "b", Since: &three}},
		},
		{At: time.Date(1969, 12, 31, 23, 59, 59, 5e8, time.UTC)},
	})
	f, rows, err := readAll(data)
	if err != nil || len(rows) != 2 || f.NumRows != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	got := map[string]string{}
	for i, c := range f.Columns {
		got[c] = rows[0].Cells[i]
		if l := rows[0].Lists[i]; l != nil {
			got[c] = fmt.Sprint(l)
		}
	}
	for name, want := range map[string]string{
		"id": "9007199254740993", "big": "18446744073709551615", "likes": "3", "share": "0.1", "yes": "true", "at": "2024-01-31T10:00:00.000005Z",
		"local": "2024-01-03T12:05:00.123", "day": "2024-01-31", "price": "-123.45", "key": "01020300-0000-0000-0000-000000000000", "blob": "ff01",
		"tags": "[fog sea]", "author.handle": "jana", "author.since": "", "others.handle": "[a b]", "others.since": "[3]",
	} {
		if got[name] != want {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
	if c := rows[1].Cells; c[3] != "" || c[6] != "1969-12-31T23:59:59.5Z" || rows[1].Lists != nil {
		t.Errorf("second row %q %v", c, rows[1].Lists)
	}
}

func TestOldForms(t *testing.T) {
	if s := plain(parquet.Int96Value(deprecated.Int96{0, 0, julian1970 + 1})); s != "1970-01-02T00:00:00Z" {
		t.Errorf("Int96: %s", s)
	}
	neg := big.NewInt(65536 - 250).Bytes()
	if s := decimal(parquet.ByteArrayValue(neg), 1); s != "-25.0" {
		t.Errorf("decimal: %s", s)
	}
	if s := clock(-1, time.Second) + clock(3661, time.Second); s != "01:01:01" {
		t.Errorf("time of day: %s", s)
	}
}

func TestBrokenFiles(t *testing.T) {
	data := write(t, []sample{{ID: 1, Text: "a"}, {ID: 2, Tags: []string{"x"}}})
	for i := 0; i < len(data); i += 3 {
		x := bytes.Clone(data)
		x[i] ^= 0x55
		if _, _, err := readAll(x); err != nil && err.Error() == "" {
			t.Error("an error without words")
		}
		var e *Error
		if _, _, err := readAll(data[:i]); !errors.As(err, &e) || e.Code != "broken" {
			t.Errorf("cut at %d: %v", i, err)
		}
	}
	var e *Error
	if ok, err := Sniff([]byte("PARE....")); !ok || !errors.As(err, &e) || e.Code != "encrypted" {
		t.Errorf("encrypted: %v", err)
	}
}

func TestRealFiles(t *testing.T) {
	root := filepath.FromSlash("../../../../shared/data")
	if _, err := os.Stat(root); err != nil {
		t.Skip("no folder of real data")
	}
	files, err := filepath.Glob(filepath.Join(root, "posts", "bluesky-datascience", "*", "data", "*.parquet"))
	if err != nil || len(files) < 4 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	total := 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, rows, err := readAll(data)
		if err != nil || int64(len(rows)) != f.NumRows {
			t.Errorf("%s: %d of %d rows, %v", name, len(rows), f.NumRows, err)
		}
		total += len(rows)
	}
	if total != 8959+1413+749+498 {
		t.Errorf("%d rows in all", total)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(write(f, []sample{{ID: 1, Text: "a", Tags: []string{"x"}}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		if _, _, err := readAll(data); err != nil && err.Error() == "" {
			t.Error("an error without words")
		}
	})
}

func BenchmarkRows(b *testing.B) {
	rows := make([]sample, 20_000)
	for i := range rows {
		rows[i] = sample{ID: int64(i), Text: fmt.Sprintf("Fog over the harbour %d", i), Tags: []string{"fog", "sea"}}
	}
	data := write(b, rows)
	b.SetBytes(int64(len(data)))
	n := 0
	for b.Loop() {
		_, got, err := readAll(data)
		if err != nil {
			b.Fatal(err)
		}
		n += len(got)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
}
