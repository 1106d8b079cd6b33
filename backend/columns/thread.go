package columns

import (
	"hash/fnv"

	"github.com/RoaringBitmap/roaring/v2"
)

// threadKey is 31 bits of the FNV-1a hash of a conversation's UID, noNumber for
// none: four bytes a post instead of a string.
func threadKey(uid string) int64 {
	if uid == "" {
		return noNumber
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(uid)) // a hash never fails
	return int64(h.Sum32() >> 1)
}

// MaybeThread gives the posts, withdrawn ones included, that may belong to the
// conversation which began with the post of a UID: all that do, and one in two
// thousand million of those that do not. The caller compares their references.
func (v *View) MaybeThread(uid string) *roaring.Bitmap {
	d := newDense(v.n)
	if key := threadKey(uid); key != noNumber {
		v.numbers[colThread].mark(d, key, key)
	}
	return d.bitmap()
}
