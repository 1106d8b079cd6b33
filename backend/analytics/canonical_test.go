package analytics

import (
	"math"
	"testing"

	"vedette/backend/model"
)

func TestCanonicalJSON(t *testing.T) {
	mean := 0.1 + 0.2
	for want, v := range map[string]any{
		`{"a":1,"b":[true,null,"<&>\u2028é"]}`: map[string]any{"b": []any{true, nil, "<&>\u2028é"}, "a": 1},
		`0.3`:                                  mean,
		`0`:                                    -1e-12,
		`1`:                                    0.9999999999,
		`0.333333333`:                          1.0 / 3,
		`-2.5`:                                 -2.5,
		`9223372036854775807`:                  int64(math.MaxInt64),
		`10000000000000000000000`:              1e22,
		`"�"`:                                  "\xff",
		`{"mean":0.3,"negative":0,"neutral":0,"positive":0,"t":7,"unknown":0}`: model.SentimentPoint{T: 7, Mean: &mean},
	} {
		got, err := CanonicalJSON(v)
		if err != nil || string(got) != want {
			t.Errorf("%v: %s, %v; want %s", v, got, err, want)
		}
	}
	for _, v := range []any{math.NaN(), math.Inf(1), []float64{math.Inf(-1)}, func() {}} {
		if got, err := CanonicalJSON(v); err == nil {
			t.Errorf("%v: %s, want an error", v, got)
		}
	}
}
