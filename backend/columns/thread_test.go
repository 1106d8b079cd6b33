package columns

import (
	"fmt"
	"testing"

	"vedette/backend/model"
)

func TestMaybeThreadFindsTheWholeConversation(t *testing.T) {
	table := New()
	var rows []model.FacetRow
	for i := range 3000 {
		r := model.FacetRow{ID: int64(i) + 1, Time: int64(i)}
		if i%3 != 0 {
			r.Thread = fmt.Sprintf("x:%d", i%300)
		}
		rows = append(rows, r)
	}
	if err := table.Append(rows); err != nil {
		t.Fatal(err)
	}
	v := table.View()
	for i := range 300 {
		uid := fmt.Sprintf("x:%d", i)
		got := v.MaybeThread(uid)
		for _, r := range rows {
			if r.Thread == uid && !got.Contains(Ordinal(r.ID)) {
				t.Fatalf("%s lacks post %d", uid, r.ID)
			}
		}
		if want := 10; i%3 != 0 && got.GetCardinality() > uint64(want)+5 {
			t.Errorf("%s has %d posts, about %d expected", uid, got.GetCardinality(), want)
		}
	}
	if n := v.MaybeThread("").GetCardinality(); n != 0 {
		t.Errorf("no conversation has %d posts", n)
	}
}
