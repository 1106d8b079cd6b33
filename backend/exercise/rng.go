package exercise

import (
	"math/rand/v2"
	"strconv"
	"time"
)

// newStream is an independent random stream of a seed, one for each stage, so
// that a change in one stage does not move the others.
func newStream(seed uint64, stage uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, stage*0x9e3779b97f4a7c15+1))
}

func pickOne[T any](r *rand.Rand, xs []T) T { return xs[r.IntN(len(xs))] }

// weighted draws an index in [0, n), the first ones more often.
func weighted(r *rand.Rand, n int) int {
	i := r.IntN(n)
	if j := r.IntN(n); j < i {
		return j
	}
	return i
}

// drawWeight draws an index in proportion to its weight; -1 when all are zero.
func drawWeight(r *rand.Rand, w []float64) int {
	var sum float64
	for _, x := range w {
		sum += x
	}
	if sum <= 0 {
		return -1
	}
	t := r.Float64() * sum
	for i, x := range w {
		if t -= x; t < 0 {
			return i
		}
	}
	return len(w) - 1
}

func randString(r *rand.Rand, alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}

// snowflake is X's id of a moment: milliseconds since its epoch above 22 bits.
func snowflake(t time.Time, low int) int64 {
	const epoch = 1288834974657
	return (t.UnixMilli()-epoch)<<22 | int64(low&(1<<22-1))
}

// tid is the AT Protocol's timestamp id: microseconds and a clock id in
// sortable base 32 (atproto.com/specs/tid).
func tid(t time.Time, clock int) string {
	const digits = "234567abcdefghijklmnopqrstuvwxyz"
	n := uint64(t.UnixMicro())<<10 | uint64(clock&1023)
	var b [13]byte
	for i := 12; i >= 0; i-- {
		b[i] = digits[n&31]
		n >>= 5
	}
	return string(b[:])
}

func itoa(n int) string { return strconv.Itoa(n) }

func itoa64(n int64) string { return strconv.FormatInt(n, 10) }

func base36Of(n int64) string { return strconv.FormatInt(n, 36) }
