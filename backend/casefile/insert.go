package casefile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"

	"vedette/backend/custody"
	"vedette/backend/model"
)

var errGap = errors.New("a row number is missing")

// find returns the id of the post with the same UID, or 0.
func (a *appending) find(p *model.Post) (int64, error) {
	a.key, a.text = uidKey(a.text, p.Platform, p.NativeID)
	return a.g.uids.each(a.key, func(id int64) (bool, error) {
		same := false
		err := a.w.query(2, func(r *row) error {
			platform, native := r.text(), r.text()
			same = sameUID(platform, native, p.Platform, p.NativeID)
			return nil
		}, "SELECT platform, native_id FROM posts WHERE id = ?", id)
		return same, err
	})
}

func sameUID(p1, n1, p2, n2 string) bool {
	if p1 == p2 {
		return n1 == n2
	}
	return p1+":"+n1 == p2+":"+n2
}

// seenAt is when a post was seen, in Unix seconds: its capture time, else when
// the batch was begun.
func seenAt(p *model.Post, started int64) int64 {
	if p.CapturedAt.Time.IsZero() {
		return started
	}
	return p.CapturedAt.Time.Unix()
}

// accept stores a post that is new to the case.
func (a *appending) accept(it *model.Item, s spot) (int64, error) {
	p := it.Post
	seen := seenAt(p, a.g.batch.started)
	account, state, err := a.g.accounts.take(a.w, &p.Author, seen)
	if err != nil {
		return 0, err
	}
	id := a.g.uids.len() + 1
	err = a.w.exec(insertPost,
		id, a.g.lastItem, a.chunk.Batch, putNum(account), putNum(state), seen,
		putCount(p.Counts.Likes), putCount(p.Counts.Comments), putCount(p.Counts.Shares), putCount(p.Counts.Views),
		putSeconds(p.Created.Time), putNanos(p.Created.Time),
		putText(p.Platform), putText(string(p.Kind)), putText(string(p.PageType)), putText(string(p.Visibility)), putText(p.NativeID),
		putText(p.Place.Name), putText(p.Place.Country), putReal(p.Place.Lat), putReal(p.Place.Lon), putFlag(p.Place.HasPoint), putText(string(p.Place.Provenance)),
		putText(p.Refs.ReplyTo), putText(p.Refs.RepostOf), putText(p.Refs.QuoteOf), putText(p.Refs.Thread),
		putStrings(p.Hashtags), putMentions(p.Mentions), putLinks(p.Links), putMedia(p.Media),
		putText(p.Created.Original), putText(string(p.Created.Zone)),
		putSeconds(p.Edited.Time), putNanos(p.Edited.Time), putText(p.Edited.Original), putText(string(p.Edited.Zone)),
		putText(p.PlatformLang), putText(p.URL), putText(p.Title), putText(p.Text))
	if err != nil {
		return 0, err
	}
	a.g.uids.add(a.key)
	a.chunk.uids = binary.BigEndian.AppendUint64(a.chunk.uids, a.key)
	if err := a.sighting(it, s, id, true, state, nil); err != nil {
		return 0, err
	}
	if it.Enriched != nil {
		return id, a.g.storeEnrichment(a.w, id, it.Enriched)
	}
	return id, nil
}

const insertPost = "INSERT INTO posts VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"

const insertSighting = "INSERT INTO sightings VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"

func (a *appending) sighting(it *model.Item, s spot, post int64, fresh bool, state int64, parsed []byte) error {
	p, l := it.Post, &it.Locator
	return a.w.exec(insertSighting,
		a.g.lastItem, post, boolInt(fresh), a.chunk.Batch, it.Seq, a.seq, s.container, s.member,
		putNum(l.Offset), putNum(l.Length), putNum(l.Row), putText(l.Item), putNum(state),
		putCount(p.Author.Followers), putCount(p.Author.Following), putCount(p.Author.Posts),
		putCount(p.Counts.Likes), putCount(p.Counts.Comments), putCount(p.Counts.Shares), putCount(p.Counts.Views),
		putSeconds(p.CapturedAt.Time), putNanos(p.CapturedAt.Time), putText(p.CapturedAt.Original), putText(string(p.CapturedAt.Zone)),
		it.RawHash[:], it.Salt[:], putBytes(parsed))
}

// again stores a sighting of a post that the case has. Its counts become the
// post's when it is the latest; its parsed form is kept when it differs.
func (a *appending) again(it *model.Item, s spot, id int64) error {
	p := it.Post
	var core []byte
	var latest int64
	var counts model.Counts
	err := a.w.query(postColumns+5, func(r *row) error {
		var first model.Post
		if err := r.post(&first); err != nil {
			return err
		}
		core = custody.AppendCore(nil, &first)
		latest, counts = r.num(), r.counts()
		return nil
	}, "SELECT "+postList+", p.seen, p.likes, p.comments, p.shares, p.views FROM posts p WHERE p.id = ?", id)
	if err != nil {
		return err
	}
	var parsed []byte
	if c := custody.AppendCore(nil, p); !bytes.Equal(c, core) {
		parsed = c
	}
	seen := seenAt(p, a.g.batch.started)
	_, state, err := a.g.accounts.take(a.w, &p.Author, seen)
	if err != nil {
		return err
	}
	if err := a.sighting(it, s, id, false, state, parsed); err != nil {
		return err
	}
	if seen < latest || (seen == latest && counts == p.Counts) {
		return nil
	}
	return a.w.exec("UPDATE posts SET seen = ?, likes = ?, comments = ?, shares = ?, views = ? WHERE id = ?", seen,
		putCount(p.Counts.Likes), putCount(p.Counts.Comments), putCount(p.Counts.Shares), putCount(p.Counts.Views), id)
}

func putMentions(v []model.Mention) any {
	return putList(len(v), 2, func(i, j int) string { return [2]string{v[i].Handle, v[i].AccountID}[j] })
}

func putLinks(v []model.Link) any {
	return putList(len(v), 2, func(i, j int) string { return [2]string{v[i].URL, v[i].Title}[j] })
}

func putMedia(v []model.Media) any {
	width := 4
	if slices.ContainsFunc(v, func(m model.Media) bool { return m.PHash != "" }) {
		width = 5
	}
	return putList(len(v), width, func(i, j int) string { return [5]string{v[i].Type, v[i].URL, v[i].Alt, v[i].SHA256, v[i].PHash}[j] })
}
