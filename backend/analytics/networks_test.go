package analytics

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"vedette/assets"
	"vedette/backend/model"
)

// ringPosts has three accounts that share five links within seconds of each other,
// a hub that everyone passes on, and others who talk about kettles and parcels.
func ringPosts() []model.Post {
	start := time.Date(2024, 5, 1, 8, 0, 0, 0, time.UTC)
	var out []model.Post
	add := func(author string, at time.Duration, text string, p model.Post) string {
		p.Platform, p.NativeID, p.Text, p.Created = "x", fmt.Sprint(len(out)+1), text, model.Instant{Time: start.Add(at)}
		p.Author = model.Account{Platform: "x", NativeID: author, Handle: author, Name: author, Created: model.Instant{Time: start.AddDate(-3, 0, 0)}, Verified: new(bool)}
		p.Author.Followers, p.Author.Following, p.Author.Posts = model.Known(200), model.Known(100), model.Known(5000)
		if author[0] == 'r' {
			p.Author.Followers, p.Author.Following, p.Author.Posts = model.Known(2), model.Known(0), model.Known(90000)
		}
		out = append(out, p)
		return p.UID()
	}
	for k := range 5 {
		hour := time.Duration(k) * 7 * time.Hour
		link := []model.Link{{URL: fmt.Sprintf("https://news.example/%d?utm_source=x", k)}}
		for i := range 3 {
			add(fmt.Sprintf("ring%d", i), hour+time.Duration(i)*2*time.Second, "boiling kettle recall danger", model.Post{Links: link})
		}
		for i := range 6 {
			add(fmt.Sprintf("free%d", i), hour+time.Duration(i+1)*20*time.Minute, "parcel courier late again", model.Post{Links: link})
		}
	}
	hub := add("hub", 40*time.Hour, "kettle boiling handle danger recall", model.Post{})
	for i := range 6 {
		add(fmt.Sprintf("free%d", i), 41*time.Hour+time.Duration(i)*time.Minute, "parcel late courier depot", model.Post{Refs: model.Refs{RepostOf: hub}, Mentions: []model.Mention{{Handle: "Nobody"}}})
	}
	return out
}

// whole makes the inputs of a run from posts.
func whole(t testing.TB, posts []model.Post) Inputs {
	t.Helper()
	rows := make([]model.FacetRow, len(posts))
	for i, p := range posts {
		rows[i] = model.FacetRow{Time: p.Created.Time.Unix(), Platform: p.Platform, Author: p.Author.UID(), AuthorHandle: p.Author.Handle, Lang: "en", RepostOf: p.Refs.RepostOf, Counts: model.Counts{Likes: model.Known(int64(i))}}
	}
	return Inputs{
		View: view(t, rows), Automation: assets.AutomationModel, StopWords: assets.StopWords,
		Each: func(_ context.Context, fn func(uint32, *model.Post) error) error {
			for i := range posts {
				if err := fn(uint32(i), &posts[i]); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func networkResult[T any](t *testing.T, kind string, params map[string]string) T {
	t.Helper()
	spec := model.RunSpec{Kind: kind, Params: params}
	var all [2][]byte
	var out T
	for i := range all {
		r, err := Compute(context.Background(), spec, whole(t, ringPosts()))
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if all[i], err = CanonicalJSON(r); err != nil {
			t.Fatal(err)
		}
		var ok bool
		if out, ok = r.(T); !ok {
			t.Fatalf("%s gives a %T", kind, r)
		}
	}
	if !bytes.Equal(all[0], all[1]) {
		t.Errorf("%s: other bytes from the same posts", kind)
	}
	return out
}

func TestCoordinationOfPosts(t *testing.T) {
	r := networkResult[model.CoordinationResult](t, "coordination", map[string]string{"time_window": "30"})
	if len(r.Clusters) != 1 || r.Clusters[0].P != .01 || r.Shares != 45 || r.Pairs != 15 || r.Accounts != 3 || r.Chance.Rounds != 99 || len(r.Sensitivity) != 5 {
		t.Errorf("%+v", r)
	}
	r = networkResult[model.CoordinationResult](t, "coordination", map[string]string{"time_window": "3600", "rounds": "19"})
	if len(r.Clusters) != 1 || r.Chance.P > .2 {
		t.Fatalf("%+v", r)
	}
	c := r.Clusters[0]
	if c.Accounts[0].Label != "@free0" || c.Shared[0].Object != "https://news.example/0" || len(c.PostIDs) == 0 || c.First >= c.Last {
		t.Errorf("%+v", c)
	}
	if d := networkResult[model.CoordinationResult](t, "coordination", map[string]string{"objects": "texts", "time_window": "30"}); d.Shares != 52 || d.Pairs == 0 {
		t.Errorf("texts: %+v", d)
	}
	for _, objects := range []string{"domains", "hashtags", "reposts"} {
		networkResult[model.CoordinationResult](t, "coordination", map[string]string{"objects": objects, "rounds": "3"})
	}
}

func TestNetworksOfPosts(t *testing.T) {
	r := networkResult[model.CommunitiesResult](t, "communities", nil)
	if r.Nodes != 10 || r.Edges != 6 || r.Unresolved != 6 || r.Communities[0].Size != 7 || r.Communities[0].Members[0].Key != "x:hub" || r.Communities[0].Inside != 1 {
		t.Errorf("%+v", r)
	}
	i := networkResult[model.InfluenceResult](t, "influence", nil)
	if i.Rows[0].Key != "x:hub" || i.Rows[0].InStrength != 6 || i.Rows[0].HIndex != 1 || i.Rows[0].Core != 1 || i.Sampled != 10 {
		t.Errorf("%+v", i.Rows[0])
	}
	k := slices.IndexFunc(i.Rows, func(r model.InfluenceRow) bool { return r.Key == "x:ring0" })
	if k < 0 || i.Rows[k].FirstObjects != 5 || i.Rows[k].Takers != 40 {
		t.Errorf("%+v", i.Rows)
	}
	if l := networkResult[model.CommunitiesResult](t, "communities", map[string]string{"network": "links"}); l.Edges != 36 || l.Nodes != 10 {
		t.Errorf("links: %+v", l)
	}
}

func TestThemesOfPosts(t *testing.T) {
	r := networkResult[model.ThemesResult](t, "themes", nil)
	if r.Posts != 52 || len(r.Themes) != 2 || r.Themes[0].Posts != 36 || r.Without != 0 || !slices.Contains(r.Themes[0].Words, "parcel") || len(r.Themes[1].PostIDs) != 10 || r.Themes[1].PostIDs[0] != "46" {
		t.Errorf("%+v", r)
	}
}

func TestAutomationOfPosts(t *testing.T) {
	r := networkResult[model.AutomationResult](t, "automation", map[string]string{"n": "3"})
	if r.Accounts != 10 || r.Insufficient != 0 || len(r.Rows) != 3 || r.Rows[0].Key[:6] != "x:ring" || len(r.Rows[0].Features) == 0 || len(r.Rows[0].PostIDs) != 5 {
		t.Errorf("%+v", r)
	}
}

func TestNetworkParameters(t *testing.T) {
	in := whole(t, ringPosts())
	for _, c := range [][3]string{
		{"coordination", "objects", "moons"},
		{"coordination", "time_window", "-1"},
		{"coordination", "rounds", "0"},
		{"coordination", "edge_weight", "NaN"},
		{"communities", "network", "kin"},
		{"communities", "resolution", "0"},
		{"influence", "samples", "many"},
		{"themes", "themes", "0"},
		{"automation", "n", "0"},
		{"themes", "seed", "-1"},
	} {
		if _, err := Compute(context.Background(), model.RunSpec{Kind: c[0], Params: map[string]string{c[1]: c[2]}}, in); faultCode(err) != "bad_param" {
			t.Errorf("%v: %v", c, err)
		}
	}
}
