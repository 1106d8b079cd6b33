package automation

import (
	"math/rand/v2"
	"testing"
)

func TestBehaviour(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	var clockwork, person []Post
	for i := range int64(200) {
		clockwork = append(clockwork, Post{At: i * 1800, Text: uint64(i%5) + 1})
		person = append(person, Post{At: i*30_000 + rng.Int64N(20_000), Text: uint64(i) + 1, Reply: i%3 == 0})
	}
	for i := range person { // sleeps between 22:00 and 6:00
		if h := person[i].At / 3600 % 24; h >= 22 || h < 6 {
			person[i].At += 9 * 3600
		}
	}
	a, ok1 := Behaviour(clockwork)
	b, ok2 := Behaviour(person)
	if !ok1 || !ok2 {
		t.Fatal("two hundred posts are too few")
	}
	if a.Regularity < .99 || a.IntervalEntropy > .01 || a.QuietHours > .6 || a.Duplicates < .97 || a.Replies != 0 {
		t.Errorf("clockwork: %+v", a)
	}
	if b.Regularity > .3 || b.IntervalEntropy < 1 || b.QuietHours < 5 || b.Duplicates != 0 || b.Replies < .3 {
		t.Errorf("person: %+v", b)
	}
	if _, ok := Behaviour(person[:9]); ok {
		t.Error("nine posts are measured")
	}
}
