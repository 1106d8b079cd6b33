package exercise

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestGrammar(t *testing.T) {
	for _, c := range []struct{ name, bank, want string }{
		{"reference", "== a\nx {b} z\n== b\ny", "x y z"},
		{"bound once", "== a\n{$b} {$b}\n== b\n[p|q|r|s]", ""},
		{"number", "== a\n{n:7-7}", "7"},
		{"gender", "== a\n<él|ella> y <k:niño|niña>", "ella y niño"},
		{"optional", "== a\nx[|]y", "xy"},
		{"nested", "== a\n[[x|x]|[x|{b}]]\n== b\nx", "x"},
		{"line break", `== a` + "\n" + `x\ny`, "x\ny"},
		{"personal", "== a\nin {city}", "in Leeds"},
		{"core only", "== a\n* x", "x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := &grammar{rules: map[string]*rule{}}
			if err := g.parse(c.bank); err != nil {
				t.Fatal(err)
			}
			if err := g.check(); err != nil {
				t.Fatal(err)
			}
			v := &voice{rng: rand.New(rand.NewPCG(1, 2)), kidMale: true, vars: map[string]string{"city": "Leeds"}}
			got := g.say("a", v)
			if c.want == "" {
				if f := strings.Fields(got); len(f) != 2 || f[0] != f[1] {
					t.Errorf("got %q, want the same word twice", got)
				}
			} else if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestBrokenBanks(t *testing.T) {
	for _, bank := range []string{
		"stray line", "== a\n{b}", "== a\n{n:5-2}", "== a\n{n:x-2}", "== a\n{n:5}", "== a\n[x", "== a\nx]", "== a\n{n:1-9:0}", "== a",
	} {
		g := &grammar{rules: map[string]*rule{}}
		err := g.parse(bank)
		if err == nil {
			err = g.check()
		}
		if err == nil {
			t.Errorf("bank %q is taken, want an error", bank)
		}
	}
}
