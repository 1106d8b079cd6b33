package exercise

import "testing"

func BenchmarkGenerate(b *testing.B) {
	for b.Loop() {
		if _, err := Generate(1, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
