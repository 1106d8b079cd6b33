package columns

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math/rand/v2"
	"slices"
	"testing"

	"vedette/backend/model"
)

func snapshotOf(t testing.TB, table *Table, stamp string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := table.WriteSnapshot(&b, stamp); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestSnapshot reads back what was written and goes on appending and updating.
func TestSnapshot(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 18))
	rows := randomRows(rng, 1, chunkSize+2000)
	table := filled(t, rows)
	mutate(t, rng, table, rows, 5000)
	data := snapshotOf(t, table, "log 7")
	again, err := ReadSnapshot(bytes.NewReader(data), "log 7")
	if err != nil {
		t.Fatal(err)
	}
	checkView(t, again.View(), rows)
	if !bytes.Equal(snapshotOf(t, again, "log 7"), data) {
		t.Error("a second snapshot differs")
	}
	more := randomRows(rng, len(rows)+1, 500)
	if err := again.Append(more); err != nil {
		t.Fatal(err)
	}
	rows = append(slices.Clone(rows), more...)
	mutate(t, rng, again, rows, 3000)
	checkView(t, again.View(), rows)
	for _, code := range []uint32{0, 5} {
		a, b := mustFacet(t, table.View(), "author"), mustFacet(t, again.View(), "author")
		if a.Label(code) != b.Label(code) || a.Value(code) != b.Value(code) {
			t.Errorf("author %d: %q, %q", code, a.Label(code), b.Label(code))
		}
	}
}

func TestSnapshotEmpty(t *testing.T) {
	table, err := ReadSnapshot(bytes.NewReader(snapshotOf(t, New(), "")), "")
	if err != nil || table.View().Len() != 0 {
		t.Fatal(table, err)
	}
	if err := table.Append([]model.FacetRow{{ID: 1, Platform: "x"}}); err != nil {
		t.Fatal(err)
	}
}

// TestSnapshotDamaged changes and cuts a snapshot everywhere: it is never read
// as something else.
func TestSnapshotDamaged(t *testing.T) {
	rng := rand.New(rand.NewPCG(19, 20))
	rows := randomRows(rng, 1, 60)
	data := snapshotOf(t, filled(t, rows), "stamp")
	if _, err := ReadSnapshot(bytes.NewReader(data), "other"); !errors.Is(err, ErrSnapshot) {
		t.Errorf("another stamp: %v", err)
	}
	for i := range data {
		bad := slices.Clone(data)
		bad[i] ^= 1 << rng.IntN(8)
		if _, err := ReadSnapshot(bytes.NewReader(bad), "stamp"); !errors.Is(err, ErrSnapshot) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
		if _, err := ReadSnapshot(bytes.NewReader(data[:i]), "stamp"); !errors.Is(err, ErrSnapshot) {
			t.Fatalf("cut to %d bytes: %v", i, err)
		}
	}
}

// FuzzReadSnapshot reads damaged snapshots whose checksums are right: whatever
// is accepted must be readable through and through.
func FuzzReadSnapshot(f *testing.F) {
	rows := randomRows(rand.New(rand.NewPCG(21, 22)), 1, 20)
	f.Add(snapshotOf(f, filled(f, rows), ""), 0, byte(0))
	f.Add(snapshotOf(f, New(), ""), 9, byte(1))
	f.Fuzz(func(t *testing.T, data []byte, at int, value byte) {
		if len(data) > 0 {
			data = slices.Clone(data)
			data[uint(at)%uint(len(data))] = value
		}
		table, err := ReadSnapshot(bytes.NewReader(fixChecksums(data)), "")
		if err != nil {
			return
		}
		v := table.View()
		for _, name := range FacetNames() {
			facet, _ := v.Facet(name)
			facet.Top(nil, 3)
			facet.Match("a*")
			for c := range uint32(facet.Cardinality()) {
				facet.Label(c)
			}
		}
		for by := SortTime; by <= SortID; by++ {
			v.Page(nil, Sort{By: by}, 0, 5)
		}
		if err := table.Append([]model.FacetRow{{ID: int64(v.Len()) + 1, Hashtags: []string{"new"}}}); err != nil {
			t.Fatal(err)
		}
	})
}

// fixChecksums makes the checksum of every block right.
func fixChecksums(data []byte) []byte {
	at := len(snapshotMagic) + 8
	for at+8 <= len(data) {
		size := int(binary.LittleEndian.Uint32(data[at:]))
		if size > len(data)-at-8 {
			return data
		}
		binary.LittleEndian.PutUint32(data[at+4:], crc32.Checksum(data[at+8:at+8+size], castagnoli))
		at += 8 + size
	}
	return data
}
