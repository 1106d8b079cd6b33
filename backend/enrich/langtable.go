package enrich

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// tableMagic opens a language table; the word after it names the data's version.
const tableMagic = "vedette-lang 1 "

// scoreBase is taken off every score in the table to keep it small.
const scoreBase = 53

// maxLangs bounds the languages of a table, so that scores fit on the stack.
const maxLangs = 64

// errTable is the cause of every failure to read a language table.
var errTable = errors.New("damaged language table")

// langTable maps n-grams of a word's UTF-8 bytes (1 to 6 bytes, a space marking
// a word's edge) to a score per language. It is a hash table with open
// addressing: keys hold the n-gram's bytes in little-endian order (0: free
// slot), vals an offset into pairs << 8 | number of pairs.
type langTable struct {
	version string
	langs   []string
	keys    []uint64
	vals    []uint32
	pairs   [][2]uint8 // language, score − scoreBase
	shift   uint
}

// parseTable reads the table that assets/models/gen writes.
func parseTable(b []byte) (*langTable, error) {
	head, rest, ok := strings.Cut(string(b[:min(len(b), 4096)]), "\n")
	version, okMagic := strings.CutPrefix(head, tableMagic)
	if !ok || !okMagic {
		return nil, fmt.Errorf("read header: %w", errTable)
	}
	list, rest, ok1 := strings.Cut(rest, "\n")
	count, _, ok2 := strings.Cut(rest, "\n")
	n, err := strconv.Atoi(count)
	t := &langTable{version: version, langs: strings.Fields(list)}
	if !ok1 || !ok2 || err != nil || n < 1 || n > len(b) || len(t.langs) < 2 || len(t.langs) > maxLangs {
		return nil, fmt.Errorf("read languages: %w", errTable)
	}
	bits := uint(4)
	for 1<<bits < 2*n {
		bits++
	}
	t.shift = 64 - bits
	t.keys, t.vals = make([]uint64, 1<<bits), make([]uint32, 1<<bits)
	t.pairs = make([][2]uint8, 0, len(b)/4)
	if err := t.fill(b[len(head)+len(list)+len(count)+3:], n); err != nil {
		return nil, err
	}
	return t, nil
}

// fill reads n n-grams in byte order, each sharing a prefix with the one before.
func (t *langTable) fill(b []byte, n int) error {
	var key [8]byte
	prev := 0
	for range n {
		if len(b) == 0 {
			return fmt.Errorf("read n-grams: %w", errTable)
		}
		shared, own := int(b[0]>>4), int(b[0]&15)
		size := shared + own
		if shared > prev || size < 1 || size > 6 || len(b) < own+2 {
			return fmt.Errorf("read n-gram: %w", errTable)
		}
		copy(key[shared:], b[1:1+own])
		clear(key[size:])
		count := int(b[1+own])
		b = b[own+2:]
		if count == 0 || len(b) < 2*count {
			return fmt.Errorf("read scores: %w", errTable)
		}
		at := uint32(len(t.pairs))
		for i := range count {
			if int(b[2*i]) >= len(t.langs) {
				return fmt.Errorf("read language: %w", errTable)
			}
			t.pairs = append(t.pairs, [2]uint8{b[2*i], b[2*i+1]})
		}
		b, prev = b[2*count:], size
		if err := t.put(binary.LittleEndian.Uint64(key[:]), at<<8|uint32(count)); err != nil {
			return err
		}
	}
	if len(b) != 0 {
		return fmt.Errorf("read end: %w", errTable)
	}
	return nil
}

func (t *langTable) put(key uint64, val uint32) error {
	mask := uint64(len(t.keys) - 1)
	i := hashKey(key) >> t.shift
	for t.keys[i] != 0 {
		if t.keys[i] == key {
			return fmt.Errorf("n-gram occurs twice: %w", errTable)
		}
		i = (i + 1) & mask
	}
	t.keys[i], t.vals[i] = key, val
	return nil
}

// get returns the scores of an n-gram, nil when it is not in the table.
func (t *langTable) get(key uint64) [][2]uint8 {
	mask := uint64(len(t.keys) - 1)
	for i := hashKey(key) >> t.shift; t.keys[i] != 0; i = (i + 1) & mask {
		if t.keys[i] == key {
			v := t.vals[i]
			return t.pairs[v>>8 : v>>8+v&255]
		}
	}
	return nil
}

// hashKey spreads a key over 64 bits; the top bits are used (Fibonacci hashing
// after a fold, Knuth 6.4).
func hashKey(k uint64) uint64 {
	k ^= k >> 29
	return k * 0x9e3779b97f4a7c15
}
