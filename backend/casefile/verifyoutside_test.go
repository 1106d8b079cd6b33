package casefile

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"vedette/backend/model"
)

func noteCodes(r VerifyReport) []string {
	var out []string
	for _, f := range r.Notes {
		out = append(out, f.Code)
	}
	return out
}

// TestAdopted: opening a case of which no checkpoint is kept makes one, but
// that must not make a case that was cut short look as if it had been whole.
func TestAdopted(t *testing.T) {
	w := eventful(t)
	w.wantClean()
	size := w.verify().Records
	w.must(os.RemoveAll(filepath.Join(w.config, "checkpoints")))
	w.reopen()
	w.close()
	r := w.verify()
	if !r.OK || r.Records != size+1 || !slices.Contains(noteCodes(r), NoteAdopted) {
		t.Errorf("adopted: %d records of %d, findings %+v, notes %+v", r.Records, size, r.Findings, r.Notes)
	}
	w.reopen() // a second time there is a checkpoint
	w.close()
	if r := w.verify(); r.Records != size+1 {
		t.Errorf("opened again: %d records", r.Records)
	}
}

// TestKeyGone: a checkpoint whose signature cannot be checked vouches for nothing.
func TestKeyGone(t *testing.T) {
	w := eventful(t)
	w.must(os.Remove(keyPath(w.config)))
	r := w.verify()
	if r.OK || r.Outside != nil || !slices.Contains(codes(r), FindCheckpointBad) {
		t.Errorf("without the key: claim %q, findings %+v", r.Claim, r.Findings)
	}
}

// TestPrivate: the database is its owner's, also in a folder that was there
// before and is open to all.
func TestPrivate(t *testing.T) {
	dir, config := t.TempDir(), t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	c, err := Create(ctx, dir, model.CaseMeta{Name: "open folder"}, Options{ConfigDir: config})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, name := range []string{dbFile, dbFile + "-wal", dbFile + "-shm"} {
		st, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if st.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", name, st.Mode())
		}
	}
}

// TestEnrichmentsFollow: what is stored as understood of a post is compared
// with what the engine makes of it.
func TestEnrichmentsFollow(t *testing.T) {
	w := eventful(t)
	w.reopen()
	ctx := context.Background()
	understand := func(p *model.Post) model.Enrichment {
		return model.Enrichment{
			Version: "e/1", Lang: "en", LangConfidence: 0.9, Polarity: model.PolarityPositive, Sentiment: 0.25,
			Hashtags: []string{p.NativeID}, Reasons: []model.WordReason{{Word: "good", Weight: 1.5, End: 4}},
		}
	}
	w.must(w.c.PostsForEnrich(ctx, 0, func(ids []int64, posts []model.Post) error {
		made := make([]model.Enrichment, len(posts))
		for i := range posts {
			made[i] = understand(&posts[i])
		}
		return w.c.ReplaceEnrichments(ctx, ids, made)
	}))
	w.close()
	check := func() VerifyReport {
		t.Helper()
		r, err := Verify(ctx, w.dir, VerifyOptions{ConfigDir: w.config, Engine: "e/1", Understand: understand})
		w.must(err)
		return r
	}
	if r := check(); !r.OK || len(r.Notes) != 0 {
		t.Fatalf("untouched: findings %+v, notes %+v", r.Findings, r.Notes)
	}
	restore := w.snapshot()
	for stmt, want := range map[string]string{
		"UPDATE enrichments SET sentiment = -0.9 WHERE post = 3":                          FindEnrichment,
		"UPDATE enrichments SET sentiment = NULL WHERE post = 3":                          FindEnrichment,
		"UPDATE enrichments SET polarity = 'negative' WHERE post = 1":                     FindEnrichment,
		"UPDATE enrichments SET lang = 'es' WHERE post = 18":                              FindEnrichment,
		"UPDATE enrichments SET hashtags = NULL WHERE post = 2":                           FindEnrichment,
		"UPDATE enrichments SET mentions = 'x' WHERE post = 2":                            FindEnrichment,
		"UPDATE enrichments SET reasons = replace(reasons, '1.5', '1.25') WHERE post = 2": FindEnrichment,
		"UPDATE enrichments SET sentiment = 0.25 + 1e-12 WHERE post = 3":                  "",
		"UPDATE enrichments SET reasons = replace(reasons, '1.5', '1.5000000000001')":     "",
		"DELETE FROM enrichments WHERE post = 4":                                          NoteUnderstood,
		"UPDATE engines SET version = 'e/0'":                                              NoteUnderstood,
		"INSERT INTO enrichments SELECT 999, engine, lang, confidence, second, polarity, sentiment, hashtags, mentions, links, reasons FROM enrichments WHERE post = 1": FindRowUnknown,
	} {
		w.must(w.alter(stmt))
		r := check()
		got := append(codes(r), noteCodes(r)...)
		if want == "" && len(got) > 0 || want != "" && !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %v, want %q", stmt, got, want)
		}
		restore()
	}
}
