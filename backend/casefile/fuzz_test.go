package casefile

import (
	"bytes"
	"slices"
	"testing"
)

// FuzzList: whatever list the database holds is refused or comes back as it is,
// and whatever texts a source gave survive, also when they are no UTF-8.
func FuzzList(f *testing.F) {
	for _, s := range []string{"", `["a"]`, `["\u0000","\udcff"]`, `["\ud800"]`, `[["a","b"],["c","d"]]`, `["a",]`, `["\"\\"]`, "[\"\xff\"]"} {
		f.Add(s, "x", "y\xffz")
	}
	f.Fuzz(func(t *testing.T, s, a, b string) {
		for width := 1; width <= 2; width++ {
			var got [][]string
			if getList(s, width, func(v []string) { got = append(got, slices.Clone(v)) }) != nil || s == "" {
				continue
			}
			again := putList(len(got), width, func(i, j int) string { return got[i][j] })
			var back [][]string
			text, _ := again.(string)
			if err := getList(text, width, func(v []string) { back = append(back, slices.Clone(v)) }); err != nil {
				t.Fatalf("%q was written as %q: %v", s, again, err)
			}
			if !slices.EqualFunc(got, back, slices.Equal[[]string]) {
				t.Fatalf("%q reads as %q, then as %q", s, got, back)
			}
		}
		in := []string{a, b, a + b}
		var out []string
		text, _ := putStrings(in).(string)
		if err := getList(text, 1, func(v []string) { out = append(out, v[0]) }); err != nil || !slices.Equal(in, out) {
			t.Fatalf("%q came back as %q: %v", in, out, err)
		}
	})
}

// FuzzSeekTable: a hostile table is refused or describes frames within bounds.
func FuzzSeekTable(f *testing.F) {
	var t2 seekTable
	t2.add(10, 20)
	t2.add(30, 40)
	tail, err := t2.encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(append(make([]byte, 40), tail...))
	f.Add(tail)
	f.Fuzz(func(t *testing.T, b []byte) {
		table, err := readSeekTable(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		if table.packed() > int64(len(b)) || table.size() > int64(table.frames())*frameSize {
			t.Fatalf("a table of %d bytes describes %d frames of %d", len(b), table.frames(), table.size())
		}
	})
}

// FuzzRanges: ranges are refused or ascend.
func FuzzRanges(f *testing.F) {
	for _, s := range []string{"", "1", "1-3,7", "3-1", "1,1", "1-", "-1", "9223372036854775807"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := int64(0)
		err := eachRange(s, func(from, to int64) {
			if from <= last || to < from {
				t.Fatalf("%q gives %d-%d after %d", s, from, to, last)
			}
			last = to
		})
		if err == nil && last == 0 {
			t.Fatalf("%q gives nothing", s)
		}
	})
}
