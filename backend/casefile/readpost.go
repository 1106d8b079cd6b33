package casefile

import "vedette/backend/model"

// The columns of a post that belong to every sighting, from table posts as p.
const (
	postList = "p.created, p.created_ns, p.created_original, p.created_zone, " +
		"p.platform, p.native_id, p.kind, p.page_type, p.visibility, " +
		"p.place_name, p.country, p.lat, p.lon, p.has_point, p.place_from, " +
		"p.reply_to, p.repost_of, p.quote_of, p.thread, p.hashtags, p.mentions, p.links, p.media, " +
		"p.edited, p.edited_ns, p.edited_original, p.edited_zone, p.platform_lang, p.url, p.title, p.text"
	postColumns = 31
)

// post reads postList: the post as it was parsed the first time, without its
// author, counts and capture time.
func (r *row) post(p *model.Post) error {
	p.Created = r.instant()
	p.Platform, p.NativeID = r.text(), r.text()
	p.Kind, p.PageType, p.Visibility = model.Kind(r.text()), model.PageType(r.text()), model.Visibility(r.text())
	p.Place = r.place()
	p.Refs = model.Refs{ReplyTo: r.text(), RepostOf: r.text(), QuoteOf: r.text(), Thread: r.text()}
	if err := r.lists(p); err != nil {
		return damaged(err)
	}
	p.Edited = r.instant()
	p.PlatformLang, p.URL, p.Title, p.Text = r.text(), r.text(), r.text(), r.text()
	return nil
}

func (r *row) lists(p *model.Post) error {
	if err := getList(r.text(), 1, func(v []string) { p.Hashtags = append(p.Hashtags, v[0]) }); err != nil {
		return err
	}
	err := getList(r.text(), 2, func(v []string) {
		p.Mentions = append(p.Mentions, model.Mention{Handle: v[0], AccountID: v[1]})
	})
	if err != nil {
		return err
	}
	err = getList(r.text(), 2, func(v []string) { p.Links = append(p.Links, model.Link{URL: v[0], Title: v[1]}) })
	if err != nil {
		return err
	}
	return getWider(r.text(), 4, 5, func(v []string) {
		p.Media = append(p.Media, model.Media{Type: v[0], URL: v[1], Alt: v[2], SHA256: v[3], PHash: v[4]})
	})
}

func (r *row) counts() model.Counts {
	return model.Counts{Likes: r.count(), Comments: r.count(), Shares: r.count(), Views: r.count()}
}

// The columns of a sighting that complete its post, from table sightings as s.
const (
	seenList = "s.followers, s.following, s.posts, s.likes, s.comments, s.shares, s.views, " +
		"s.seen, s.seen_ns, s.seen_original, s.seen_zone"
	seenColumns = 11
)

// seen reads seenList into a post whose author's profile is there already.
func (r *row) seen(p *model.Post) {
	p.Author.Followers, p.Author.Following, p.Author.Posts = r.count(), r.count(), r.count()
	p.Counts = r.counts()
	p.CapturedAt = r.instant()
}
