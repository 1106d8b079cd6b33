package automation

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"vedette/backend/model"
)

// invented gives accounts of which the automated ones write more and are followed
// less, with some of each that look like the other.
func invented(n int) []Labelled {
	r := rand.New(rand.NewPCG(3, 3))
	captured := time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)
	out := make([]Labelled, n)
	for i := range out {
		automated := i%2 == 0
		like := automated != (r.IntN(12) == 0)
		days := 100 + r.IntN(3000)
		posts, followers := 500+r.IntN(4000), 200+r.IntN(900)
		if like {
			posts, followers = 8000+r.IntN(60000), r.IntN(120)
		}
		p := Profile{
			ID: fmt.Sprint(i), Handle: fmt.Sprintf("person%d", r.IntN(90)), Name: "Someone", Captured: captured, Created: captured.AddDate(0, 0, -days),
			Posts: model.Known(int64(posts)), Followers: model.Known(int64(followers)), Following: model.Known(r.Int64N(900)),
			Likes: model.Known(r.Int64N(3000)), Verified: No, DefaultProfile: TruthOf(like),
		}
		out[i] = Labelled{p, automated}
	}
	return out
}

func TestTrainAndScore(t *testing.T) {
	m, err := Train(invented(400))
	if err != nil {
		t.Fatal(err)
	}
	if m.AUC < .85 || m.AUC > .99 || m.Accuracy < .85 {
		t.Errorf("AUC %.3f, accuracy %.3f", m.AUC, m.Accuracy)
	}
	p := invented(2)[0].Profile
	r := m.Score(p)
	if !r.Sufficient || r.Score < .7 {
		t.Errorf("%+v", r)
	}
	z := m.Intercept
	for i, c := range r.Features {
		z += c.Contribution
		if i > 0 && math.Abs(c.Contribution) > math.Abs(r.Features[i-1].Contribution) {
			t.Error("features are not by the size of their contribution")
		}
		if c.Low > c.Median || c.Median > c.High {
			t.Errorf("range of %s: %+v", c.Name, c)
		}
	}
	if math.Abs(logistic(z)-r.Score) > 1e-4 {
		t.Errorf("the contributions add up to %.5f, the score is %.5f", logistic(z), r.Score)
	}
}

func TestInsufficientData(t *testing.T) {
	m, err := Train(invented(100))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []Profile{
		{},
		{Handle: "someone", Name: "Some One"},
		{Handle: "a", Name: "b", Followers: model.Known(3), Following: model.Known(4), Verified: No, DefaultProfile: No, DefaultImage: No},
	} {
		if r := m.Score(p); r.Sufficient || r.Score != 0 {
			t.Errorf("%+v is scored", p)
		}
	}
	if _, err := Train(invented(12)); err == nil {
		t.Error("twelve accounts give a model")
	}
	if _, err := Load([]byte(`{"version":"automation/0"}`)); err == nil {
		t.Error("a model of another version is taken")
	}
}

func TestFromFields(t *testing.T) {
	fields := map[string]string{
		"id": "7", "screen_name": "mira_bot", "name": "Mira", "followers_count": "12", "friends_count": "null", "created_at": "\"Sat Oct 17 22:35:31 +0000 2015\"",
		"statuses_count": "1.5e3", "verified": "FALSE", "default_profile": "", "url": "", "location": "Leeds",
		"status": `{u'source': u'<a href="http://posts.example/" rel="nofollow">Posting Robot 3</a>', u'created_at': u'Mon Mar 13 16:05:22 +0000 2017'}`,
	}
	p, last := FromFields(func(k string) string { return fields[k] })
	if n, ok := p.Posts.Value(); n != 1500 || !ok {
		t.Errorf("posts %v", p.Posts)
	}
	if !p.Following.IsZero() || p.Verified != No || p.DefaultProfile != Unknown || p.Link != No || p.Location != Yes {
		t.Errorf("%+v", p)
	}
	if p.Client != "Posting Robot 3" || last.Year() != 2017 || p.Created.Year() != 2015 {
		t.Errorf("client %q, last seen %v, created %v", p.Client, last, p.Created)
	}
	list := []Profile{p}
	Capture(list, []time.Time{last})
	if !list[0].Captured.Equal(last) {
		t.Errorf("captured %v", list[0].Captured)
	}
	alone := []Profile{{Created: p.Created}}
	Capture(alone, []time.Time{p.Created})
	if !alone[0].Captured.IsZero() {
		t.Error("an account's creation is taken for its capture")
	}
	json := `{"source":"<a href=\"http://x.example\">Some Client</a>","x":1}`
	if got := client("", json); got != "Some Client" {
		t.Errorf("client %q", got)
	}
}

func TestSaysAutomated(t *testing.T) {
	for s, want := range map[string]bool{"weatherbot": true, "bot_of_leeds": true, "Abbott": false, "botswana": false, "robottom": false, "horse_ebooks": true, "Ann": false} {
		if saysAutomated(s, "", "") != want {
			t.Errorf("%s: %v", s, !want)
		}
	}
	if !saysAutomated("a", "b", "I am a bot, beep") || saysAutomated("a", "b", "I like both") {
		t.Error("description")
	}
}

func TestAUC(t *testing.T) {
	if got := AUC([]float64{.1, .4, .35, .8}, []bool{false, false, true, true}); got != .75 {
		t.Errorf("AUC %g", got)
	}
	if got := AUC([]float64{1, 1, 1}, []bool{true, false, true}); got != .5 {
		t.Errorf("ties: %g", got)
	}
}

func TestReadLabelled(t *testing.T) {
	table := "id,screen_name,bot\n1,ann,0\n2,weatherbot,1\n"
	list, err := ReadLabelled(strings.NewReader(table), bytes.NewReader([]byte("id,bot\n3,1\n")))
	if err != nil || len(list) != 3 || list[0].Automated || !list[2].Automated {
		t.Errorf("%v, %+v", err, list)
	}
	if _, err := ReadLabelled(strings.NewReader("id,bot\n1,maybe\n")); err == nil {
		t.Error("a label of maybe is taken")
	}
}

func BenchmarkScore(b *testing.B) {
	m, err := Train(invented(100))
	if err != nil {
		b.Fatal(err)
	}
	p := invented(1)[0].Profile
	for b.Loop() {
		m.Score(p)
	}
}
