package columns

import "github.com/RoaringBitmap/roaring/v2"

// flags is a set of ordinals that is copied before it changes when a view
// shares it.
type flags struct {
	set    *roaring.Bitmap
	shared bool
}

func newFlags() *flags { return &flags{set: roaring.New()} }

func (f *flags) own() {
	if f.shared {
		f.set, f.shared = f.set.Clone(), false
	}
}

// put adds or removes one ordinal.
func (f *flags) put(ord uint32, on bool) {
	if f.set.Contains(ord) == on {
		return
	}
	f.own()
	if on {
		f.set.Add(ord)
	} else {
		f.set.Remove(ord)
	}
}

func (f *flags) publish() *roaring.Bitmap {
	f.shared = true
	return f.set
}
