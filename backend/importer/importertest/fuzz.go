package importertest

import (
	"bytes"
	"reflect"
	"testing"

	"vedette/backend/importer"
)

// Fuzz reads arbitrary bytes twice and checks what holds for any file. It is the
// body of every format's fuzz target.
func Fuzz(t *testing.T, f importer.Format, data []byte) {
	t.Helper()
	if h, err := importer.ReadHead(FileOf("fuzz", data), importer.Options{}); err == nil {
		if m := f.Detect(h); m.Score < 0 || m.Score > 100 {
			t.Errorf("score %d", m.Score)
		}
	}
	// Without goroutines the coverage of an input is always the same, which is
	// what the fuzzer needs to make progress.
	o := importer.Options{MaxRecord: 4 << 10, Workers: -1}
	one, err := Read(t.Context(), f, "fuzz", data, o)
	if err != nil {
		return
	}
	CheckRecords(t, data, one)
	two, err := Read(t.Context(), f, "fuzz", data, o)
	if err != nil || !reflect.DeepEqual(one.Records, two.Records) {
		t.Errorf("a second reading differs: %v", err)
	}
}

// Bench measures reading a sample repeated many times, on one worker, in records
// a second.
func Bench(b *testing.B, f importer.Format, sample []byte, times int) {
	b.Helper()
	data := bytes.Repeat(sample, times)
	b.SetBytes(int64(len(data)))
	n := 0
	for b.Loop() {
		c, err := Read(b.Context(), f, "bench", data, importer.Options{Workers: 1})
		if err != nil {
			b.Fatal(err)
		}
		n += len(c.Records)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
}
