package app

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
)

// TestProblemText: what a binding gives to the page is the whole problem, as
// text.
func TestProblemText(t *testing.T) {
	for _, err := range []error{
		fault("bad_url", `"x" is no address`, map[string]string{"url": "x"}),
		errors.New("the moon\nis full"),
	} {
		want := problem(err)
		var got Problem
		if e := json.Unmarshal([]byte(want.text()), &got); e != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%v became %+v (%v)", err, got, e)
		}
	}
}
