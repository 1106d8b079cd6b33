package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

// intake is one shape of export: how a record of it is written, how a program
// that does nothing else decodes it, and what is to be reached.
type intake struct {
	name    string
	profile string // empty: recognised
	write   func(w *bufio.Writer, c *corpus, n int) error
	decode  func(r io.Reader) (int, error)
	reach   float64 // posts/s
}

// intakes are the shapes that most large exports have.
var intakes = []intake{
	{"X API v2, 4 KB a record", "", writeX, decodeLines, 8000},
	{"NDJSON, small records", profile, writeLines, decodeLines, 15000},
	{"CSV", csvProfile, writeTable, decodeTable, 15000},
}

// csvProfile reads what writeTable writes.
const csvProfile = `{"name":"bench-csv","version":1,"header":["id","platform","handle","created","text","likes"],"type":"social","kind":"post",
 "fields":{"id":"id","platform":"platform","author.handle":"handle","created":"created","text":"text","counts.likes":"likes"}}`

// intake measures from the file to acknowledged posts with evidence and custody,
// enrichment and indexing off, beside the plain decoding of the same bytes.
func (b *bench) intake(n int) error {
	for i, x := range intakes {
		file := filepath.Join(b.dir, fmt.Sprintf("intake%d", i))
		if err := writeFile(file, func(w *bufio.Writer) error { return x.write(w, newCorpus(uint64(10+i), 0), n) }); err != nil {
			return err
		}
		var ours, plain []float64
		for round := range b.rounds {
			p, err := plainly(file, n, x.decode)
			if err != nil {
				return err
			}
			o, err := b.acknowledged(file, fmt.Sprintf("intake%d-%d", i, round), n, x.profile)
			if err != nil {
				return err
			}
			ours, plain = append(ours, o), append(plain, p)
		}
		rate := median(ours)
		b.add("read to acknowledged: "+x.name, fmt.Sprintf("%.0f posts/s", rate), fmt.Sprintf("plain decoding, one core: %.0f posts/s", median(plain)),
			fmt.Sprintf("%.2f×", rate/median(plain)), fmt.Sprintf("≥ %.0f posts/s", x.reach), rate >= x.reach)
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	return nil
}

// plainly decodes a file and keeps nothing: records per second.
func plainly(file string, n int, decode func(io.Reader) (int, error)) (float64, error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	began := time.Now()
	got, err := decode(bufio.NewReaderSize(f, 1<<20))
	if err == nil && got != n {
		err = fmt.Errorf("decoded %d of %d", got, n)
	}
	return float64(n) / time.Since(began).Seconds(), err
}

// acknowledged imports a file into a new case: posts per second.
func (b *bench) acknowledged(file, name string, n int, profile string) (float64, error) {
	d, err := workspace.NewDesk(workspace.DeskOptions{ConfigDir: filepath.Join(b.dir, name+"-config"), Actor: "bench"})
	if err != nil {
		return 0, err
	}
	s, err := d.Create(b.ctx, filepath.Join(b.dir, name), meta())
	if err != nil {
		return 0, err
	}
	req := workspace.ImportRequest{Paths: []string{file}, NoEnrich: true, NoIndex: true, NoWait: true}
	if profile != "" {
		req.Profile = []byte(profile)
	}
	began := time.Now()
	res, err := s.Import(b.ctx, req, nil)
	took := time.Since(began)
	if err == nil && (res.Batches[0].State != model.BatchDone || res.Batches[0].Accepted != int64(n)) {
		err = fmt.Errorf("import: %+v", res.Batches[0])
	}
	if err = errors.Join(err, s.Close(), os.RemoveAll(filepath.Join(b.dir, name))); err != nil {
		return 0, err
	}
	return float64(n) / took.Seconds(), nil
}

func writeFile(path string, fn func(*bufio.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	return errors.Join(fn(w), w.Flush(), f.Close())
}

// writeX writes flattened tweets as the collecting tools keep them, with the
// members that nobody reads making up most of the bytes, as in real ones.
func writeX(w *bufio.Writer, c *corpus, n int) error {
	for i := range n {
		r := c.record(i)
		var notes []map[string]any
		for k := range 12 {
			notes = append(notes, map[string]any{"domain": map[string]string{"id": strconv.Itoa(30 + k), "name": "Entities", "description": strings.Repeat("a domain of things ", 5)}, "entity": map[string]string{"id": strconv.Itoa(1e9 + i + k), "name": "Thing " + strconv.Itoa(k)}})
		}
		b, err := json.Marshal(map[string]any{
			"id": strconv.Itoa(1500000000000000000 + i), "text": r.Text, "author_id": strconv.Itoa(1e6 + i%5000), "created_at": r.Created, "lang": "en",
			"conversation_id": strconv.Itoa(1500000000000000000 + i), "edit_history_tweet_ids": []string{strconv.Itoa(1500000000000000000 + i)},
			"public_metrics":      map[string]int64{"retweet_count": r.Shares, "reply_count": r.Comments, "like_count": r.Likes, "quote_count": 0},
			"context_annotations": notes, "source": "Web", "possibly_sensitive": false,
			"author": map[string]any{
				"id": strconv.Itoa(1e6 + i%5000), "username": r.Handle, "name": r.Handle, "created_at": r.Created, "description": strings.Repeat("about me ", 12),
				"public_metrics": map[string]int64{"followers_count": r.Followers, "following_count": 5, "tweet_count": 9, "listed_count": 0},
			},
			"__twarc": map[string]string{"url": "https://api.example/2/tweets/search/all", "version": "2.10.0", "retrieved_at": r.Created},
		})
		if err != nil {
			return err
		}
		if _, err := w.Write(append(b, '\n')); err != nil {
			return err
		}
	}
	return nil
}

func writeLines(w *bufio.Writer, c *corpus, n int) error {
	for i := range n {
		b, err := json.Marshal(c.record(i))
		if err != nil {
			return err
		}
		if _, err := w.Write(append(b, '\n')); err != nil {
			return err
		}
	}
	return nil
}

func writeTable(w *bufio.Writer, c *corpus, n int) error {
	t := csv.NewWriter(w)
	if err := t.Write([]string{"id", "platform", "handle", "created", "text", "likes"}); err != nil {
		return err
	}
	for i := range n {
		r := c.record(i)
		if err := t.Write([]string{r.ID, r.Platform, r.Handle, r.Created, r.Text, strconv.FormatInt(r.Likes, 10)}); err != nil {
			return err
		}
	}
	t.Flush()
	return t.Error()
}

// decodeLines decodes NDJSON into trees, as a program without a schema does.
func decodeLines(r io.Reader) (int, error) {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	n := 0
	for s.Scan() {
		var v map[string]any
		if err := json.Unmarshal(s.Bytes(), &v); err != nil {
			return n, err
		}
		n++
	}
	return n, s.Err()
}

func decodeTable(r io.Reader) (int, error) {
	t := csv.NewReader(r)
	for n := -1; ; n++ { // the header is no record
		if _, err := t.Read(); errors.Is(err, io.EOF) {
			return n, nil
		} else if err != nil {
			return n, err
		}
	}
}
