package casefile

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"vedette/backend/model"
)

// selectView reads everything that a PostView shows. Followers are those of the
// account's latest sighting; profile values are those of the post's first.
const selectView = "SELECT p.id, p.likes, p.comments, p.shares, p.views, " + postList + ", " +
	"a.uid, a.followers, st.handle, st.name, " +
	"b.source, b.mode, s.raw, c.sha256, m.path, s.start, s.length, s.line, s.item, " +
	"1 + (SELECT count(*) FROM sightings g WHERE g.post = p.id AND g.fresh = 0), " +
	"g.version, e.lang, e.confidence, e.polarity, e.sentiment, e.hashtags, e.mentions, e.links, e.reasons, " +
	"k.post IS NOT NULL, k.starred, k.grade, k.note, k.labels " +
	"FROM posts p JOIN sightings s ON s.id = p.first JOIN batches b ON b.id = s.batch " +
	"LEFT JOIN accounts a ON a.id = p.account LEFT JOIN account_states st ON st.id = p.state " +
	"LEFT JOIN containers c ON c.id = s.container LEFT JOIN members m ON m.id = s.member " +
	"LEFT JOIN enrichments e ON e.post = p.id LEFT JOIN engines g ON g.id = e.engine " +
	"LEFT JOIN marks k ON k.post = p.id WHERE p.id IN (SELECT value FROM json_each(?))"

const viewColumns = 5 + postColumns + 4 + 9 + 1 + 9 + 5

// viewBatch is how many posts are read by one query.
const viewBatch = 200

// Posts returns posts in the order asked. An id that the case does not have is
// a post_not_found fault.
func (c *Case) Posts(ctx context.Context, ids []int64) ([]model.PostView, error) {
	out := make([]model.PostView, 0, len(ids))
	for len(ids) > 0 {
		n := min(viewBatch, len(ids))
		var err error
		if out, err = c.views(ctx, out, ids[:n]); err != nil {
			return nil, fmt.Errorf("read posts: %w", err)
		}
		ids = ids[n:]
	}
	return out, nil
}

func (c *Case) views(ctx context.Context, out []model.PostView, ids []int64) ([]model.PostView, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("encode ids: %w", err)
	}
	byID := make(map[int64]model.PostView, len(ids))
	err = c.rows(ctx, viewColumns, func(r *row) error {
		id, v, err := r.view()
		byID[id] = v
		return err
	}, selectView, string(list))
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		v, ok := byID[id]
		if !ok {
			return nil, postNotFound(strconv.FormatInt(id, 10))
		}
		out = append(out, v)
	}
	return out, nil
}

func postNotFound(ref string) error {
	return &model.Fault{Code: CodePostNotFound, Params: map[string]string{
		"post": ref, "message": "the case has no post " + ref,
	}}
}

func (r *row) view() (int64, model.PostView, error) {
	var p model.Post
	id := r.num()
	counts := r.counts()
	if err := r.post(&p); err != nil {
		return id, model.PostView{}, err
	}
	v := model.PostView{
		ID: strconv.FormatInt(id, 10), UID: p.UID(), Platform: p.Platform, Type: p.PageType, Kind: p.Kind,
		Title: p.Title, Text: p.Text, CreatedAt: rfc3339(p.Created.Time), CreatedOriginal: p.Created.Original,
		Zone: p.Created.Zone, EditedAt: rfc3339(p.Edited.Time), URL: p.URL, Counts: counts, Refs: p.Refs,
		Media: p.Media, Visibility: p.Visibility, PlatformLang: p.PlatformLang,
	}
	if !p.Place.IsZero() {
		v.Place = &p.Place
	}
	v.Author = model.AuthorView{ID: r.text(), Followers: r.count(), Handle: r.text(), Name: r.text()}
	v.Source, v.Mode = r.text(), model.Mode(r.text())
	raw := r.hash()
	v.SHA256 = hex.EncodeToString(raw[:])
	v.Locator = r.locator()
	v.Sightings = int(r.num())
	if err := r.enriched(&v, &p); err != nil {
		return id, v, err
	}
	return id, v, r.marked(&v.Marks)
}

// enriched reads what was understood of the post; without it the lists are as
// the platform gave them.
func (r *row) enriched(v *model.PostView, p *model.Post) error {
	v.EnrichVersion = r.text()
	v.Lang, v.LangConfidence = r.text(), r.real()
	v.Polarity = model.Polarity(r.text())
	score := r.real()
	hashtags, err1 := r.strings()
	mentions, err2 := r.strings()
	err3 := getList(r.text(), 2, func(l []string) { v.Links = append(v.Links, model.EnrichedLink{URL: l[0], Domain: l[1]}) })
	for _, err := range []error{err1, err2, err3} {
		if err != nil {
			return damaged(err)
		}
	}
	if reasons := r.text(); reasons != "" {
		if err := json.Unmarshal([]byte(reasons), &v.SentimentWords); err != nil {
			return damaged(err)
		}
	}
	if v.EnrichVersion == "" {
		v.Polarity = model.PolarityUnknown
		hashtags, mentions = lowered(p)
		for _, l := range p.Links {
			v.Links = append(v.Links, model.EnrichedLink{URL: l.URL})
		}
	}
	v.Hashtags, v.Mentions = hashtags, mentions
	if v.Polarity != model.PolarityUnknown {
		v.Sentiment = &score
	}
	return nil
}

// strings reads a list of texts.
func (r *row) strings() ([]string, error) {
	var out []string
	err := getList(r.text(), 1, func(v []string) { out = append(out, v[0]) })
	return out, err
}

// lowered gives the platform's hashtags and mentions in the form in which
// enrichment gives them.
func lowered(p *model.Post) (hashtags, mentions []string) {
	for _, h := range p.Hashtags {
		hashtags = append(hashtags, strings.ToLower(h))
	}
	for _, m := range p.Mentions {
		if m.Handle != "" {
			mentions = append(mentions, strings.ToLower(m.Handle))
		}
	}
	return hashtags, mentions
}

// marked reads whether there are marks, then starred, grade, note, labels.
func (r *row) marked(m *model.Marks) error {
	if r.num() == 0 {
		r.at += 4
		return nil
	}
	m.Starred = r.bit()
	m.Grade, m.Note = r.text(), r.text()
	var err error
	if m.Labels, err = r.strings(); err != nil {
		return damaged(err)
	}
	return nil
}

func rfc3339(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// PostID finds a post by its number in the case ("12") or its UID ("x:123").
func (c *Case) PostID(ctx context.Context, ref string) (int64, error) {
	if id, err := strconv.ParseInt(ref, 10, 64); err == nil {
		var there bool
		err := c.rows(ctx, 1, func(r *row) error { there = r.num() > 0; return nil }, "SELECT count(*) FROM posts WHERE id = ?", id)
		if err != nil {
			return 0, fmt.Errorf("find post: %w", err)
		}
		if there {
			return id, nil
		}
		return 0, postNotFound(ref)
	}
	id, err := c.findUID(ctx, ref)
	if err != nil {
		return 0, fmt.Errorf("find post: %w", asFault(err))
	}
	if id == 0 {
		return 0, postNotFound(ref)
	}
	return id, nil
}
