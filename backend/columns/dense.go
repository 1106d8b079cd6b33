package columns

import "github.com/RoaringBitmap/roaring/v2"

// dense is a set of ordinals with one bit each: what a scan over a column writes.
type dense []uint64

func newDense(n int) dense { return make(dense, (n+63)/64) }

func (d dense) set(ord uint32)      { d[ord/64] |= 1 << (ord % 64) }
func (d dense) has(ord uint32) bool { return d[ord/64]&(1<<(ord%64)) != 0 }

// bitmap hands the set over; d must not be used afterwards.
func (d dense) bitmap() *roaring.Bitmap { return roaring.FromDense(d, false) }

// rangeBitmap gives the ordinals [0, n).
func rangeBitmap(n int) *roaring.Bitmap {
	b := roaring.New()
	b.AddRange(0, uint64(n))
	return b
}
