package casefile

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// itemPass walks over chunks, sightings, rejections and posts together, in the
// order in which they were stored, and recomputes every commitment from the
// original bytes and the parsed columns.
type itemPass struct {
	*verifier
	sights, rejects, posts *cursor
	raws                   rawReader

	item, post int64 // last ones seen
	withData   int64 // items that have bytes in table raws
	states     int64 // highest profile that a sighting names
	accs       []accountSeen
	moved      map[int64]bool // posts whose counts are not those of the first sighting

	// the record at hand
	at      int64
	seq     int64
	kind    custody.RowKind
	id      int64 // of its post
	loc     model.Locator
	full    model.Post
	core    []byte // when the core is given as bytes
	rej     model.Reject
	raw     model.Hash // as stored
	salt    [32]byte
	uids    []byte
	scratch []byte
}

// accountSeen is what the sightings say of an account's latest profile.
type accountSeen struct {
	state, seen int64
	followers   model.Count
}

const (
	// A member or container that is not there must not pass for none.
	placeList = "CASE WHEN s.container IS NULL THEN NULL ELSE coalesce(c.sha256, '?') END, " +
		"CASE WHEN s.member IS NULL THEN NULL ELSE coalesce(m.path, '?') END, s.start, s.length, s.line, s.item, s.raw, s.salt, x.data"
	placeJoin     = " LEFT JOIN containers c ON c.id = s.container LEFT JOIN members m ON m.id = s.member LEFT JOIN raws x ON x.item = s.id"
	sightingQuery = "SELECT s.id, s.batch, s.seq, s.log, " + placeList + ", s.post, s.fresh, s.parsed, s.state, st.account, %s, " + seenList +
		" FROM sightings s" + placeJoin + " LEFT JOIN account_states st ON st.id = s.state ORDER BY s.id"
	sightingCols = 4 + 9 + 5 + stateColumns + seenColumns
	rejectQuery  = "SELECT s.id, s.batch, s.seq, s.log, " + placeList + ", s.code, s.reason FROM rejects s" + placeJoin + " ORDER BY s.id"
	rejectCols   = 4 + 9 + 2
	postQuery    = "SELECT p.id, p.first, p.batch, p.account, p.state, p.seen, p.likes, p.comments, p.shares, p.views, " + postList +
		" FROM posts p ORDER BY p.id"
	postCols   = 10 + postColumns
	chunkQuery = "SELECT l.seq, l.object, l.commitment, c.log IS NOT NULL, c.batch, c.seq, c.item, c.count, c.post, c.fresh, c.kinds, c.uids, c.commits " +
		"FROM log l LEFT JOIN chunks c ON c.log = l.seq WHERE l.action = 'items' ORDER BY l.seq"
	chunkCols = 13
)

func (v *verifier) items() (err error) {
	p := &itemPass{verifier: v, moved: map[int64]bool{}, raws: rawReader{v: v}}
	defer func() { err = p.end(err) }()
	if p.sights, err = v.cursor(sightingCols, fmt.Sprintf(sightingQuery, stateListAs("st"))); err != nil {
		return err
	}
	if p.rejects, err = v.cursor(rejectCols, rejectQuery); err != nil {
		return err
	}
	if p.posts, err = v.cursor(postCols, postQuery); err != nil {
		return err
	}
	v.total = 0
	if err := v.tx.QueryRowContext(v.ctx, "SELECT coalesce(sum(count), 0) FROM chunks").Scan(&v.total); err != nil {
		return fmt.Errorf("count items: %w", err)
	}
	err = queryRows(v.bg(), v.tx, chunkCols, func(r *row) error {
		p.chunk(r)
		return v.stopped()
	}, chunkQuery)
	if err != nil {
		return err
	}
	p.rest()
	v.batchCounts()
	v.seenAccounts, v.moved = p.accs, p.moved
	return nil
}

func (p *itemPass) end(err error) error {
	p.raws.close()
	for _, c := range []*cursor{p.sights, p.rejects, p.posts} {
		if c != nil {
			if cerr := c.close(); err == nil {
				err = cerr
			}
		}
	}
	return err
}

// chunk checks one custody record of items with its chunk row and its rows.
func (p *itemPass) chunk(r *row) {
	seq, object, commit, there := r.num(), r.some(), r.hash(), r.num() != 0
	name := logName(seq)
	it, err := custody.ParseItems(object)
	if err != nil {
		p.find(FindLogChanged, name, "custody record %d does not say which items it covers", seq)
		r.err = nil
		return
	}
	var kinds, uids, commits []byte
	if there {
		row := custody.Items{Batch: r.num(), FirstSeq: r.num(), FirstItem: r.num()}
		count, post, fresh := r.num(), r.num(), r.num()
		kinds, uids, commits = r.blob(), r.blob(), r.blob()
		if row.Batch != it.Batch || row.FirstSeq != it.FirstSeq || row.FirstItem != it.FirstItem ||
			count != it.Count() || post != it.FirstPost || fresh != it.Accepted || int64(len(kinds)) != count || int64(len(commits)) != 32*count {
			p.find(FindChunk, name, "the chunk of custody record %d is not the one that was logged", seq)
		}
	} else {
		p.find(FindChunkMissing, name, "the chunk of custody record %d is missing", seq)
	}
	if r.err != nil {
		p.odd(r, "the chunk of custody record %d", seq)
	}
	p.chunkPlace(seq, &it)
	p.chunkItems(seq, &it, commit, kinds, uids, commits)
}

// chunkPlace checks that the chunk follows on from the one before it.
func (p *itemPass) chunkPlace(seq int64, it *custody.Items) {
	b := p.batches[it.Batch]
	if b == nil {
		b = &batchSeen{}
		p.batches[it.Batch] = b
		p.find(FindRowMissing, logName(seq), "batch %d, which custody record %d belongs to, is missing", it.Batch, seq)
	}
	if it.FirstSeq != b.read || it.FirstItem != p.item+1 || it.FirstPost != p.post+1 {
		p.find(FindLogChanged, logName(seq), "the items of custody record %d do not follow on from those before", seq)
	}
	p.item, p.post = it.FirstItem-1, it.FirstPost-1
	b.read += it.Count()
	b.accepted, b.dup, b.rejected = b.accepted+it.Accepted, b.dup+it.Duplicate, b.rejected+it.Rejected
}

func (p *itemPass) chunkItems(seq int64, it *custody.Items, commit model.Hash, kinds, uids, commits []byte) {
	rows := custody.NewRows()
	leaves := make([]model.Hash, 0, it.Count())
	p.uids = p.uids[:0]
	found := p.rep.Found
	var tally [3]int64
	for i := range it.Count() {
		p.item++
		p.seq = it.FirstSeq + i
		if !p.load(seq, it) {
			continue
		}
		if p.at%256 == 0 && p.opt.Progress != nil {
			p.opt.Progress(p.done, p.total)
		}
		p.done++
		tally[p.kind]++
		rows.Add(p.kind, p.seq, p.id, &p.loc)
		h := p.commit(it.Batch)
		leaves = append(leaves, h)
		if at := 32 * i; int64(len(commits)) >= at+32 && model.Hash(commits[at:at+32]) != h {
			p.blame(seq)
		}
		if int64(len(kinds)) > i && kinds[i] != byte(p.kind) {
			p.find(FindChunk, logName(seq), "the chunk of custody record %d says otherwise what became of record %d", seq, p.seq)
		}
	}
	if !bytes.Equal(uids, p.uids) {
		p.find(FindChunk, logName(seq), "the UID keys in the chunk of custody record %d are not those of its posts", seq)
	}
	if p.rep.Found > found {
		return // what follows from it is no news
	}
	if tally != [3]int64{it.Accepted, it.Duplicate, it.Rejected} {
		p.find(FindChunk, logName(seq), "the items of custody record %d are not as many of each kind as it says", seq)
	}
	if rows.Sum() != it.Rows {
		p.find(FindPlace, logName(seq), "the places of the items of custody record %d (batch %d, records %d to %d) are not those that were logged",
			seq, it.Batch, it.FirstSeq, it.FirstSeq+it.Count()-1)
	}
	if custody.MerkleRoot(leaves) != commit {
		p.find(FindChunk, logName(seq), "the items of custody record %d are not those that it committed to", seq)
	}
}

// blame says what of a record is not what was committed to.
func (p *itemPass) blame(seq int64) {
	name := fmt.Sprintf("item:%d", p.item)
	if p.kind == custody.RowReject {
		p.find(FindItem, name, "rejected record %d (custody record %d) is not what was committed to: code, reason, evidence or salt", p.item, seq)
		return
	}
	p.find(FindItem, name, "post %d (%s) as seen in item %d (custody record %d) is not what was committed to: a parsed field, its evidence or its salt",
		p.id, p.full.UID(), p.item, seq)
}

func (p *itemPass) odd(r *row, format string, args ...any) {
	what := fmt.Sprintf(format, args...)
	p.find(FindRowDamaged, what, "%s is damaged: %v", what, r.err)
	r.err = nil
}

// load reads the record with the next item number from whichever table has it.
func (p *itemPass) load(seq int64, it *custody.Items) bool {
	p.at = p.item
	p.skip(p.sights, "sightings")
	p.skip(p.rejects, "rejects")
	inS, inR := p.sights.is(p.item), p.rejects.is(p.item)
	switch {
	case inS && inR:
		p.find(FindRowUnknown, fmt.Sprintf("item:%d", p.item), "item %d is a post and a rejection at once", p.item)
		p.rejects.step()
		fallthrough
	case inS:
		p.sighting(it, seq)
		p.sights.step()
	case inR:
		p.rejection(it, seq)
		p.rejects.step()
	default:
		p.find(FindRowMissing, fmt.Sprintf("item:%d", p.item), "item %d (custody record %d) is missing", p.item, seq)
		return false
	}
	return true
}

// skip passes over rows with numbers that no custody record gave.
func (p *itemPass) skip(c *cursor, table string) {
	for c.ok && c.below(p.item) {
		p.find(FindRowUnknown, table, "table %s has a row that no custody record knows", table)
		c.step()
	}
}

// is reports whether the cursor stands on this id, which is its first column.
func (c *cursor) is(id int64) bool {
	n, ok := c.r.vals[0].(int64)
	return c.ok && ok && n == id
}

func (c *cursor) below(id int64) bool {
	n, ok := c.r.vals[0].(int64)
	return !ok || n < id
}

// place reads placeList and checks batch, seq and log.
func (p *itemPass) place(r *row, it *custody.Items, seq int64) (data []byte) {
	if id, batch, n, log := r.num(), r.num(), r.num(), r.num(); batch != it.Batch || n != p.seq || log != seq {
		p.find(FindPlace, fmt.Sprintf("item:%d", id), "item %d names another batch, record or custody record than the log", id)
	}
	p.loc = r.locator()
	p.raw = r.hash()
	p.salt = r.hash()
	return r.blob()
}

func (p *itemPass) rejection(it *custody.Items, seq int64) {
	r := p.rejects.r
	data := p.place(r, it, seq)
	p.kind, p.id, p.core = custody.RowReject, 0, nil
	p.rej = model.Reject{Code: r.text(), Reason: r.text()}
	p.rep.Rejects++
	p.checkRaw(data)
	if r.err != nil {
		p.odd(r, "rejected record %d", p.item)
	}
}

// checkRaw hashes the evidence again and compares it with the stored hash.
func (p *itemPass) checkRaw(data []byte) {
	name := fmt.Sprintf("item:%d", p.item)
	if !p.loc.HasRange() {
		p.withData++
		if data == nil {
			p.find(FindRowMissing, name, "the canonical bytes of item %d are missing", p.item)
		}
	} else {
		var ok bool
		if data, ok = p.raws.read(&p.loc, name); !ok {
			return // its container has been found wanting
		}
	}
	if h := model.Hash(sha256.Sum256(data)); h != p.raw {
		p.find(FindRaw, name, "the evidence of item %d (%s, offset %d, length %d) does not have the SHA-256 that is stored with it",
			p.item, p.loc.Container, p.loc.Offset, p.loc.Length)
		p.raw = h
	}
}

// commit recomputes the commitment of the record at hand.
func (p *itemPass) commit(batch int64) model.Hash {
	var canonical []byte
	switch {
	case p.kind == custody.RowReject:
		canonical = custody.CanonicalReject(&p.rej)
	case p.core != nil:
		canonical = custody.CanonicalWithCore(p.core, &p.full)
	default:
		canonical = custody.Canonical(&p.full)
	}
	b := &p.batches[batch].batch
	return custody.ItemCommit(p.salt, p.raw, canonical, b.Format+"/"+b.Version)
}

// rest names rows beyond the last custody record.
func (p *itemPass) rest() {
	for _, c := range []struct {
		*cursor
		table string
	}{{p.sights, "sightings"}, {p.rejects, "rejects"}, {p.posts, "posts"}} {
		for c.ok {
			id, _ := c.r.vals[0].(int64)
			p.find(FindRowUnknown, c.table, "table %s has row %d, which no custody record knows", c.table, id)
			c.step()
		}
	}
	for query, want := range map[string]int64{
		"SELECT count(*) FROM raws":           p.withData,
		"SELECT count(*) FROM account_states": p.states,
		"SELECT count(*) FROM chunks":         -1,
	} {
		var n int64
		if want < 0 {
			query, want = "SELECT count(*) FROM chunks WHERE log NOT IN (SELECT seq FROM log WHERE action = 'items')", 0
		}
		if err := p.tx.QueryRowContext(p.ctx, query).Scan(&n); err != nil {
			p.unreadable("case.db", err)
		} else if n != want {
			p.find(FindRowUnknown, query[len("SELECT count(*) FROM "):], "%s gives %d where the custody log has %d", query, n, want)
		}
	}
}

func (p *itemPass) addUID(platform, native string) {
	var key uint64
	key, p.scratch = uidKey(p.scratch, platform, native)
	p.uids = binary.BigEndian.AppendUint64(p.uids, key)
}
