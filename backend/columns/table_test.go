package columns

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"testing"

	"vedette/backend/model"
)

const testStart = 1_700_000_000

// randomRows makes rows of ids from first on, with every oddity that columns
// treat apart: missing values, numbers that do not fit four bytes, no author.
func randomRows(rng *rand.Rand, first, n int) []model.FacetRow {
	count := func(top int64) model.Count {
		switch rng.IntN(40) {
		case 0, 1, 2:
			return model.Count{}
		case 3:
			return model.Known(1<<40 + rng.Int64N(5))
		case 4:
			return model.Known(-1<<40 - rng.Int64N(5))
		}
		return model.Known(rng.Int64N(top))
	}
	some := func(prefix string, distinct, most int) (out []string) {
		for range rng.IntN(most + 1) {
			out = append(out, prefix+strconv.Itoa(rng.IntN(1+rng.IntN(distinct))))
		}
		return out
	}
	polarities := []model.Polarity{model.PolarityNegative, model.PolarityNeutral, model.PolarityPositive, model.PolarityUnknown, ""}
	rows := make([]model.FacetRow, n)
	for i := range rows {
		author := rng.IntN(1 + n/3)
		r := model.FacetRow{
			ID: int64(first + i), Time: testStart + rng.Int64N(90*86400), Platform: []string{"x", "reddit", "mastodon"}[rng.IntN(3)],
			Type: model.PageTypes[rng.IntN(len(model.PageTypes))], Kind: model.Kinds[rng.IntN(len(model.Kinds))],
			Lang: []string{"en", "es", "ja", "und"}[rng.IntN(4)], Author: fmt.Sprintf("x:%d", author), AuthorHandle: fmt.Sprintf("User_%d", author),
			AuthorName: fmt.Sprintf("Name %d", author), Followers: count(1e6), Source: "feed " + strconv.Itoa(rng.IntN(300)), Mode: model.ModeOpen,
			Counts:   model.Counts{Likes: count(1000), Comments: count(100), Shares: count(100), Views: count(100000)},
			Polarity: polarities[rng.IntN(len(polarities))], Sentiment: float64(rng.IntN(2001)-1000) / 1000, Batch: int64(1 + rng.IntN(4)),
			Country: []string{"", "FR", "DE"}[rng.IntN(3)], Visibility: model.VisibilityPublic,
			Hashtags: some("tag", 500, 3), Mentions: some("user", 500, 2), Domains: some("d", 50, 1),
			HasMedia: rng.IntN(3) == 0, HasGeo: rng.IntN(9) == 0, HasLink: rng.IntN(2) == 0, Withdrawn: rng.IntN(50) == 0,
		}
		r.Marks = randomMarks(rng)
		switch rng.IntN(60) {
		case 0:
			r.Time = model.MissingTime
		case 1:
			r.Time = -1 << 40
		case 2:
			r.Time = 1 << 40
		case 3:
			r.Author, r.AuthorHandle, r.AuthorName = "", "", ""
		}
		rows[i] = r
	}
	return rows
}

func randomMarks(rng *rand.Rand) (m model.Marks) {
	m.Starred = rng.IntN(10) == 0
	m.Grade = []string{"", "", "2", "5"}[rng.IntN(4)]
	for _, l := range []string{"alpha", "beta"} {
		if rng.IntN(8) == 0 {
			m.Labels = append(m.Labels, l)
		}
	}
	return m
}

func filled(t testing.TB, rows []model.FacetRow) *Table {
	t.Helper()
	table := New()
	for part := range slices.Chunk(rows, 10000) {
		if err := table.Append(part); err != nil {
			t.Fatal(err)
		}
	}
	return table
}

// values are the values that a row has in a facet, each once.
func values(r *model.FacetRow, facet string) []string {
	one := map[string]string{
		"platform": r.Platform, "type": string(r.Type), "kind": string(r.Kind), "lang": r.Lang, "author": r.Author, "source": r.Source,
		"mode": string(r.Mode), "country": r.Country, "place": r.PlaceName, "polarity": string(r.Polarity),
		"grade": cmp.Or(r.Marks.Grade, "6"), "batch": strconv.FormatInt(r.Batch, 10), "visibility": string(r.Visibility),
		"starred": strconv.FormatBool(r.Marks.Starred),
	}
	if v, ok := one[facet]; ok {
		return []string{v}
	}
	var out []string
	switch facet {
	case "hashtag":
		out = r.Hashtags
	case "mention":
		out = r.Mentions
	case "domain":
		out = r.Domains
	case "label":
		out = r.Marks.Labels
	case "has":
		for i, on := range []bool{r.HasMedia, r.HasGeo, r.HasLink} {
			if on {
				out = append(out, hasNames[i])
			}
		}
	}
	out = slices.Clone(out)
	slices.Sort(out)
	return slices.Compact(out)
}

// checkView compares a view with the rows that it was made from.
func checkView(t *testing.T, v *View, rows []model.FacetRow) {
	t.Helper()
	if v.Len() != len(rows) {
		t.Fatalf("%d posts, want %d", v.Len(), len(rows))
	}
	for _, name := range FacetNames() {
		f, ok := v.Facet(name)
		if !ok {
			t.Fatalf("no facet %s", name)
		}
		counts := make(map[string]uint32)
		for i := range rows {
			var got []string
			f.Each(uint32(i), func(c uint32) { got = append(got, f.Value(c)) })
			slices.Sort(got)
			want := values(&rows[i], name)
			if !slices.Equal(got, want) {
				t.Fatalf("%s of post %d: %q, want %q", name, i+1, got, want)
			}
			if !f.Multi && f.Value(f.Of(uint32(i))) != want[0] {
				t.Fatalf("%s of post %d", name, i+1)
			}
			for _, s := range want {
				counts[s]++
			}
		}
		for c, n := range f.Counts(rangeBitmap(len(rows))) {
			if n != counts[f.Value(uint32(c))] {
				t.Fatalf("%s: %d posts with %q, want %d", name, n, f.Value(uint32(c)), counts[f.Value(uint32(c))])
			}
		}
	}
	for i := range rows {
		checkNumbers(t, v, uint32(i), &rows[i])
	}
}

func checkNumbers(t *testing.T, v *View, ord uint32, r *model.FacetRow) {
	t.Helper()
	if v.Time(ord) != r.Time {
		t.Fatalf("time of post %d: %d, want %d", ord+1, v.Time(ord), r.Time)
	}
	for m, want := range map[Metric]model.Count{Likes: r.Counts.Likes, Comments: r.Counts.Comments, Shares: r.Counts.Shares, Views: r.Counts.Views, Followers: r.Followers} {
		n, known := v.Number(m, ord)
		if w, k := want.Value(); n != w || known != k {
			t.Fatalf("metric %d of post %d: %d %v, want %d %v", m, ord+1, n, known, w, k)
		}
	}
	n, known := v.Number(Engagement, ord)
	if w, k := r.Counts.Engagement(); n != w || known != k {
		t.Fatalf("engagement of post %d: %d %v, want %d %v", ord+1, n, known, w, k)
	}
	s, known := v.Sentiment(ord)
	if wanted := r.Polarity != "" && r.Polarity != model.PolarityUnknown; known != wanted || known && s != r.Sentiment {
		t.Fatalf("sentiment of post %d: %v %v, want %v %v", ord+1, s, known, r.Sentiment, wanted)
	}
}

// mutate changes random posts in the table and in the rows alike.
func mutate(t *testing.T, rng *rand.Rand, table *Table, rows []model.FacetRow, times int) {
	t.Helper()
	for range times {
		i := rng.IntN(len(rows))
		r, other := &rows[i], randomRows(rng, i+1, 1)[0]
		var err error
		switch rng.IntN(3) {
		case 0:
			r.Marks = other.Marks
			err = table.UpdateMarks(r.ID, r.Marks)
		case 1:
			r.Counts, r.Followers = other.Counts, other.Followers
			err = table.UpdateCounts(r.ID, r.Counts, r.Followers)
		default:
			r.Lang, r.Polarity, r.Sentiment = other.Lang, other.Polarity, other.Sentiment
			r.Hashtags, r.Mentions, r.Domains = other.Hashtags, other.Mentions, other.Domains
			err = table.UpdateEnrichment(r.ID, r.Lang, r.Polarity, r.Sentiment, r.Hashtags, r.Mentions, r.Domains)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestViewsAreImmutable appends and updates at random and checks that each view
// still shows what the table held when it was taken.
func TestViewsAreImmutable(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	type taken struct {
		view *View
		rows []model.FacetRow
	}
	table := New()
	var rows []model.FacetRow
	var views []taken
	for range 12 {
		more := randomRows(rng, len(rows)+1, 1+rng.IntN(700))
		if err := table.Append(more); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, more...)
		mutate(t, rng, table, rows, rng.IntN(3000))
		views = append(views, taken{table.View(), slices.Clone(rows)})
	}
	for _, v := range views {
		checkView(t, v.view, v.rows)
	}
}

func TestAppendRejectsGaps(t *testing.T) {
	table := New()
	if err := table.Append([]model.FacetRow{{ID: 1}, {ID: 3}}); err == nil {
		t.Error("a gap in the ids was accepted")
	}
	if table.View().Len() != 1 {
		t.Errorf("%d posts", table.View().Len())
	}
	if err := table.UpdateMarks(2, model.Marks{}); err == nil {
		t.Error("an unknown post was updated")
	}
}

func TestWithdraw(t *testing.T) {
	rows := randomRows(rand.New(rand.NewPCG(5, 6)), 1, 500)
	table := filled(t, rows)
	before := table.View()
	table.SetWithdrawn(2, true)
	table.SetWithdrawn(99, true)
	gone := table.View()
	table.SetWithdrawn(2, false)
	back := table.View()
	for i, r := range rows {
		ord := uint32(i)
		if before.Visible().Contains(ord) == r.Withdrawn || gone.Visible().Contains(ord) != (!r.Withdrawn && r.Batch != 2) ||
			back.Visible().Contains(ord) != (!r.Withdrawn || r.Batch == 2) {
			t.Fatalf("post %d (batch %d)", r.ID, r.Batch)
		}
	}
}

func TestFacetLabelsAndMatches(t *testing.T) {
	table := filled(t, []model.FacetRow{
		{ID: 1, Author: "x:1", AuthorHandle: "@Anna", AuthorName: "Anna K.", Hashtags: []string{"flood"}, Mentions: []string{"bob"}},
		{ID: 2, Author: "x:2", AuthorName: "Ömer", Hashtags: []string{"flooding"}},
		{ID: 3, Author: "x:3", Platform: "Straße"},
		{ID: 4, Author: "x:1", AuthorHandle: "anna_new"},
	})
	v := table.View()
	for _, c := range []struct {
		facet, pattern string
		want           []string
	}{
		{"author", "@ANNA_new", []string{"@anna_new"}},
		{"author", "anna k.", []string{"@anna_new"}},
		{"author", "x:2", []string{"Ömer"}},
		{"author", "ö*", []string{"Ömer"}},
		{"author", "x:?", []string{"@anna_new", "Ömer", "x:3"}},
		{"author", "nobody", nil},
		{"hashtag", "#flood", []string{"#flood"}},
		{"hashtag", "flood*", []string{"#flood", "#flooding"}},
		{"hashtag", "*oo*g", []string{"#flooding"}},
		{"mention", "@bob", []string{"@bob"}},
		{"platform", "STRASSE", nil},
		{"platform", "straß?", []string{"Straße"}},
	} {
		f, _ := v.Facet(c.facet)
		var got []string
		for _, code := range f.Match(c.pattern) {
			got = append(got, f.Label(code))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:%s: %q, want %q", c.facet, c.pattern, got, c.want)
		}
	}
	if _, ok := v.Facet("colour"); ok {
		t.Error("there is a facet colour")
	}
}

// TestConcurrentReaders reads views while the table grows and changes.
func TestConcurrentReaders(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	rows := randomRows(rng, 1, 20000)
	table := filled(t, rows[:5000])
	stop, done := make(chan struct{}), make(chan struct{})
	for range 3 {
		go func() {
			defer func() { done <- struct{}{} }()
			for {
				v := table.View()
				f, _ := v.Facet("hashtag")
				f.Top(nil, 3)
				f.Match("tag1*")
				a, _ := v.Facet("author")
				a.Code("x:77")
				v.Page(nil, Sort{By: SortTime, Desc: true}, 100, 50)
				v.Page(v.NumberRange(Likes, 5, 500), Sort{By: SortEngagement, Desc: true}, 10, 50)
				select {
				case <-stop:
					return
				default:
				}
			}
		}()
	}
	for at := 5000; at < len(rows); at += 500 {
		if err := table.Append(rows[at : at+500]); err != nil {
			t.Error(err)
		}
		mutate(t, rng, table, rows[:at+500], 50)
		table.SetWithdrawn(int64(rng.IntN(4)), rng.IntN(2) == 0)
	}
	close(stop)
	for range 3 {
		<-done
	}
}

// TestMemory holds the table to 150 bytes a post.
func TestMemory(t *testing.T) {
	const n = 200000
	rows := benchRows(n)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	table := filled(t, rows)
	table.View().Page(nil, Sort{By: SortTime}, 0, 1)
	runtime.GC()
	runtime.ReadMemStats(&after)
	each := float64(after.HeapAlloc-before.HeapAlloc) / n
	t.Logf("%.1f bytes a post", each)
	if each > 150 {
		t.Errorf("%.1f bytes a post", each)
	}
	runtime.KeepAlive(table)
	runtime.KeepAlive(rows)
}
