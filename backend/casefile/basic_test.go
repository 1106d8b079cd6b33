package casefile

import (
	"bytes"
	"context"
	"testing"

	"vedette/backend/custody"
	"vedette/backend/model"
)

func TestPostsComeBackExactly(t *testing.T) {
	w := newWorld(t)
	var s source
	posts := []*model.Post{fullPost("10"), plainPost("11"), {Platform: "p", NativeID: "n"}, fullPost("12")}
	for i, p := range posts {
		if i%2 == 0 {
			s.line(p, nil)
		} else {
			s.row(p, nil)
		}
	}
	w.load("a.jsonl", &s, 3)
	for _, reopened := range []bool{false, true} {
		if reopened {
			w.reopen()
		}
		n := 0
		err := w.c.PostsForEnrich(context.Background(), 0, func(ids []int64, got []model.Post) error {
			for i := range got {
				if ids[i] != int64(n+1) {
					t.Errorf("id %d at %d", ids[i], n)
				}
				if !bytes.Equal(custody.Canonical(&got[i]), custody.Canonical(posts[n])) {
					t.Errorf("post %d came back as\n%+v\nnot\n%+v", n, got[i], *posts[n])
				}
				n++
			}
			return nil
		})
		w.must(err)
		if n != len(posts) {
			t.Fatalf("%d posts came back, not %d", n, len(posts))
		}
	}
}

func TestReading(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	var s source
	s.line(fullPost("10"), nil)
	s.line(nil, &model.Reject{Code: "bad_json", Reason: "broken"})
	again := fullPost("10")
	again.Counts = model.Counts{Likes: model.Known(99)}
	again.CapturedAt.Time = again.CapturedAt.Time.AddDate(0, 1, 0)
	s.line(again, nil)
	s.row(plainPost("11"), nil)
	b := w.load("a.jsonl", &s, 10)
	if b.Read != 4 || b.Accepted != 2 || b.Duplicate != 1 || b.Rejected != 1 || b.Reasons["bad_json"] != 1 || b.State != model.BatchDone {
		t.Fatalf("batch is %+v", b)
	}
	views, err := w.c.Posts(ctx, []int64{2, 1})
	w.must(err)
	if views[0].UID != "reddit:11" || views[1].UID != "x:10" || views[1].Sightings != 2 {
		t.Fatalf("views are %+v", views)
	}
	if n, _ := views[1].Counts.Likes.Value(); n != 99 {
		t.Errorf("likes are %d, not of the latest sighting", n)
	}
	for ref, want := range map[string]int64{"1": 1, "x:10": 1, "reddit:11": 2} {
		if id, err := w.c.PostID(ctx, ref); err != nil || id != want {
			t.Errorf("PostID(%q) = %d, %v", ref, id, err)
		}
	}
	sightings, err := w.c.Sightings(ctx, 1)
	w.must(err)
	if len(sightings) != 2 || sightings[1].Differs || sightings[1].Seq != 2 {
		t.Fatalf("sightings are %+v", sightings)
	}
	raw, exact, err := w.c.Raw(ctx, sightings[1].ID)
	w.must(err)
	if !exact || !bytes.Equal(raw, s.records[2].Raw) {
		t.Errorf("raw is %q, exact %v", raw, exact)
	}
	raw, exact, err = w.c.Raw(ctx, 4)
	w.must(err)
	if exact || string(raw) != "cell 3" {
		t.Errorf("raw is %q, exact %v", raw, exact)
	}
	rejects, err := w.c.Rejects(ctx, 0, 0, 10)
	w.must(err)
	if len(rejects) != 1 || rejects[0].Seq != 1 || rejects[0].Code != "bad_json" || rejects[0].File != "a.jsonl" {
		t.Fatalf("rejects are %+v", rejects)
	}
	var facets []model.FacetRow
	w.must(w.c.FacetRows(ctx, 0, func(r []model.FacetRow) error { facets = append(facets, r...); return nil }))
	if len(facets) != 2 || facets[0].Author != "x:u10" || facets[0].Domains[0] != "example.org" || facets[1].Time != model.MissingTime {
		t.Fatalf("facets are %+v", facets)
	}
	var texts []TextRow
	w.must(w.c.Texts(ctx, 1, func(r []TextRow) error { texts = append(texts, r...); return nil }))
	if len(texts) != 1 || texts[0].Text != "plain 11" {
		t.Fatalf("texts are %+v", texts)
	}
	n := 0
	w.must(w.c.Commitments(ctx, []int64{1, 2}, func(id int64, h model.Hash) error {
		if want := s.items(b, 0, 4)[[]int{0, 3}[n]].Commit; h != want {
			t.Errorf("commitment of %d is %x", id, h)
		}
		n++
		return nil
	}))
}
