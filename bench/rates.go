package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"vedette/backend/casefile"
	"vedette/backend/custody"
	"vedette/backend/model"
	"vedette/backend/workspace"
)

// rates pairs writing rates with the peer's, round by round.
func (b *bench) rates(file string, n int) error {
	recs, err := load(file)
	if err != nil {
		return err
	}
	var ack, ackRatio, e2e, e2eRatio, fts, seq []float64
	for i := range b.rounds {
		peer, err := ftsOnly(filepath.Join(b.dir, fmt.Sprintf("fts%d.db", i)), recs)
		if err != nil {
			return err
		}
		ours, err := b.acknowledge(i, file, recs)
		if err != nil {
			return err
		}
		fts, ack, ackRatio = append(fts, peer), append(ack, ours), append(ackRatio, ours/peer)
		if peer, err = storeAndIndex(file, filepath.Join(b.dir, fmt.Sprintf("seq%d.db", i))); err != nil {
			return err
		}
		if ours, err = b.endToEnd(i, file, n); err != nil {
			return err
		}
		seq, e2e, e2eRatio = append(seq, peer), append(e2e, ours), append(e2eRatio, ours/peer)
	}
	rate := func(v []float64) string { return fmt.Sprintf("%.0f posts/s", median(v)) }
	b.add(fmt.Sprintf("acknowledge %d posts with evidence and custody", n), rate(ack), "FTS5 alone: "+rate(fts),
		fmt.Sprintf("%.2f×", median(ackRatio)), "≥ 0.60×", median(ackRatio) >= 0.6)
	b.add("end to end: file → custody → store → enriched → searchable", rate(e2e), "decode, SQLite, FTS5, not enriched: "+rate(seq),
		fmt.Sprintf("%.2f×", median(e2eRatio)), "≥ 0.25×, ≥ 5,000 posts/s", median(e2eRatio) >= 0.25 && median(e2e) >= 5000)
	return nil
}

func meta() model.CaseMeta {
	m := workspace.DefaultMeta()
	m.ID, m.Name, m.Owner, m.Purpose = "00000000-0000-4000-8000-000000000000", "bench", "bench", "measurement"
	return m
}

// acknowledge commits decoded records with their evidence and custody: posts
// per second. Hashing and commitments are part of it, decoding is not.
func (b *bench) acknowledge(round int, file string, recs []record) (float64, error) {
	dir := filepath.Join(b.dir, fmt.Sprintf("ack%d", round))
	c, err := casefile.Create(b.ctx, dir, meta(), casefile.Options{Actor: "bench", ConfigDir: dir + "-config"})
	if err != nil {
		return 0, err
	}
	defer c.Close()
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	posts, raws, err := decoded(recs)
	if err != nil {
		return 0, err
	}
	began := time.Now()
	kept, err := c.StoreContainer(b.ctx, "small.ndjson", f, nil)
	if err != nil {
		return 0, err
	}
	batch, err := c.BeginBatch(b.ctx, model.Batch{State: model.BatchRunning, File: "small.ndjson", Container: kept.SHA256, Format: "bench", Version: "1", Source: model.Source{Reliability: "F", Mode: model.ModeUnstated}})
	if err != nil {
		return 0, err
	}
	var offset int64
	chunks := make(chan []model.Item, 2)
	go func() {
		defer close(chunks)
		for at := 0; at < len(posts); at += 10_000 {
			chunks <- commit(posts, raws, at, min(at+10_000, len(posts)), kept.SHA256, &offset)
		}
	}()
	for items := range chunks {
		if _, err := c.Append(b.ctx, batch.ID, items); err != nil {
			return 0, err
		}
	}
	batch.State = model.BatchDone
	if _, err := c.FinishBatch(b.ctx, batch); err != nil {
		return 0, err
	}
	return float64(len(posts)) / time.Since(began).Seconds(), nil
}

// commit makes the items of one transaction, in parallel.
func commit(posts []model.Post, raws [][]byte, from, to int, sha string, offset *int64) []model.Item {
	items := make([]model.Item, to-from)
	locs := make([]model.Locator, to-from)
	for i := range locs {
		n := int64(len(raws[from+i]))
		locs[i] = model.Locator{Container: sha, Offset: *offset, Length: n}
		*offset += n + 1
	}
	salts := make([]byte, 32*len(items))
	if _, err := rand.Read(salts); err != nil {
		panic(err) // crypto/rand does not fail on a working system
	}
	var wg sync.WaitGroup
	parts := runtime.NumCPU()
	for p := range parts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := p; i < len(items); i += parts {
				rec := model.Record{Seq: int64(from + i), Locator: locs[i], Raw: raws[from+i], Post: &posts[from+i]}
				items[i] = custody.CommitItem(&rec, "bench/1", [32]byte(salts[32*i:]))
				items[i].Raw = nil
			}
		}()
	}
	wg.Wait()
	return items
}

// decoded turns records into posts, and gives each line's bytes.
func decoded(recs []record) ([]model.Post, [][]byte, error) {
	posts, raws := make([]model.Post, len(recs)), make([][]byte, len(recs))
	for i := range recs {
		r := &recs[i]
		t, err := time.Parse(time.RFC3339, r.Created)
		if err != nil {
			return nil, nil, err
		}
		posts[i] = model.Post{
			Platform: r.Platform, NativeID: r.ID, Kind: model.KindPost, PageType: model.PageSocial, Text: r.Text, Hashtags: r.Hashtags, Visibility: model.VisibilityPublic,
			Author:  model.Account{Platform: r.Platform, NativeID: "@" + r.Handle, Handle: r.Handle, Followers: model.Known(r.Followers)},
			Created: model.Instant{Time: t, Original: r.Created, Zone: model.ZoneStated},
			Counts:  model.Counts{Likes: model.Known(r.Likes), Comments: model.Known(r.Comments), Shares: model.Known(r.Shares)},
		}
		if raws[i], err = json.Marshal(r); err != nil {
			return nil, nil, err
		}
	}
	return posts, raws, nil
}

// importCase imports a corpus file into a new case.
func (b *bench) importCase(name, file string) (*workspace.Session, error) {
	d, err := workspace.NewDesk(workspace.DeskOptions{ConfigDir: filepath.Join(b.dir, name+"-config"), Actor: "bench"})
	if err != nil {
		return nil, err
	}
	s, err := d.Create(b.ctx, filepath.Join(b.dir, name), meta())
	if err != nil {
		return nil, err
	}
	res, err := s.Import(b.ctx, workspace.ImportRequest{Paths: []string{file}, Profile: []byte(profile)}, nil)
	if err != nil {
		return nil, err
	}
	if got := res.Batches[0]; got.State != model.BatchDone || got.Rejected > 0 {
		return nil, fmt.Errorf("import: %+v", got)
	}
	return s, nil
}

// endToEnd imports a file until its posts are found: posts per second.
func (b *bench) endToEnd(round int, file string, n int) (float64, error) {
	began := time.Now()
	s, err := b.importCase(fmt.Sprintf("e2e%d", round), file)
	if err != nil {
		return 0, err
	}
	rate := float64(n) / time.Since(began).Seconds()
	return rate, s.Close()
}
