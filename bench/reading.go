package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

// facets pairs the facets of a text query with FTS5 and GROUP BY.
func (b *bench) facets(file string, words []string) error {
	recs, err := load(file)
	if err != nil {
		return err
	}
	db, err := openPeer(filepath.Join(b.dir, "seq0.db"))
	if err != nil {
		return err
	}
	defer db.Close()
	d, err := workspace.NewDesk(workspace.DeskOptions{ConfigDir: filepath.Join(b.dir, "e2e0-config"), Actor: "bench"})
	if err != nil {
		return err
	}
	s, err := d.Open(b.ctx, filepath.Join(b.dir, "e2e0"), false)
	if err != nil {
		return err
	}
	defer s.Close()
	// Both sides in turn, word by word; of five passes the best of each word
	// counts, so that what else the machine does falls on neither.
	ours, peer := make([]time.Duration, len(words)), make([]time.Duration, len(words))
	for pass := range 5 {
		for i, w := range words {
			began := time.Now()
			n, err := peerFacets(db, w)
			if err != nil {
				return err
			}
			peer[i] = best(pass, peer[i], time.Since(began))
			began = time.Now()
			page, err := s.Search(b.ctx, workspace.SearchRequest{Selection: model.Selection{Query: w}, Limit: -1, Facets: []string{"platform", "author"}, Buckets: 120})
			if err != nil {
				return err
			}
			ours[i] = best(pass, ours[i], time.Since(began))
			if pass == 0 && n == 0 && page.Total > 0 {
				fmt.Fprintf(os.Stderr, "note: %q: %d here, %d in the peer\n", w, page.Total, n)
			}
		}
	}
	a, p := quantile(ours, .95), quantile(peer, .95)
	b.add(fmt.Sprintf("facets over a text query, p95, %d posts", len(recs)), ms(a), "FTS5, GROUP BY: "+ms(p),
		fmt.Sprintf("%.0f× faster", float64(p)/float64(a)), "≥ 15×", float64(p)/float64(a) >= 15)
	return nil
}

func best(pass int, old, now time.Duration) time.Duration {
	if pass == 0 {
		return now
	}
	return min(old, now)
}

// million opens a big case and asks its dashboard over many selections.
func (b *bench) million(n int) error {
	file := filepath.Join(b.dir, "big.ndjson")
	c := newCorpus(2, 0)
	if err := c.write(file, n); err != nil {
		return err
	}
	s, err := b.importCase("big", file)
	if err != nil {
		return err
	}
	if err := s.Close(); err != nil {
		return err
	}
	d, err := workspace.NewDesk(workspace.DeskOptions{ConfigDir: filepath.Join(b.dir, "big-config"), Actor: "bench"})
	if err != nil {
		return err
	}
	began := time.Now()
	if s, err = d.Open(b.ctx, filepath.Join(b.dir, "big"), false); err != nil {
		return err
	}
	if _, err := s.Search(b.ctx, workspace.SearchRequest{}); err != nil {
		return err
	}
	opened := time.Since(began)
	b.add(fmt.Sprintf("open a case of %d posts to its first page", n), ms(opened), "–", "–", "≤ 2,000 ms", opened <= 2*time.Second)
	b.add("resident memory with it open", fmt.Sprintf("%d MB", peakRSS()), "–", "–", "stated", true)
	for _, x := range [...]model.Subject{{Name: "A", Query: c.vocab[0][30]}, {Name: "B", Query: c.vocab[1][30], Competitor: true}} {
		if _, err := s.PutSubject(b.ctx, x); err != nil {
			return err
		}
	}
	var took []time.Duration
	for range 2 { // the first warms
		took = took[:0]
		for i, w := range c.queries(40) {
			sel := model.Selection{Query: w}
			switch i % 4 {
			case 1:
				sel = model.Selection{Include: map[string][]string{"platform": {platforms[i%5]}}}
			case 2:
				sel = model.Selection{From: start.AddDate(0, 0, i), To: start.AddDate(0, 0, i+30)}
			case 3:
				sel = model.Selection{}
			}
			began := time.Now()
			if err := dashboard(b, s, sel); err != nil {
				return err
			}
			took = append(took, time.Since(began))
		}
	}
	p95 := quantile(took, .95)
	b.add(fmt.Sprintf("dashboard over any selection of %d posts, p95", n), ms(p95), "–", "–", "≤ 150 ms", p95 <= 150*time.Millisecond)
	return s.Close()
}

// dashboard asks everything that the situation screen shows of a selection.
func dashboard(b *bench, s *workspace.Session, sel model.Selection) error {
	_, err := s.Dashboard(b.ctx, sel)
	return err
}

// stream imports a file larger than its memory may be, in a process of its own.
func (b *bench) stream(bin string, mb int) error {
	file := filepath.Join(b.dir, "stream.ndjson")
	n, err := streamFile(file, mb)
	if err != nil {
		return err
	}
	prof := filepath.Join(b.dir, "profile.json")
	if err := os.WriteFile(prof, []byte(profile), 0o600); err != nil {
		return err
	}
	dir := filepath.Join(b.dir, "stream")
	env := append(os.Environ(), "VEDETTE_CONFIG="+dir+"-config")
	mk := exec.CommandContext(b.ctx, bin, "case", "new", dir, "--name", "stream", "--owner", "bench", "--purpose", "measurement")
	mk.Env, mk.Stderr = env, os.Stderr
	if err := mk.Run(); err != nil {
		return err
	}
	cmd := exec.CommandContext(b.ctx, bin, "import", dir, file, "--profile", prof, "--json")
	cmd.Env, cmd.Stderr = env, os.Stderr
	began := time.Now()
	out, err := cmd.Output()
	if err != nil {
		return err
	}
	took := time.Since(began)
	var res struct{ Batches []model.Batch }
	if err := json.Unmarshal(out, &res); err != nil {
		return err
	}
	if res.Batches[0].Accepted != int64(n) {
		return fmt.Errorf("accepted %d of %d", res.Batches[0].Accepted, n)
	}
	peak := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss / 1024
	b.add(fmt.Sprintf("import a %d MB NDJSON (records of 1 KB), peak memory", mb), fmt.Sprintf("%d MB, %.0f posts/s", peak, float64(n)/took.Seconds()), "–", "–", "< 1,500 MB", peak < 1500)
	return nil
}

// streamFile writes about mb megabytes of records of about 1 KB.
func streamFile(path string, mb int) (int, error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	c := newCorpus(3, 500)
	n, size := 0, int64(0)
	for size < int64(mb)<<20 {
		line, err := json.Marshal(c.record(n))
		if err != nil {
			return 0, err
		}
		if _, err := w.Write(append(line, '\n')); err != nil {
			return 0, err
		}
		size += int64(len(line)) + 1
		n++
	}
	if err := w.Flush(); err != nil {
		return 0, err
	}
	return n, f.Close()
}
