package stackexchange

import (
	"context"
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/importer/anchors"
	"vedette/backend/importer/pages"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// readJSON reads answers of the API.
func readJSON(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	shape := func(site string) pages.Shape {
		return pages.Shape{
			Record: isItem, Holder: holder, Passed: passed,
			Read: func(v jsonscan.Value, b *importer.Batch) { item(v, site, b) },
		}
	}
	named := siteOf(f.Name)
	j := importer.JSON{
		Unit:  func(v jsonscan.Value, b *importer.Batch) { shape(first(named, siteIn(v))).Unit(v, b) },
		Large: shape(named).Large("items"),
	}
	if err := j.Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("read items: %w", err)
	}
	return nil
}

// isItem tells a question, an answer or a comment.
func isItem(v jsonscan.Value) bool {
	return v.Has("question_id", "answer_id", "comment_id") && v.Has("creation_date") && v.Has("owner", "score", "body", "excerpt")
}

// holder tells the members that hold items.
func holder(key string, _ jsonscan.Value, inItem bool) bool {
	return key == "answers" || key == "comments" || key == "items" && !inItem
}

// passed tells the members of an answer that are understood and hold no items.
func passed(key string) bool {
	switch key {
	case "has_more", "quota_max", "quota_remaining", "backoff", "page", "page_size", "total", "type":
		return true
	}
	return false
}

// judge looks at one top-level value.
func judge(v jsonscan.Value) importer.Match {
	if v.Kind() != '{' {
		return importer.Match{}
	}
	one := pages.First(v, "items")
	wrapped := v.Has("quota_remaining", "has_more", "quota_max")
	m := importer.Match{Score: 85, Why: "an answer of Stack Exchange's API without posts"}
	switch {
	case isItem(one) && wrapped:
		return importer.Match{Score: 97, Why: "posts of Stack Exchange's API"}
	case isItem(one), isItem(v):
		return importer.Match{Score: 88, Why: "posts of Stack Exchange's API"}
	case wrapped && one.Has("reputation", "account_id"):
		m.Refuse = "it is a list of accounts of Stack Exchange."
	case wrapped && v.Has("quota_max") && one.Kind() == '{':
		m.Refuse = "it is an answer of Stack Exchange's API without posts (tags, badges, sites or the like)."
	case wrapped && v.Has("quota_max") && v.Get("items").Kind() == '[':
		m.Score = 60
	default:
		return importer.Match{}
	}
	return m
}

// siteIn finds the site by the first link in an answer.
func siteIn(v jsonscan.Value) string {
	n := 0
	for it := v.Get("items").Array(); it.Next() && n < 100; n++ {
		site := first(siteOfItem(it.Value), siteOfItem(pages.First(it.Value, "comments")), siteOfItem(pages.First(it.Value, "answers")))
		if site != "" {
			return site
		}
	}
	return siteOfItem(v)
}

func siteOfItem(v jsonscan.Value) string {
	for _, link := range []jsonscan.Value{v.Get("link"), v.Get("owner", "link")} {
		if h := anchors.Host(link.Text()); h != "" && !link.Cut {
			return h
		}
	}
	return ""
}

// first is the first text that is filled.
func first(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// item reads one question, answer or comment.
func item(v jsonscan.Value, site string, b *importer.Batch) {
	comment, answer, question := v.Get("comment_id").Text(), v.Get("answer_id").Text(), v.Get("question_id").Text()
	what, id := "posts", first(comment, answer, question)
	if comment != "" {
		what = "comments"
	}
	if id == "" {
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The item at byte %d has no id.", v.Pos))
		return
	}
	if own := siteOfItem(v); own != "" {
		site = own
	}
	if site == "" {
		b.Assume("site", "the answer does not say which site it is of")
	}
	p := &model.Post{Platform: Platform, Kind: model.KindPost, PageType: model.PageForum, Visibility: model.VisibilityPublic}
	p.NativeID, p.URL = place(site, what, id)
	p.URL = first(v.Get("link").Text(), p.URL)
	p.Title = text.Unescape(v.Get("title").Text())
	p.Created, p.Edited = importer.Epoch(v.Get("creation_date")), importer.Epoch(v.Get("last_edit_date"))
	p.Counts = model.Counts{Likes: importer.Count(v.Get("score")), Views: importer.Count(v.Get("view_count")), Comments: importer.Count(v.Get("answer_count"))}
	if p.Counts.Comments.IsZero() {
		p.Counts.Comments = importer.Count(v.Get("comment_count"))
	}
	body := v.Get("body").Text()
	if p.Text = text.PlainHTML(first(body, v.Get("excerpt").Text())); p.Text == "" {
		p.Text = text.Unescape(v.Get("body_markdown").Text())
	}
	if p.Text == "" {
		b.Assume("body", "items without a body: the API gives it only when asked (filter=withbody)")
	}
	p.Links = anchors.Links(body, nil)
	for it := v.Get("tags").Array(); it.Next() && len(p.Hashtags) < maxAttributes; {
		p.Hashtags = append(p.Hashtags, it.Value.Text())
	}
	p.Author = owner(v.Get("owner"), site)
	switch {
	case comment != "":
		p.Kind, p.Refs.ReplyTo = model.KindComment, uid(site, v.Get("post_id").Text())
	case answer != "":
		p.Kind, p.Refs = model.KindComment, model.Refs{ReplyTo: uid(site, question), Thread: uid(site, question)}
	default:
		p.Refs.Thread = p.UID()
	}
	for it := v.Object(); it.Next(); {
		if key := string(it.Key); !knownItem(key) {
			b.Unknown("item." + key)
		}
	}
	b.Post(v, p)
}

// owner reads who wrote an item.
func owner(v jsonscan.Value, site string) model.Account {
	d := dump{site: site}
	a := d.person(v.Get("user_id").Text(), text.Unescape(v.Get("display_name").Text()))
	if link := v.Get("link").Text(); link != "" {
		a.URL = link
	}
	return a
}

// knownItem lists the members that are read, or understood and say nothing that
// a post keeps.
func knownItem(key string) bool {
	switch key {
	case "comment_id", "answer_id", "question_id", "link", "title", "creation_date", "last_edit_date", "score", "view_count",
		"answer_count", "comment_count", "body", "excerpt", "body_markdown", "tags", "owner", "post_id", "answers", "comments":
		return true
	case "is_answered", "is_accepted", "accepted_answer_id", "last_activity_date", "content_license", "edited", "post_type",
		"item_type", "closed_date", "closed_reason", "closed_details", "protected_date", "bounty_amount", "bounty_closes_date",
		"community_owned_date", "up_vote_count", "down_vote_count", "favorite_count", "reply_to_user", "share_link", "has_accepted_answer",
		"question_score", "equivalent_tag_search", "locked_date", "migrated_from", "migrated_to", "can_comment", "awarded_bounty_amount",
		"last_editor", "delete_vote_count", "close_vote_count", "reopen_vote_count", "notice", "posted_by_collectives",
		"recommendations", "collectives", "awarded_bounty_users", "upvoted", "downvoted", "accepted", "favorited", "can_flag",
		"can_suggest_edit", "can_close", "can_answer":
		return true
	}
	return false
}
