package casefile

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// Sightings lists every time a post was seen, in the order in which it came
// into the case. SeenAt is the capture time, else when its batch was begun.
func (c *Case) Sightings(ctx context.Context, post int64) ([]model.Sighting, error) {
	var out []model.Sighting
	err := c.rows(ctx, 22, func(r *row) error {
		s := model.Sighting{ID: r.num(), PostID: r.num(), Batch: r.num(), Seq: r.num(), LogIndex: r.num()}
		raw := r.hash()
		s.SHA256 = hex.EncodeToString(raw[:])
		if parsed := r.blob(); parsed != nil {
			other, err := custody.ParseCore(parsed)
			if err != nil {
				return damaged(err)
			}
			s.Differs, s.Other = true, &other
		}
		var b model.Batch
		if err := json.Unmarshal(r.blob(), &b); err != nil {
			return damaged(err)
		}
		s.Manual = b.Format == manualFormat
		s.Locator = r.locator()
		s.Counts = r.counts()
		s.SeenAt = r.instant()
		if s.SeenAt.IsZero() {
			s.SeenAt = model.Instant{Time: b.Started, Zone: model.ZoneStated}
		}
		out = append(out, s)
		return nil
	}, "SELECT s.id, s.post, s.batch, s.seq, s.log, s.raw, s.parsed, b.body, c.sha256, m.path, s.start, s.length, s.line, s.item, "+
		"s.likes, s.comments, s.shares, s.views, s.seen, s.seen_ns, s.seen_original, s.seen_zone "+
		"FROM (SELECT first AS id FROM posts WHERE id = ?1 UNION ALL SELECT id FROM sightings WHERE post = ?1 AND fresh = 0) x "+
		"JOIN sightings s ON s.id = x.id JOIN batches b ON b.id = s.batch "+
		"LEFT JOIN containers c ON c.id = s.container LEFT JOIN members m ON m.id = s.member ORDER BY s.id", post)
	if err != nil {
		return nil, fmt.Errorf("list sightings of post %d: %w", post, err)
	}
	if len(out) == 0 {
		return nil, postNotFound(fmt.Sprint(post))
	}
	return out, nil
}

// manualFormat is the format of batches that a person typed in.
const manualFormat = "manual"

// Raw returns the evidence of a sighting: exact bytes of the container when it
// has a byte range, and else its canonical bytes.
func (c *Case) Raw(ctx context.Context, sighting int64) (data []byte, exact bool, err error) {
	var l *model.Locator
	err = c.rows(ctx, 7, func(r *row) error {
		x := r.locator()
		l, data = &x, r.blob()
		return nil
	}, "SELECT c.sha256, m.path, s.start, s.length, s.line, s.item, x.data FROM sightings s "+
		"LEFT JOIN containers c ON c.id = s.container LEFT JOIN members m ON m.id = s.member "+
		"LEFT JOIN raws x ON x.item = s.id WHERE s.id = ?", sighting)
	if err == nil && l == nil {
		err = postNotFound(fmt.Sprint(sighting))
	}
	if err == nil && l.HasRange() {
		exact = true
		data, err = c.readRange(ctx, l)
	}
	if err != nil {
		return nil, false, fmt.Errorf("read evidence: %w", err)
	}
	return data, exact, nil
}

// maxRange bounds what one record may be read as, in bytes.
const maxRange = 1 << 30

func (c *Case) readRange(ctx context.Context, l *model.Locator) ([]byte, error) {
	cont, err := c.OpenContainer(ctx, l.Container)
	if err != nil {
		return nil, err
	}
	defer func() { _ = cont.Close() }() // opened for reading: nothing to lose
	m, err := openMember(cont, l.Member, c.Scratch())
	if err != nil {
		return nil, err
	}
	if x, ok := m.(*member); ok {
		defer func() { _ = x.Close() }() // opened for reading: nothing to lose
	}
	return readSection(m, l)
}
