package casefile

import (
	"database/sql"
	"fmt"
	"math"
	"time"

	"vedette/backend/model"
)

// row reads the columns of one result row in order. A value of the wrong type,
// or one in another form than this package writes it (an empty text where NULL
// stands for none), is kept as the first error, so that scanning code stays
// plain and a tampered value cannot pass for a missing one.
type row struct {
	vals []any
	ptrs []any
	at   int
	err  error
}

func newRow(n int) *row {
	r := &row{vals: make([]any, n), ptrs: make([]any, n)}
	for i := range r.vals {
		r.ptrs[i] = &r.vals[i]
	}
	return r
}

// scan loads the current row of rows.
func (r *row) scan(rows *sql.Rows) error {
	r.at, r.err = 0, nil
	if err := rows.Scan(r.ptrs...); err != nil {
		return fmt.Errorf("scan row: %w", err)
	}
	return nil
}

func (r *row) next() any {
	v := r.vals[r.at]
	r.at++
	return v
}

func (r *row) odd(want string, got any) {
	if r.err == nil {
		r.err = fmt.Errorf("column %d: %T where %s belongs", r.at, got, want)
	}
}

// text reads a text; NULL is "".
func (r *row) text() string {
	switch v := r.next().(type) {
	case nil:
		return ""
	case string:
		if v == "" {
			r.odd("NULL", v)
		}
		return v
	default:
		r.odd("text", v)
		return ""
	}
}

// some reads a text that may be empty but not NULL.
func (r *row) some() string {
	v, ok := r.next().(string)
	if !ok {
		r.odd("text", r.vals[r.at-1])
	}
	return v
}

// blob reads bytes; NULL is nil.
func (r *row) blob() []byte {
	switch v := r.next().(type) {
	case nil:
		return nil
	case []byte:
		return v
	default:
		r.odd("bytes", v)
		return nil
	}
}

// hash reads 32 bytes.
func (r *row) hash() model.Hash {
	b := r.blob()
	if len(b) != 32 {
		r.odd("a hash", b)
		return model.Hash{}
	}
	return model.Hash(b)
}

// num reads a whole number that is never NULL.
func (r *row) num() int64 {
	v, ok := r.next().(int64)
	if !ok {
		r.odd("a number", r.vals[r.at-1])
	}
	return v
}

// opt reads a whole number; NULL is 0, and 0 is never stored.
func (r *row) opt() int64 {
	switch v := r.next().(type) {
	case nil:
		return 0
	case int64:
		if v == 0 {
			r.odd("NULL", v)
		}
		return v
	default:
		r.odd("a number", v)
		return 0
	}
}

// real reads a real number; NULL is 0, and 0 is never stored.
func (r *row) real() float64 {
	switch v := r.next().(type) {
	case nil:
		return 0
	case float64:
		if v == 0 {
			r.odd("NULL", v)
		}
		return v
	default:
		r.odd("a real number", v)
		return 0
	}
}

// flag reads a truth value: NULL is false, 1 true.
func (r *row) flag() bool {
	switch v := r.next().(type) {
	case nil:
		return false
	case int64:
		if v != 1 {
			r.odd("1 or NULL", v)
		}
		return v != 0
	default:
		r.odd("1 or NULL", v)
		return false
	}
}

// bit reads a truth value that is 0 or 1.
func (r *row) bit() bool {
	v, ok := r.next().(int64)
	if !ok || (v != 0 && v != 1) {
		r.odd("0 or 1", r.vals[r.at-1])
	}
	return v != 0
}

// count reads a count; NULL is missing.
func (r *row) count() model.Count {
	switch v := r.next().(type) {
	case nil:
		return model.Count{}
	case int64:
		return model.Known(v)
	default:
		r.odd("a number", v)
		return model.Count{}
	}
}

// verified reads an optional truth value: NULL unknown, 0 no, 1 yes.
func (r *row) verified() *bool {
	switch v := r.next().(type) {
	case nil:
		return nil
	case int64:
		if v != 0 && v != 1 {
			r.odd("0, 1 or NULL", v)
		}
		b := v != 0
		return &b
	default:
		r.odd("0, 1 or NULL", v)
		return nil
	}
}

// moment reads seconds and nanoseconds; NULL seconds mean no time.
func (r *row) moment() time.Time {
	sec, known := r.count().Value()
	ns := r.opt()
	if !known {
		if ns != 0 {
			r.odd("NULL", ns)
		}
		return time.Time{}
	}
	if ns < 0 || ns >= int64(time.Second) {
		r.odd("nanoseconds", ns)
	}
	return time.Unix(sec, ns).UTC()
}

// place reads name, country, latitude, longitude, whether they hold, provenance.
func (r *row) place() model.Place {
	return model.Place{
		Name: r.text(), Country: r.text(), Lat: r.real(), Lon: r.real(),
		HasPoint: r.flag(), Provenance: model.Provenance(r.text()),
	}
}

// What is written: the other direction.

func putText(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func putNum(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

func putReal(f float64) any {
	if f == 0 || math.IsNaN(f) {
		return nil
	}
	return f
}

func putFlag(b bool) any {
	if !b {
		return nil
	}
	return int64(1)
}

func putCount(c model.Count) any {
	n, ok := c.Value()
	if !ok {
		return nil
	}
	return n
}

func putSeconds(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Unix()
}

func putNanos(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return putNum(int64(t.Nanosecond()))
}

func putBytes(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}
