package automation

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"vedette/backend/model"
)

// FromFields reads a profile from the fields of a table or of a platform's JSON:
// get gives a field's text, "" when it is absent. The names are those of X's
// interface and common variants. LastSeen is the latest instant that the fields
// tell of, zero when they tell of none.
func FromFields(get func(name string) string) (p Profile, lastSeen time.Time) {
	first := func(names ...string) string {
		for _, n := range names {
			s := strings.TrimSpace(get(n))
			if u, ok := strings.CutPrefix(s, `"`); ok {
				s = strings.TrimSpace(strings.TrimSuffix(u, `"`))
			}
			if s != "" && s != "null" && s != "None" && s != "NaN" && s != "nan" {
				return s
			}
		}
		return ""
	}
	p = Profile{
		ID: first("id_str", "id", "user_id", "account_id"), Handle: first("screen_name", "username", "handle", "acct"),
		Name: first("name", "display_name"), Description: first("description", "bio", "note"),
		Followers: number(first("followers_count", "followers")), Following: number(first("friends_count", "following_count", "following", "friends")),
		Listed: number(first("listed_count", "listedcount", "listed")), Likes: number(first("favourites_count", "favorites_count", "like_count", "likes")),
		Posts: number(first("statuses_count", "tweet_count", "posts_count", "posts", "statuses")), Created: instant(first("created_at", "created")),
		Captured:       instant(first("captured_at", "crawled_at", "updated")),
		DefaultProfile: truth(first("default_profile")), DefaultImage: truth(first("default_profile_image")), Verified: truth(first("verified")),
	}
	p.Link, p.Location = TruthOf(first("url") != ""), TruthOf(first("location") != "")
	status := first("status", "latest_post")
	p.Client = client(first("source", "client"), status)
	lastSeen = p.Captured
	for _, t := range append(stated(status), p.Created) {
		if t.After(lastSeen) {
			lastSeen = t
		}
	}
	return p, lastSeen
}

// fewestUndated is how many accounts a table needs for the dates in it to tell the
// day it was made, when all of them are those of creation.
const fewestUndated = 20

// captureQuantile is the part of the accounts whose dates are no later than the
// day a table was made: a few mistaken dates must not make every account older.
const captureQuantile = .95

// Capture dates the profiles that do not say when they were seen: by the latest
// instants that they tell of. A few profiles that tell only when they were
// created stay undated.
func Capture(list []Profile, lastSeen []time.Time) {
	var all []time.Time
	told := len(list) >= fewestUndated
	for i, t := range lastSeen {
		if t.IsZero() {
			continue
		}
		all = append(all, t)
		told = told || t.After(list[i].Created)
	}
	if !told || len(all) == 0 {
		return
	}
	slices.SortFunc(all, time.Time.Compare)
	captured := all[int(math.Round(captureQuantile*float64(len(all)-1)))]
	for i := range list {
		if list[i].Captured.IsZero() {
			list[i].Captured = captured
		}
	}
}

func number(s string) model.Count {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && n >= 0 {
		return model.Known(n)
	}
	if x, err := strconv.ParseFloat(s, 64); err == nil && x >= 0 && x < 1e15 {
		return model.Known(int64(x))
	}
	return model.Count{}
}

func truth(s string) Truth {
	switch strings.ToLower(s) {
	case "true", "1", "1.0", "t", "yes":
		return Yes
	case "false", "0", "0.0", "f", "no":
		return No
	}
	return Unknown
}

// instant reads a date without a zone as UTC; zero when it is none.
func instant(s string) time.Time {
	for _, layout := range []string{time.RubyDate, time.RFC3339, time.DateTime, "1/2/2006 15:04", "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// A latest post stands in such tables as JSON or as another language's way of
// writing the same, so that it is searched and not parsed.
var (
	clientPattern = regexp.MustCompile(`["']?\bsource["']?\s*[:=]\s*u?["']+((?:<[^<>]{0,300}>)?[^<>"']{1,100})`)
	tagPattern    = regexp.MustCompile(`<[^<>]*>`)
	datePattern   = regexp.MustCompile(`[A-Z][a-z]{2} [A-Z][a-z]{2} \d{2} \d{2}:\d{2}:\d{2} \+0000 \d{4}`)
)

// client finds the name of the program that the latest post was sent with.
func client(source, status string) string {
	if source == "" {
		m := clientPattern.FindStringSubmatch(strings.ReplaceAll(strings.ReplaceAll(status, `""`, `"`), `\"`, ""))
		if m == nil {
			return ""
		}
		source = m[1]
	}
	return strings.TrimSpace(tagPattern.ReplaceAllString(source, ""))
}

// stated lists the instants that a status says.
func stated(status string) []time.Time {
	var out []time.Time
	for _, s := range datePattern.FindAllString(status, 20) {
		if t, err := time.Parse(time.RubyDate, s); err == nil {
			out = append(out, t.UTC())
		}
	}
	return out
}
