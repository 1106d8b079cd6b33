package search

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"sync"
	"testing"

	"vedette/backend/columns"
	"vedette/backend/model"
)

// childDir names the folder that a child process of the kill test writes to.
const childDir = "VEDETTE_TEST_INDEX"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := writeForEver(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// writeForEver adds posts and says after each batch how far it is.
func writeForEver(dir string) error {
	ix, err := CreateIndex(dir)
	if err != nil {
		return err
	}
	for {
		if err := ix.Add(context.Background(), numbered(ix.Watermark()+1, 100)); err != nil {
			return err
		}
		fmt.Println(ix.Watermark())
	}
}

// numbered makes posts that each have a word of their own and one in common.
func numbered(first int64, n int) []Doc {
	docs := make([]Doc, n)
	for i := range docs {
		id := first + int64(i)
		docs[i] = Doc{id, fmt.Sprintf("common word%d and more text %d", id, id%7)}
	}
	return docs
}

func emptyTable(t testing.TB, n int64) *columns.View {
	t.Helper()
	table := columns.New()
	rows := make([]model.FacetRow, n)
	for i := range rows {
		rows[i].ID = int64(i + 1)
	}
	if err := table.Append(rows); err != nil {
		t.Fatal(err)
	}
	return table.View()
}

func hits(t testing.TB, ix *Index, v *columns.View, q string) []uint32 {
	t.Helper()
	parsed, err := Parse(q)
	if err != nil {
		t.Fatal(err)
	}
	res, err := parsed.Select(t.Context(), ix, v, Env{})
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return res.Bitmap.ToArray()
}

// checkNumbered checks that every post up to the watermark is found, and none above.
func checkNumbered(t testing.TB, ix *Index) {
	t.Helper()
	n := ix.Watermark()
	v := emptyTable(t, n+10)
	if got := hits(t, ix, v, "common"); int64(len(got)) != n {
		t.Fatalf("%d posts found of %d", len(got), n)
	}
	for id := int64(1); id <= n; id += 1 + n/50 {
		if got := hits(t, ix, v, fmt.Sprintf("word%d", id)); !slices.Equal(got, []uint32{uint32(id - 1)}) {
			t.Fatalf("post %d: found %v", id, got)
		}
	}
}

// TestKill kills a process that writes, at random: afterwards the index either
// asks to be rebuilt, or has all that was acknowledged.
func TestKill(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 32))
	rebuilt := 0
	for range 12 {
		dir := t.TempDir()
		acknowledged := killAfter(t, dir, 1+rng.IntN(6))
		ix, err := OpenIndex(dir)
		if errors.Is(err, ErrRebuild) {
			rebuilt++
			if ix, err = CreateIndex(dir); err == nil {
				err = ix.Add(t.Context(), numbered(1, int(acknowledged)))
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		if ix.Watermark() < acknowledged {
			t.Errorf("watermark %d, but %d was acknowledged", ix.Watermark(), acknowledged)
		}
		checkNumbered(t, ix)
		if err := ix.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d of 12 asked to be rebuilt", rebuilt)
}

func killAfter(t *testing.T, dir string, batches int) int64 {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childDir+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var last int64
	for lines := bufio.NewScanner(out); batches > 0 && lines.Scan(); batches-- {
		if last, err = strconv.ParseInt(lines.Text(), 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := child.Wait(); !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return last
}

func TestManifestIsJudged(t *testing.T) {
	dir := t.TempDir()
	builtIndex(t, dir)
	good, err := readManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(m *manifest){
		"rules":  func(m *manifest) { m.Mapping++ },
		"dirty":  func(m *manifest) { m.Dirty = true },
		"behind": func(m *manifest) { m.Watermark-- },
		"ahead":  func(m *manifest) { m.Watermark++ },
	} {
		m := good
		change(&m)
		if err := m.write(dir); err != nil {
			t.Fatal(err)
		}
		if ix, err := OpenIndex(dir); !errors.Is(err, ErrRebuild) {
			t.Errorf("%s: %v %v", name, ix, err)
		}
	}
	if err := good.write(dir); err != nil {
		t.Fatal(err)
	}
	ix, err := OpenIndex(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenIndex(dir); !errors.Is(err, ErrInUse) || errors.Is(err, ErrRebuild) {
		t.Errorf("a second opener: %v", err)
	}
	checkNumbered(t, ix)
	if err := ix.Optimize(t.Context()); err != nil {
		t.Fatal(err)
	}
	checkNumbered(t, ix)
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if err := ix.Add(t.Context(), numbered(901, 1)); !errors.Is(err, os.ErrClosed) {
		t.Errorf("adding after close: %v", err)
	}
	q, err := Parse("common")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.Select(t.Context(), ix, emptyTable(t, 1), Env{}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("searching after close: %v", err)
	}
}

func TestAddInOrder(t *testing.T) {
	ix := newIndex(t)
	if err := ix.Add(t.Context(), numbered(2, 3)); err == nil {
		t.Error("ids may begin at 2")
	}
	if err := ix.Add(t.Context(), numbered(1, 10)); err != nil {
		t.Fatal(err)
	}
	if err := ix.Add(t.Context(), numbered(5, 20)); err != nil { // 5 to 10 are there already
		t.Fatal(err)
	}
	if ix.Watermark() != 24 {
		t.Errorf("watermark %d", ix.Watermark())
	}
	checkNumbered(t, ix)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := ix.Add(ctx, numbered(25, 5)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := ix.Add(t.Context(), numbered(25, 5)); err != nil {
		t.Errorf("after cancelling: %v", err)
	}
	checkNumbered(t, ix)
}

// TestBleveFails makes Bleve panic: the index says that it has to be rebuilt,
// now and when it is opened again.
func TestBleveFails(t *testing.T) {
	dir := t.TempDir()
	ix, err := CreateIndex(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := ix.setDirty(true); err != nil {
		t.Fatal(err)
	}
	if err := ix.run(func() error { panic("bleve is broken") }); err == nil {
		t.Fatal("no error")
	} else if err := ix.give(err); !errors.Is(err, ErrRebuild) {
		t.Fatal(err)
	}
	if err := ix.Add(t.Context(), numbered(1, 1)); !errors.Is(err, ErrRebuild) {
		t.Errorf("adding: %v", err)
	}
	if err := ix.read(func(*snapshot) error { return nil }); !errors.Is(err, ErrRebuild) {
		t.Errorf("searching: %v", err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenIndex(dir); !errors.Is(err, ErrRebuild) {
		t.Errorf("opening: %v", err)
	}
	other := newIndex(t)
	if err := other.read(func(*snapshot) error { panic("bleve is broken") }); !errors.Is(err, ErrRebuild) {
		t.Errorf("a panic while searching: %v", err)
	}
}

func TestTooManyWords(t *testing.T) {
	ix := newIndex(t)
	if err := ix.Add(t.Context(), numbered(1, maxPhraseExpansion+10)); err != nil {
		t.Fatal(err)
	}
	v := emptyTable(t, ix.Watermark())
	if got := hits(t, ix, v, "word*"); int64(len(got)) != ix.Watermark() {
		t.Errorf("word*: %d posts", len(got))
	}
	q, err := Parse(`platform:x OR "common word*"`)
	if err != nil {
		t.Fatal(err)
	}
	_, err = q.Select(t.Context(), ix, v, Env{})
	var e *SyntaxError
	if !errors.As(err, &e) || e.Code != CodeTooManyWords || e.Pos != 14 || e.Params["value"] != "word*" {
		t.Errorf("%v", err)
	}
}

// TestConcurrentSearch searches while posts are added: what the watermark says
// before a search is found by it.
func TestConcurrentSearch(t *testing.T) {
	ix := newIndex(t)
	v := emptyTable(t, 3000)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			q, err := Parse(`common "and more text" word1*`)
			if err != nil {
				t.Error(err)
				return
			}
			for {
				before := ix.Watermark()
				all, err := Parse("common")
				if err != nil {
					t.Error(err)
					return
				}
				res, err := all.Select(t.Context(), ix, v, Env{})
				if err != nil || res.Bitmap.GetCardinality() < uint64(before) || res.Watermark < before {
					t.Errorf("watermark %d: %v %v", before, res.Bitmap, err)
					return
				}
				if res, err = q.Select(t.Context(), ix, v, Env{}); err != nil {
					t.Error(err)
					return
				}
				if _, err := res.Relevance(t.Context(), res.Bitmap, 0, 10); err != nil {
					t.Error(err)
					return
				}
				select {
				case <-stop:
					return
				default:
				}
			}
		})
	}
	for at := int64(1); at < 3000; at += 100 {
		if err := ix.Add(t.Context(), numbered(at, 100)); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	wg.Wait()
	checkNumbered(t, ix)
}

// TestShared reads an index while its owner writes it.
func TestShared(t *testing.T) {
	dir, tmp := t.TempDir(), t.TempDir()
	owner, err := CreateIndex(dir)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	if err := owner.Add(t.Context(), numbered(1, 500)); err != nil {
		t.Fatal(err)
	}
	go func() {
		for at := int64(501); at < 2500; at += 100 {
			if err := owner.Add(t.Context(), numbered(at, 100)); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for range 8 {
		before := owner.Watermark()
		ix, err := OpenShared(dir, tmp)
		if err != nil {
			t.Fatal(err)
		}
		if ix.Watermark() < before {
			t.Errorf("watermark %d, the owner's was %d", ix.Watermark(), before)
		}
		checkNumbered(t, ix)
		if err := ix.Add(t.Context(), numbered(ix.Watermark()+1, 1)); !errors.Is(err, ErrInUse) {
			t.Errorf("adding: %v", err)
		}
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
	}
	if err := errors.Join(<-done, owner.Close()); err != nil {
		t.Fatal(err)
	}
	if left := files(t, tmp); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
