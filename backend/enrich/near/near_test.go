package near

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

func groups(t testing.TB, texts ...string) []int {
	t.Helper()
	x := NewIndex(len(texts))
	for _, s := range texts {
		x.Add(s)
	}
	g, err := x.Groups(context.Background(), func(i int) string { return texts[i] })
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestGroups(t *testing.T) {
	long := "the council will vote on the new bridge over the river next Tuesday evening"
	got := groups(
		t,
		long,
		"RT @someone: The council will vote on the new bridge over the river next Tuesday evening! https://a.example/x",
		"the council will vote on the new tunnel over the river next Tuesday evening #bridge",
		"nothing of the kind was said by anybody who had been there that day",
		"", "  ", "😀😀", "😀😀", "@a https://b.example",
		"ok", "OK!", "no",
		"今天天气很好，我们去公园吧", "今天天气很好,我们去公园吧！！",
	)
	want := []int{0, 0, 0, 3, 4, 5, 6, 6, 8, 9, 9, 11, 12, 12}
	if !slices.Equal(got, want) {
		t.Errorf("groups %v, want %v", got, want)
	}
	if n := len(groups(t)); n != 0 {
		t.Errorf("%d groups of nothing", n)
	}
}

func TestGroupsCanBeCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	x := NewIndex(1)
	x.Add("a text")
	if _, err := x.Groups(ctx, func(int) string { return "a text" }); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestEstimateFollowsJaccard(t *testing.T) {
	words := strings.Fields("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen")
	sum := 0.0
	for cut := range len(words) {
		a, b := strings.Join(words, " "), strings.Join(append(slices.Clone(words[:cut]), "something"), " ")
		x := NewIndex(2)
		x.Add(a)
		x.Add(b)
		var r, s reader
		var o overlap
		sum += math.Abs(estimate(&x.marks[0], &x.marks[1]) - o.jaccard(r.shingles(a), s.shingles(b)))
	}
	if mean := sum / float64(len(words)); mean > 0.08 {
		t.Errorf("estimates are off by %.3f on average", mean)
	}
}

func TestJaccard(t *testing.T) {
	var o overlap
	for _, c := range []struct {
		a, b []uint64
		want float64
	}{
		{nil, []uint64{1}, 0},
		{[]uint64{1, 1, 2}, []uint64{2, 2, 3}, 1.0 / 3},
		{[]uint64{0, 512, 1024}, []uint64{1024, 0, 512, 0}, 1},
	} {
		if got := o.jaccard(c.a, c.b); got != c.want {
			t.Errorf("%v and %v: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestHostileTexts(t *testing.T) {
	texts := []string{
		strings.Repeat("a", 1<<20), strings.Repeat("a ", 1<<19), strings.Repeat("😀", 1<<18), strings.Repeat("\xff", 1<<20), strings.Repeat("@", 1<<20),
		strings.Repeat("@a ", 1<<18), "z" + strings.Repeat("\u0301", 1<<19), strings.Repeat("\u202e", 1<<19), strings.Repeat("http://", 1<<17), "\x00", "RT ", "RT", "@", strings.Repeat(" ", 1<<20),
	}
	for i, g := range groups(t, slices.Concat(texts, texts)...) {
		if g > i {
			t.Errorf("text %d is in group %d", i, g)
		}
		if n := len(texts); i >= n && strings.TrimSpace(texts[i-n]) != "" && g > i-n {
			t.Errorf("text %d is not grouped with its copy: %d", i, g)
		}
	}
}

// TestManyCopies: a template posted by everybody must not cost a comparison a pair.
func TestManyCopies(t *testing.T) {
	var texts []string
	for i := range 20_000 {
		texts = append(texts, fmt.Sprintf("Breaking: thousands flee the city of Arden as the river rises, say officials %d", i))
	}
	for i, g := range groups(t, texts...) {
		if g != 0 {
			t.Fatalf("text %d is in group %d", i, g)
		}
	}
}

func FuzzGroups(f *testing.F) {
	f.Add("one text", "one text!")
	f.Add("", "\xff")
	f.Add("RT @a: 今天天气很好", "@a")
	f.Fuzz(func(t *testing.T, a, b string) {
		g := groups(t, a, b, a)
		if g[0] != 0 || g[1] > 1 || strings.TrimSpace(a) != "" && g[2] != 0 {
			t.Errorf("%q %q: %v", a, b, g)
		}
	})
}
