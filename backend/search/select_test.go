package search

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"vedette/backend/columns"
	"vedette/backend/model"
)

// testPost is a post as the brute-force evaluator sees it.
type testPost struct {
	row  model.FacetRow
	text string
}

// firstOfThread is the post that the conversation x:7 began with, which does
// not say so itself.
const firstOfThread = 3

var testWords = []string{"café", "storm", "Storm", "new", "york", "don't", "東京", "地震", "ครับ", "😀", "👍🏽", "harbour", "#flood", "@maria", "naïve", "42", "Ärger"}

func randomPosts(rng *rand.Rand, n int) []testPost {
	pick := func(list ...string) string { return list[rng.IntN(len(list))] }
	count := func() model.Count {
		if rng.IntN(4) == 0 {
			return model.Count{}
		}
		return model.Known(int64(rng.IntN(50)))
	}
	posts := make([]testPost, n)
	for i := range posts {
		var words []string
		for range rng.IntN(8) {
			words = append(words, pick(testWords...))
		}
		r := model.FacetRow{
			ID: int64(i + 1), Time: 1704067200 + rng.Int64N(120*86400), Platform: pick("x", "reddit", "bluesky"),
			Type: model.PageTypes[rng.IntN(len(model.PageTypes))], Kind: model.Kinds[rng.IntN(len(model.Kinds))],
			Lang: pick("en", "de", "ja", "und", ""), Author: pick("x:1", "x:2", "reddit:3", ""), Source: pick("Feed A", "upload"),
			Mode: model.ModeOpen, Batch: int64(1 + rng.IntN(3)), Country: pick("FR", "DE", ""), PlaceName: pick("Paris", "New York", ""),
			Visibility: model.VisibilityPublic, Followers: count(),
			Counts:   model.Counts{Likes: count(), Comments: count(), Shares: count(), Views: count()},
			Polarity: model.Polarity(pick("negative", "neutral", "positive", "unknown", "")), Sentiment: float64(rng.IntN(21)-10) / 10,
			Thread:   pick("x:7", "x:8", ""),
			HasMedia: rng.IntN(3) == 0, HasGeo: rng.IntN(5) == 0, HasLink: rng.IntN(2) == 0, Withdrawn: rng.IntN(20) == 0,
		}
		if r.Author != "" {
			r.AuthorHandle, r.AuthorName = "user"+r.Author[len(r.Author)-1:], "User "+r.Author[len(r.Author)-1:]
		}
		if rng.IntN(20) == 0 {
			r.Time = model.MissingTime
		}
		r.Marks.Starred = rng.IntN(6) == 0
		r.Marks.Grade = pick("", "1", "4")
		for _, l := range []string{"key", "to check"} {
			if rng.IntN(5) == 0 {
				r.Marks.Labels = append(r.Marks.Labels, l)
			}
		}
		for _, h := range []string{"flood", "storm24"} {
			if rng.IntN(4) == 0 {
				r.Hashtags = append(r.Hashtags, h)
			}
		}
		if rng.IntN(3) == 0 {
			r.Mentions, r.Domains = []string{"maria"}, []string{"example.com"}
		}
		posts[i] = testPost{r, strings.Join(words, pick(" ", ", ", " – "))}
	}
	return posts
}

func tableOf(t testing.TB, posts []testPost) *columns.Table {
	t.Helper()
	table := columns.New()
	rows := make([]model.FacetRow, len(posts))
	for i := range posts {
		rows[i] = posts[i].row
	}
	if err := table.Append(rows); err != nil {
		t.Fatal(err)
	}
	return table
}

func docsOf(posts []testPost) []Doc {
	out := make([]Doc, len(posts))
	for i, p := range posts {
		out[i] = Doc{p.row.ID, p.text}
	}
	return out
}

func newIndex(t testing.TB) *Index {
	t.Helper()
	ix, err := CreateIndex(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
	})
	return ix
}

// truth is what a brute-force evaluation knows of a term.
type truth struct{ certain, possible bool }

// clause is a random query with its own meaning.
type clause struct {
	text string
	eval func(p *testPost, indexed bool) truth
}

func plain(text string, f func(p *testPost) bool) clause {
	return clause{text, func(p *testPost, _ bool) truth { b := f(p); return truth{b, b} }}
}

func wordClause(text string, words ...string) clause {
	return clause{text, func(p *testPost, indexed bool) truth {
		if !indexed {
			return truth{false, true}
		}
		list := wordsOf(p.text)
		for i := 0; i+len(words) <= len(list.ends); i++ {
			ok := true
			for k, w := range words {
				if rest, wild := strings.CutSuffix(w, "*"); wild {
					ok = ok && strings.HasPrefix(list.term(i+k), rest)
				} else {
					ok = ok && list.term(i+k) == w
				}
			}
			if ok {
				return truth{true, true}
			}
		}
		return truth{}
	}}
}

func atLeast(c model.Count, n int64) bool { v, ok := c.Value(); return ok && v >= n }

func baseClauses() []clause {
	day := func(y, m, d int) int64 { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix() }
	known := func(p *testPost) bool {
		return p.row.Polarity != "" && p.row.Polarity != model.PolarityUnknown
	}
	return []clause{
		wordClause("cafe", "cafe"), wordClause("CAFÉ", "cafe"), wordClause("storm", "storm"), wordClause(`"new york"`, "new", "york"),
		wordClause("don’t", "don", "t"), wordClause("東京", "東", "京"), wordClause("京", "京"), wordClause("stor*", "stor*"), wordClause("😀", "😀"),
		wordClause("👍", "👍"), wordClause(`"new yo*"`, "new", "yo*"), wordClause("#flood", "flood"), wordClause("text:naive", "naive"),
		wordClause("arger", "arger"), wordClause("nosuchword", "nosuchword"), wordClause("ครับ", "ค", "รั", "บ"),
		plain("platform:x", func(p *testPost) bool { return p.row.Platform == "x" }),
		plain("platform:*e*", func(p *testPost) bool { return strings.Contains(p.row.Platform, "e") }),
		plain("type:blog", func(p *testPost) bool { return p.row.Type == model.PageBlog }),
		plain("kind:comment", func(p *testPost) bool { return p.row.Kind == model.KindComment }),
		plain("lang:EN", func(p *testPost) bool { return p.row.Lang == "en" }),
		plain("author:@user1", func(p *testPost) bool { return p.row.Author == "x:1" }),
		plain(`author:"user 3"`, func(p *testPost) bool { return p.row.Author == "reddit:3" }),
		plain("author:x:*", func(p *testPost) bool { return strings.HasPrefix(p.row.Author, "x:") }),
		plain("likes:>10", func(p *testPost) bool { return atLeast(p.row.Counts.Likes, 11) }),
		plain("likes:5..20", func(p *testPost) bool {
			v, ok := p.row.Counts.Likes.Value()
			return ok && v >= 5 && v <= 20
		}),
		plain("views:<=3", func(p *testPost) bool { v, ok := p.row.Counts.Views.Value(); return ok && v <= 3 }),
		plain("engagement:>=60", func(p *testPost) bool { v, ok := p.row.Counts.Engagement(); return ok && v >= 60 }),
		plain("sentiment:negative", func(p *testPost) bool { return p.row.Polarity == model.PolarityNegative }),
		plain("sentiment:<-0.3", func(p *testPost) bool { return known(p) && p.row.Sentiment < -0.3 }),
		plain("sentiment:-0.3..0.3", func(p *testPost) bool { return known(p) && p.row.Sentiment >= -0.3 && p.row.Sentiment <= 0.3 }),
		plain("time:2024-02", func(p *testPost) bool { return p.row.Time >= day(2024, 2, 1) && p.row.Time < day(2024, 3, 1) }),
		plain("time:2024-01-10..2024-01-20", func(p *testPost) bool { return p.row.Time >= day(2024, 1, 10) && p.row.Time < day(2024, 1, 21) }),
		plain("time:>2024-03-01", func(p *testPost) bool { return p.row.Time >= day(2024, 3, 2) }),
		plain("time:<2024-01-05", func(p *testPost) bool { return p.row.Time != model.MissingTime && p.row.Time < day(2024, 1, 5) }),
		plain("hashtag:#flood", func(p *testPost) bool { return slices.Contains(p.row.Hashtags, "flood") }),
		plain("mention:maria", func(p *testPost) bool { return len(p.row.Mentions) > 0 }),
		plain("domain:example.*", func(p *testPost) bool { return len(p.row.Domains) > 0 }),
		plain("country:fr", func(p *testPost) bool { return p.row.Country == "FR" }),
		plain(`place:"new york"`, func(p *testPost) bool { return p.row.PlaceName == "New York" }),
		plain(`source:"feed a"`, func(p *testPost) bool { return p.row.Source == "Feed A" }),
		plain(`label:"to check"`, func(p *testPost) bool { return slices.Contains(p.row.Marks.Labels, "to check") }),
		plain("starred:true", func(p *testPost) bool { return p.row.Marks.Starred }),
		plain("starred:false", func(p *testPost) bool { return !p.row.Marks.Starred }),
		plain("has:media", func(p *testPost) bool { return p.row.HasMedia }),
		plain("has:geo", func(p *testPost) bool { return p.row.HasGeo }),
		plain(`thread:"x:7"`, func(p *testPost) bool { return p.row.Thread == "x:7" || p.row.ID == firstOfThread }),
		plain(`thread:"x:none"`, func(*testPost) bool { return false }),
		plain("batch:2", func(p *testPost) bool { return p.row.Batch == 2 }),
		plain("grade:6", func(p *testPost) bool { return p.row.Marks.Grade == "" }),
		plain("grade:<=4", func(p *testPost) bool { return p.row.Marks.Grade != "" }),
		plain("mode:open", func(*testPost) bool { return true }),
		plain("subject:reds", func(p *testPost) bool { return p.row.Platform == "reddit" }),
	}
}

func randomClause(rng *rand.Rand, base []clause, depth int) clause {
	if depth == 0 || rng.IntN(3) == 0 {
		return base[rng.IntN(len(base))]
	}
	a, b := randomClause(rng, base, depth-1), randomClause(rng, base, depth-1)
	switch rng.IntN(4) {
	case 0:
		return clause{"(" + a.text + " OR " + b.text + ")", func(p *testPost, ok bool) truth {
			x, y := a.eval(p, ok), b.eval(p, ok)
			return truth{x.certain || y.certain, x.possible || y.possible}
		}}
	case 1:
		not := []string{"NOT (", "-("}[rng.IntN(2)]
		return clause{not + a.text + ")", func(p *testPost, ok bool) truth {
			x := a.eval(p, ok)
			return truth{!x.possible, !x.certain}
		}}
	default:
		and := []string{" ", " AND "}[rng.IntN(2)]
		return clause{"(" + a.text + and + b.text + ")", func(p *testPost, ok bool) truth {
			x, y := a.eval(p, ok), b.eval(p, ok)
			return truth{x.certain && y.certain, x.possible && y.possible}
		}}
	}
}

// TestSelectEqualsBruteForce compares random queries over random posts with an
// evaluation post by post, with an index that is complete, behind, and absent.
func TestSelectEqualsBruteForce(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	posts := randomPosts(rng, 400)
	view := tableOf(t, posts).View()
	env := Env{Subject: func(name string) (*Query, error) {
		if name != "reds" {
			return nil, nil
		}
		return Parse("platform:reddit")
	}, Post: func(uid string) (uint32, bool) {
		return columns.Ordinal(firstOfThread), uid == "x:7"
	}}
	base := baseClauses()
	ix := newIndex(t)
	for _, indexed := range []int{0, 150, 400} {
		for at := int(ix.Watermark()); at < indexed; at += 50 {
			if err := ix.Add(t.Context(), docsOf(posts[at:at+50])); err != nil {
				t.Fatal(err)
			}
		}
		queries := slices.Clone(base)
		for range 400 {
			queries = append(queries, randomClause(rng, base, 4))
		}
		use := ix
		if indexed == 0 {
			use = nil
		}
		for _, c := range queries {
			checkSelect(t, c, use, view, env, posts, indexed)
		}
	}
}

func checkSelect(t *testing.T, c clause, ix *Index, view *columns.View, env Env, posts []testPost, indexed int) {
	t.Helper()
	q, err := Parse(c.text)
	if err != nil {
		t.Fatalf("%s: %v", c.text, err)
	}
	var want []uint32
	for i := range posts {
		if !posts[i].row.Withdrawn && c.eval(&posts[i], i < indexed).certain {
			want = append(want, uint32(i))
		}
	}
	again, err := Parse(q.String())
	if err != nil {
		t.Fatalf("%s: canonical text %s: %v", c.text, q, err)
	}
	for _, q := range []*Query{q, again} {
		res, err := q.Select(t.Context(), ix, view, env)
		if err != nil {
			t.Fatalf("%s: %v", c.text, err)
		}
		if got := res.Bitmap.ToArray(); !slices.Equal(got, want) {
			t.Fatalf("%s (canonical %s), %d indexed:\n got %v\nwant %v", c.text, q, indexed, got, want)
		}
		if res.Words && res.Watermark != int64(indexed) {
			t.Fatalf("%s: watermark %d, want %d", c.text, res.Watermark, indexed)
		}
	}
}

func TestRelevance(t *testing.T) {
	texts := []string{"storm", "a long text about many things and a storm somewhere in it", "nothing", "storm storm storm", "storm"}
	var posts []testPost
	for i, s := range texts {
		posts = append(posts, testPost{model.FacetRow{ID: int64(i + 1), Time: int64(i)}, s})
	}
	view, ix := tableOf(t, posts).View(), newIndex(t)
	if err := ix.Add(t.Context(), docsOf(posts)); err != nil {
		t.Fatal(err)
	}
	q, err := Parse("storm")
	if err != nil {
		t.Fatal(err)
	}
	res, err := q.Select(t.Context(), ix, view, Env{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		offset, limit int
		want          []uint32
	}{{0, 10, []uint32{3, 4, 0, 1}}, {1, 2, []uint32{4, 0}}, {4, 1, nil}, {0, 0, nil}} {
		got, err := res.Relevance(t.Context(), res.Bitmap, c.offset, c.limit)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("offset %d limit %d: %v, %v, want %v", c.offset, c.limit, got, err, c.want)
		}
	}
}

func TestSelectStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	q, err := Parse("storm")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.Select(ctx, nil, tableOf(t, nil).View(), Env{}); err == nil || ctx.Err() == nil {
		t.Error("a cancelled select gave a result")
	}
}

func TestSelectZone(t *testing.T) {
	zone := time.FixedZone("east", 2*3600)
	at := time.Date(2024, 3, 31, 23, 30, 0, 0, time.UTC).Unix() // 1 April in the zone
	view := tableOf(t, []testPost{{model.FacetRow{ID: 1, Time: at}, ""}}).View()
	for q, want := range map[string][2]uint64{ // in UTC, in the zone
		"time:2024-03": {1, 0}, "time:2024-04": {0, 1}, "time:2024-04-01": {0, 1}, "time:2024-03-31T23:30Z": {1, 1},
		"time:2024-04-01T01:30+02:00": {1, 1}, `time:"2024-03-31 23:30"`: {1, 0}, "time:2024": {1, 1}, "time:>=2024-04": {0, 1}, "time:..2024-03": {1, 0},
	} {
		parsed, err := Parse(q)
		if err != nil {
			t.Fatal(err)
		}
		for i, z := range []*time.Location{nil, zone} {
			res, err := parsed.Select(t.Context(), nil, view, Env{Zone: z})
			if err != nil || res.Bitmap.GetCardinality() != want[i] {
				t.Errorf("%s in %v: %v, %v", q, z, res.Bitmap, err)
			}
		}
	}
}

func TestSubjectsNest(t *testing.T) {
	view := tableOf(t, []testPost{{model.FacetRow{ID: 1}, ""}}).View()
	env := Env{Subject: func(name string) (*Query, error) {
		n, err := strconv.Atoi(name)
		if err != nil {
			return nil, nil
		}
		return Parse(fmt.Sprintf("subject:%d", n+1))
	}}
	for text, code := range map[string]string{"x OR subject:1": CodeTooDeep, "subject:none": CodeUnknownSubject} {
		q, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		_, err = q.Select(t.Context(), nil, view, env)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) || syntax.Code != code || text[syntax.Pos:syntax.Pos+syntax.Len] != text[strings.Index(text, "subject"):] {
			t.Errorf("%s: %#v", text, err)
		}
	}
}
