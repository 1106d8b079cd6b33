package influence

import (
	"reflect"
	"testing"
)

func TestHIndex(t *testing.T) {
	for _, c := range []struct {
		x []int64
		h int
	}{{nil, 0}, {[]int64{0, 0}, 0}, {[]int64{100}, 1}, {[]int64{3, 0, 6, 1, 5}, 3}, {[]int64{4, 4, 4, 4}, 4}} {
		if got := HIndex(c.x); got != c.h {
			t.Errorf("%v: %d, want %d", c.x, got, c.h)
		}
	}
}

func TestAmplification(t *testing.T) {
	if Amplification(6, 4) != 1.5 || Amplification(3, 0) != 0 {
		t.Error("reposts over posts")
	}
}

func TestFirstMovers(t *testing.T) {
	uses := []Use{
		{1, 9, 50}, {1, 7, 10}, {1, 7, 60}, {1, 8, 20}, {1, 5, 90}, // 7 first, 8 next, then 9 and 5
		{2, 7, 5}, {2, 8, 5}, {2, 9, 30}, // 7 and 8 together
		{3, 5, 1}, // nobody took it up
	}
	got := FirstMovers(uses, 2, 3)
	want := []First{{7, 2, 2, 4}, {8, 2, 1, 3}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if got := FirstMovers([]Use{{1, 1, 4}, {1, 2, 4}, {1, 3, 4}}, 3, 2); len(got) != 0 {
		t.Errorf("all at once: %+v", got)
	}
}
