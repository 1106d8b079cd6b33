package exercise

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// The shapes of Reddit's API: listings of things (t1 comments, t3 posts), and a
// thread as an array of two listings.
type (
	redditListing struct {
		Kind string            `json:"kind"`
		Data redditListingData `json:"data"`
	}
	redditListingData struct {
		Modhash  *string       `json:"modhash"`
		Dist     *int          `json:"dist"`
		Children []redditThing `json:"children"`
		After    *string       `json:"after"`
		Before   *string       `json:"before"`
	}
	redditThing struct {
		Kind string `json:"kind"`
		Data any    `json:"data"`
	}
	redditPost struct {
		ID                    string  `json:"id"`
		Name                  string  `json:"name"`
		Subreddit             string  `json:"subreddit"`
		SubredditNamePrefixed string  `json:"subreddit_name_prefixed"`
		SubredditType         string  `json:"subreddit_type"`
		SubredditID           string  `json:"subreddit_id"`
		Author                string  `json:"author"`
		AuthorFullname        string  `json:"author_fullname"`
		Title                 string  `json:"title"`
		Selftext              string  `json:"selftext"`
		SelftextHTML          *string `json:"selftext_html"`
		IsSelf                bool    `json:"is_self"`
		IsVideo               bool    `json:"is_video"`
		Domain                string  `json:"domain"`
		URL                   string  `json:"url"`
		Permalink             string  `json:"permalink"`
		Score                 int     `json:"score"`
		Ups                   int     `json:"ups"`
		Downs                 int     `json:"downs"`
		UpvoteRatio           float64 `json:"upvote_ratio"`
		HideScore             bool    `json:"hide_score"`
		NumComments           int     `json:"num_comments"`
		NumCrossposts         int     `json:"num_crossposts"`
		Created               float64 `json:"created"`
		CreatedUTC            float64 `json:"created_utc"`
		Edited                any     `json:"edited"`
		Over18                bool    `json:"over_18"`
		Locked                bool    `json:"locked"`
		Stickied              bool    `json:"stickied"`
		LinkFlairText         *string `json:"link_flair_text"`
		Distinguished         *string `json:"distinguished"`
	}
	redditComment struct {
		ID                    string  `json:"id"`
		Name                  string  `json:"name"`
		LinkID                string  `json:"link_id"`
		ParentID              string  `json:"parent_id"`
		Subreddit             string  `json:"subreddit"`
		SubredditNamePrefixed string  `json:"subreddit_name_prefixed"`
		SubredditID           string  `json:"subreddit_id"`
		Author                string  `json:"author"`
		AuthorFullname        string  `json:"author_fullname"`
		IsSubmitter           bool    `json:"is_submitter"`
		Body                  string  `json:"body"`
		BodyHTML              string  `json:"body_html"`
		Score                 int     `json:"score"`
		Ups                   int     `json:"ups"`
		Downs                 int     `json:"downs"`
		ScoreHidden           bool    `json:"score_hidden"`
		Controversiality      int     `json:"controversiality"`
		Created               float64 `json:"created"`
		CreatedUTC            float64 `json:"created_utc"`
		Edited                any     `json:"edited"`
		Permalink             string  `json:"permalink"`
		Depth                 int     `json:"depth"`
		Collapsed             bool    `json:"collapsed"`
		Stickied              bool    `json:"stickied"`
		Distinguished         *string `json:"distinguished"`
		Replies               any     `json:"replies"`
	}
)

// exportReddit writes for each community one listing of new posts and the
// threads that have comments.
func (s *Scenario) exportReddit() ([]Export, error) {
	posts := s.of("reddit")
	children := map[*post][]*post{}
	var subs []string
	bySub := map[string][]*post{}
	for _, p := range posts {
		if p.parent != nil {
			children[p.parent] = append(children[p.parent], p)
			continue
		}
		if bySub[p.venue] == nil {
			subs = append(subs, p.venue)
		}
		bySub[p.venue] = append([]*post{p}, bySub[p.venue]...)
	}
	var out []Export
	for _, sub := range subs {
		things := make([]redditThing, 0, len(bySub[sub]))
		for _, p := range bySub[sub] {
			things = append(things, redditThing{"t3", redditPostOf(p)})
		}
		f, err := jsonExport("reddit/"+sub+"-new.json", "reddit", listing(things), len(things))
		if err != nil {
			return nil, err
		}
		out = append(out, f)
		threads, err := threadLines(bySub[sub], children)
		if err != nil {
			return nil, err
		}
		threads.Name = "reddit/" + sub + "-threads.jsonl"
		out = append(out, threads)
	}
	return out, nil
}

// threadLines writes the threads that have comments, oldest first, one answer of
// the API to a line.
func threadLines(posts []*post, children map[*post][]*post) (Export, error) {
	f := Export{Format: "reddit"}
	for _, p := range slices.Backward(posts) {
		if len(children[p]) == 0 {
			continue
		}
		f.Records++
		tree := commentTree(children, p, &f.Records)
		line, err := jsonBytes([]redditListing{listing([]redditThing{{"t3", redditPostOf(p)}}), listing(tree)}, "")
		if err != nil {
			return Export{}, fmt.Errorf("encode thread %s: %w", p.id, err)
		}
		f.data = append(f.data, line...)
	}
	return f, nil
}

func listing(things []redditThing) redditListing {
	n := len(things)
	if things == nil {
		things = []redditThing{}
	}
	return redditListing{"Listing", redditListingData{Dist: &n, Children: things}}
}

// commentTree nests the comments under a post or comment; count adds them up.
func commentTree(children map[*post][]*post, up *post, count *int) []redditThing {
	var out []redditThing
	for _, p := range children[up] {
		*count++
		c := redditCommentOf(p)
		if len(children[p]) > 0 {
			c.Replies = listing(commentTree(children, p, count))
		}
		out = append(out, redditThing{"t1", c})
	}
	return out
}

func redditPostOf(p *post) redditPost {
	link := "/r/" + p.venue + "/comments/" + p.id[3:] + "/" + slug(p.title) + "/"
	r := redditPost{
		ID: p.id[3:], Name: p.id, Subreddit: p.venue, SubredditNamePrefixed: "r/" + p.venue, SubredditType: "public", SubredditID: "t5_" + shortID(p.venue),
		Author: p.author.handle, AuthorFullname: p.author.id, Title: p.title, Selftext: p.body, IsSelf: true,
		Domain: "self." + p.venue, URL: "https://www.reddit.com" + link, Permalink: link, Score: max(0, p.likes), Ups: max(0, p.likes),
		UpvoteRatio: 0.62 + float64(fnvOf(p.id)%38)/100, NumComments: p.replies, Created: float64(p.at.Unix()), CreatedUTC: float64(p.at.Unix()), Edited: editedOf(p),
	}
	html := redditHTML(p.body)
	r.SelftextHTML = &html
	return r
}

func redditCommentOf(p *post) redditComment {
	root := p.root
	return redditComment{
		ID: p.id[3:], Name: p.id, LinkID: root.id, ParentID: p.parent.id, Subreddit: root.venue, SubredditNamePrefixed: "r/" + root.venue,
		SubredditID: "t5_" + shortID(root.venue), Author: p.author.handle, AuthorFullname: p.author.id, IsSubmitter: p.author == root.author,
		Body: p.body, BodyHTML: redditHTML(p.body), Score: p.likes, Ups: p.likes, ScoreHidden: p.scoreHidden,
		Created: float64(p.at.Unix()), CreatedUTC: float64(p.at.Unix()), Edited: editedOf(p),
		Permalink: "/r/" + root.venue + "/comments/" + root.id[3:] + "/" + slug(root.title) + "/" + p.id[3:] + "/", Depth: depth(p) - 1, Replies: "",
	}
}

// editedOf is false or the epoch of the last edit, as Reddit writes it.
func editedOf(p *post) any {
	if p.edited.IsZero() {
		return false
	}
	return float64(p.edited.Truncate(time.Second).Unix())
}

func redditHTML(text string) string {
	paras := strings.Split(htmlEscape(text), "\n\n")
	return htmlEscape(`<!-- SC_OFF --><div class="md"><p>` + strings.Join(paras, "</p>\n\n<p>") + "</p>\n</div><!-- SC_ON -->")
}

func shortID(s string) string { return base36Of(int64(fnvOf(s) % 60_000_000)) }

// slug is a title as the platforms put it into addresses.
func slug(title string) string {
	var b strings.Builder
	for _, c := range stripAccents(strings.ToLower(title)) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
		if b.Len() >= 48 {
			break
		}
	}
	if s := strings.Trim(b.String(), "_"); s != "" {
		return s
	}
	return fmt.Sprintf("%x", fnvOf(title)&0xffffff)
}

func htmlEscape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;").Replace(s)
}
