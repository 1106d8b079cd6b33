package automation

import (
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"vedette/backend/model"
)

// Truth is a yes, a no, or nothing known.
type Truth int8

// Values of Truth.
const (
	Unknown Truth = iota
	No
	Yes
)

// TruthOf gives Yes or No.
func TruthOf(b bool) Truth {
	if b {
		return Yes
	}
	return No
}

// Profile is an account as it was seen at Captured. What is not known is zero:
// it then neither raises nor lowers the score.
type Profile struct {
	ID, Handle, Name, Description string
	Followers, Following, Listed  model.Count
	Likes, Posts                  model.Count // given by the account, written by it
	Created, Captured             time.Time
	DefaultProfile, DefaultImage  Truth
	Verified, Link, Location      Truth
	Client                        string // program that the latest post was sent with
}

// value is what a feature measures; ok is false when it is not known.
type value struct {
	x  float64
	ok bool
}

// names of the features, in the order of values.
func featureNames() []string {
	return []string{
		"posts", "followers", "following", "likes", "listed", "age_days",
		"posts_per_day", "followers_per_day", "following_per_day", "likes_per_day", "listed_per_day", "followers_to_following",
		"handle_length", "handle_digits", "handle_entropy", "name_length", "name_digits", "description_length",
		"default_profile", "default_image", "verified", "has_link", "has_location", "says_automated", "client_automated", "client_personal",
	}
}

// logarithmic features are compared by the logarithm of 1 + their value.
func logarithmic(name string) bool {
	switch name {
	case "posts", "followers", "following", "likes", "listed", "age_days", "posts_per_day", "followers_per_day",
		"following_per_day", "likes_per_day", "listed_per_day":
		return true
	}
	return false
}

// values measures a profile. Per-day features are over the account's age, at
// least a day; followers_to_following is the natural logarithm of (followers + 1)
// / (following + 1); entropy is in bits a character.
func (p *Profile) values() []value {
	count := func(c model.Count) value {
		n, ok := c.Value()
		return value{float64(max(n, 0)), ok}
	}
	posts, followers, following, likes, listed := count(p.Posts), count(p.Followers), count(p.Following), count(p.Likes), count(p.Listed)
	age := value{}
	if !p.Created.IsZero() && !p.Captured.IsZero() {
		age = value{max(1, p.Captured.Sub(p.Created).Hours()/24), true}
	}
	daily := func(v value) value {
		if !age.ok {
			return value{}
		}
		return value{v.x / age.x, v.ok}
	}
	ratio := value{math.Log((followers.x + 1) / (following.x + 1)), followers.ok && following.ok}
	handle, name := p.Handle != "", p.Name != ""
	automated, personal := clientKind(p.Client)
	known := p.Client != ""
	return []value{
		posts, followers, following, likes, listed, age,
		daily(posts), daily(followers), daily(following), daily(likes), daily(listed), ratio,
		{float64(utf8.RuneCountInString(p.Handle)), handle},
		{digits(p.Handle), handle},
		{entropy(p.Handle), handle},
		{float64(utf8.RuneCountInString(p.Name)), name},
		{digits(p.Name), name},
		{float64(utf8.RuneCountInString(p.Description)), handle || name},
		p.DefaultProfile.value(), p.DefaultImage.value(), p.Verified.value(), p.Link.value(), p.Location.value(),
		{yes(saysAutomated(p.Handle, p.Name, p.Description)), handle || name},
		{yes(automated), known},
		{yes(personal), known},
	}
}

func (t Truth) value() value { return value{yes(t == Yes), t != Unknown} }

func yes(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func digits(s string) float64 {
	n := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return float64(n)
}

func entropy(s string) float64 {
	counts := map[rune]int{}
	n := 0
	for _, r := range s {
		counts[r]++
		n++
	}
	sum := make([]int, 0, len(counts)) // in the order of s, so that the sum is always the same
	for _, r := range s {
		if c := counts[r]; c > 0 {
			sum = append(sum, c)
			counts[r] = 0
		}
	}
	h := 0.0
	for _, c := range sum {
		q := float64(c) / float64(n)
		h -= q * math.Log2(q)
	}
	return h
}

// saysAutomated tells whether an account calls itself automated: by a handle or
// name that ends so, or by a word for it in either or in its description.
func saysAutomated(handle, name, description string) bool {
	for _, s := range []string{handle, name} {
		s = strings.ToLower(s)
		if strings.HasSuffix(s, "bot") || strings.HasSuffix(s, "ebooks") || hasWord(s) {
			return true
		}
	}
	return hasWord(strings.ToLower(description))
}

func hasWord(s string) bool {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && r <= 127 }) {
		switch w {
		case "bot", "bots", "automated", "automatic", "autotweet", "automatically", "ebooks", "robot", "automatizado", "automatisch", "automatique":
			return true
		}
	}
	return false
}

// clientKind sorts the program that a post was sent with: one that posts by
// itself, or one for a person's telephone or browser.
func clientKind(client string) (automated, personal bool) {
	s := strings.ToLower(client)
	for _, w := range []string{"bot", "ifttt", "twitterfeed", "dlvr", "feed", "rss", "zapier", "ebooks", "roundteam", "cron", "auto", "tweepy", "python", "ruby"} {
		if strings.Contains(s, w) && !strings.Contains(s, "tweetbot") {
			return true, false
		}
	}
	for _, w := range []string{"iphone", "ipad", "android", "web client", "web app", "tweetdeck", "mobile web", "blackberry", "windows", "instagram", "mac", "tweetbot", "echofon", "m2", "m5"} {
		if strings.Contains(s, w) {
			return false, true
		}
	}
	return false, false
}
