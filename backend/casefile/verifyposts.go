package casefile

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// sighting takes the sighting at hand together with its post.
func (p *itemPass) sighting(it *custody.Items, seq int64) {
	r := p.sights.r
	data := p.place(r, it, seq)
	p.full, p.core = model.Post{}, nil
	var fresh bool
	p.id, fresh = r.num(), r.bit()
	parsed := r.blob()
	state, account := r.opt(), r.opt()
	if state != 0 {
		p.states = max(p.states, state)
		r.profile(&p.full.Author)
	} else {
		r.at += stateColumns
	}
	r.seen(&p.full)
	if r.err != nil {
		p.odd(r, "the sighting in item %d", p.item)
	}
	p.rep.Sightings++
	p.kind = custody.RowDuplicate
	seen := seenAt(&p.full, p.batches[it.Batch].started)
	switch {
	case fresh:
		p.kind = custody.RowNew
		if parsed != nil {
			p.find(FindItem, fmt.Sprintf("item:%d", p.item), "the first sighting in item %d has a parsed form of its own", p.item)
		}
		p.first(it.Batch, account, state, seen)
	case p.id < 1 || p.id > p.post:
		p.find(FindPlace, fmt.Sprintf("item:%d", p.item), "item %d is a sighting of post %d, which did not exist yet", p.item, p.id)
	case parsed != nil:
		p.core = parsed
	default:
		p.older()
	}
	p.account(account, state, seen)
	p.checkRaw(data)
}

// first takes the post of a first sighting: the next row of its table.
func (p *itemPass) first(batch, account, state, seen int64) {
	p.post++
	for p.posts.ok && p.posts.below(p.post) {
		p.find(FindRowUnknown, "posts", "table posts has a row that no custody record knows")
		p.posts.step()
	}
	name := postName(p.post)
	if !p.posts.is(p.post) {
		p.find(FindRowMissing, name, "post %d is missing", p.post)
		return
	}
	r := p.posts.r
	id, first, pbatch := r.num(), r.num(), r.num()
	paccount, pstate, pseen := r.opt(), r.opt(), r.num()
	counts := r.counts()
	if err := r.post(&p.full); err != nil && r.err == nil {
		r.err = err
	}
	if r.err != nil {
		p.odd(r, "post %d", id)
	}
	if p.id != id {
		p.find(FindPlace, fmt.Sprintf("item:%d", p.item), "item %d names post %d instead of %d", p.item, p.id, id)
	}
	if first != p.item || pbatch != batch || paccount != account || pstate != state {
		p.find(FindDerived, name, "post %d names another first sighting, batch, account or profile than its first sighting", id)
	}
	if counts != p.full.Counts || pseen != seen {
		p.moved[id] = true // it must have been seen again; see latest
	}
	p.rep.Posts++
	p.addUID(p.full.Platform, p.full.NativeID)
	p.posts.step()
}

// older reads the core of a post that was seen before.
func (p *itemPass) older() {
	n := 0
	err := queryRows(p.bg(), p.tx, postColumns, func(r *row) error {
		n++
		return r.post(&p.full)
	}, "SELECT "+postList+" FROM posts p WHERE p.id = ?", p.id)
	var bad *model.Fault
	if err != nil && !errors.As(err, &bad) {
		p.unreadable(postName(p.id), err)
	}
	if n == 0 {
		p.find(FindRowMissing, postName(p.id), "post %d, seen again in item %d, is missing", p.id, p.item)
	}
}

// account follows what a sighting says of its author, as appending does.
func (p *itemPass) account(id, state, seen int64) {
	if state == 0 {
		return
	}
	if id < 1 || id > int64(len(p.accs))+1 {
		p.find(FindDerived, fmt.Sprintf("item:%d", p.item), "the profile in item %d belongs to no account, or to one that did not exist yet", p.item)
		return
	}
	followers := p.full.Author.Followers
	if id == int64(len(p.accs))+1 {
		p.accs = append(p.accs, accountSeen{state: state, seen: seen, followers: followers})
		return
	}
	if a := &p.accs[id-1]; seen >= a.seen {
		a.state, a.seen = state, seen
		if !followers.IsZero() {
			a.followers = followers
		}
	}
}

// latest checks that the counts in table posts are those of the latest
// sighting, for posts that were seen more than once.
func (v *verifier) latest() error {
	var post, seen int64
	var counts model.Counts
	var have model.Counts
	var haveSeen int64
	check := func() {
		if post != 0 && (counts != have || seen != haveSeen) {
			v.find(FindDerived, postName(post), "the counts of post %d are not those of its latest sighting", post)
		}
		delete(v.moved, post)
	}
	err := queryRows(v.bg(), v.tx, 3+seenColumns+5+5, func(r *row) error {
		id, batch, firstBatch := r.num(), r.num(), r.num()
		var s model.Post
		r.seen(&s)
		has, hasSeen := r.counts(), r.num()
		firstSeen, first := r.num(), r.counts()
		if r.err != nil {
			r.err = nil // the first pass named it
			return v.stopped()
		}
		if id != post {
			check()
			post, have, haveSeen = id, has, hasSeen
			seen, counts = firstSeen, first
			if firstSeen == noTime {
				seen = v.startOf(firstBatch)
			}
		}
		if at := seenAt(&s, v.startOf(batch)); at >= seen {
			seen, counts = at, s.Counts
		}
		return v.stopped()
	}, "SELECT s.post, s.batch, f.batch, "+seenList+", p.likes, p.comments, p.shares, p.views, p.seen, "+
		"coalesce(f.seen, ?), f.likes, f.comments, f.shares, f.views "+
		"FROM sightings s JOIN posts p ON p.id = s.post JOIN sightings f ON f.id = p.first WHERE s.fresh = 0 ORDER BY s.post, s.id", int64(noTime))
	check()
	for id := range v.moved {
		v.find(FindDerived, postName(id), "the counts of post %d are not those of its only sighting", id)
	}
	return err
}

// noTime stands for a capture time that the source did not give.
const noTime = -1 << 62

func (v *verifier) startOf(batch int64) int64 {
	if b := v.batches[batch]; b != nil {
		return b.started
	}
	return 0
}

// accounts checks who profiles belong to, and that table accounts has the
// latest of each.
func (v *verifier) accounts() error {
	err := queryRows(v.bg(), v.tx, 5, func(r *row) error {
		id := r.num()
		account, platform, native, uid := r.num(), r.text(), r.text(), r.text()
		a := model.Account{Platform: platform, NativeID: native}
		if r.odd1(v, "account_states") || a.UID() != uid {
			v.find(FindDerived, fmt.Sprintf("account:%d", account), "profile %d belongs to another account than %d", id, account)
		}
		return v.stopped()
	}, "SELECT st.id, st.account, st.platform, st.native_id, a.uid FROM account_states st LEFT JOIN accounts a ON a.id = st.account ORDER BY st.id")
	if err != nil {
		return err
	}
	next := 0
	err = queryRows(v.bg(), v.tx, 4, func(r *row) error {
		id, state, seen, followers := r.num(), r.num(), r.num(), r.count()
		if r.odd1(v, "accounts") || id != int64(next+1) || next >= len(v.seenAccounts) {
			v.find(FindRowUnknown, fmt.Sprintf("account:%d", id), "account %d is out of place", id)
			return v.stopped()
		}
		if v.seenAccounts[next] != (accountSeen{state: state, seen: seen, followers: followers}) {
			v.find(FindDerived, fmt.Sprintf("account:%d", id), "account %d does not have the latest profile or followers that were seen", id)
		}
		next++
		return v.stopped()
	}, "SELECT id, state, seen, followers FROM accounts ORDER BY id")
	if err == nil && next < len(v.seenAccounts) {
		v.find(FindRowMissing, fmt.Sprintf("account:%d", next+1), "account %d is missing", next+1)
	}
	return err
}

// rawReader reads records from their containers, keeping the last one open:
// records come in the order of the file.
type rawReader struct {
	v      *verifier
	sha256 string
	member string
	cont   *Container
	r      io.ReaderAt
}

// read returns the bytes of a place, or false when its container has been
// found wanting already.
func (x *rawReader) read(l *model.Locator, name string) ([]byte, bool) {
	if x.v.conts[l.Container] {
		return nil, false
	}
	if x.r == nil || x.sha256 != l.Container || x.member != l.Member {
		x.close()
		var err error
		if x.cont, err = openContainer(x.v.dir, l.Container); err == nil {
			x.r, err = openMember(x.cont, l.Member, filepath.Join(x.v.dir, containerFolder))
		}
		if err != nil {
			x.v.find(FindRaw, name, "the evidence of %s cannot be read: %v", name, err)
			return nil, false
		}
		x.sha256, x.member = l.Container, l.Member
	}
	b, err := readSection(x.r, l)
	if err != nil {
		x.v.find(FindRaw, name, "the evidence of %s cannot be read: %v", name, err)
	}
	return b, err == nil
}

func (x *rawReader) close() {
	if c, ok := x.r.(io.Closer); ok && x.cont != nil && x.r != io.ReaderAt(x.cont) {
		_ = c.Close() // opened for reading: nothing to lose
	}
	if x.cont != nil {
		_ = x.cont.Close()
	}
	x.r, x.cont = nil, nil
}
