package casefile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/zstd"
)

func TestContainer(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	for _, size := range []int{0, 1, frameSize - 1, frameSize, frameSize + 1, 5*frameSize + 77} {
		data := []byte(noise(size))
		var told int64
		cont, err := w.c.StoreContainer(ctx, "n", bytes.NewReader(data), func(done int64) { told = done })
		w.must(err)
		if cont.Size != int64(size) || told != int64(size) {
			t.Errorf("size is %d, progress ended at %d, not %d", cont.Size, told, size)
		}
		r, err := w.c.OpenContainer(ctx, cont.SHA256)
		w.must(err)
		got, err := io.ReadAll(io.NewSectionReader(r, 0, r.Size()))
		w.must(err)
		if !bytes.Equal(got, data) {
			t.Errorf("%d bytes came back otherwise", size)
		}
		readAnywhere(t, r, data)
		w.must(r.Close())
		// Any zstd program unpacks the file.
		packed, err := os.ReadFile(filepath.Join(w.dir, containerFolder, cont.SHA256))
		w.must(err)
		dec, err := zstd.NewReader(nil)
		w.must(err)
		plain, err := dec.DecodeAll(packed, nil)
		dec.Close()
		w.must(err)
		if !bytes.Equal(plain, data) {
			t.Errorf("%d bytes were unpacked otherwise", size)
		}
	}
	w.close()
	w.wantClean()
}

// readAnywhere reads random ranges from several goroutines.
func readAnywhere(t *testing.T, r *Container, data []byte) {
	var wg sync.WaitGroup
	for seed := range uint64(4) {
		wg.Go(func() {
			rng := rand.New(rand.NewPCG(seed, 11))
			for range 50 {
				off := rng.Int64N(int64(len(data)) + 2)
				p := make([]byte, rng.IntN(2*frameSize))
				n, err := r.ReadAt(p, off)
				want := data[min(off, int64(len(data))):]
				if !bytes.Equal(p[:n], want[:min(len(p), len(want))]) {
					t.Errorf("reading %d bytes at %d gave other bytes", len(p), off)
				}
				if short := len(want) < len(p); short != errors.Is(err, io.EOF) || (err != nil && !short) {
					t.Errorf("reading %d bytes at %d of %d: %v", len(p), off, len(data), err)
				}
			}
		})
	}
	wg.Wait()
}

func TestContainerTwice(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			cont, err := w.c.StoreContainer(ctx, fmt.Sprint("name", i), bytes.NewReader([]byte("the same")), nil)
			if err != nil || cont.Size != 8 {
				t.Errorf("%+v, %v", cont, err)
			}
		})
	}
	wg.Wait()
	list, err := w.c.Containers(ctx)
	w.must(err)
	files, err := os.ReadDir(filepath.Join(w.dir, containerFolder))
	w.must(err)
	if len(list) != 1 || len(files) != 1 {
		t.Errorf("%d containers, %d files", len(list), len(files))
	}
	if w.c.LogSize() != 2 {
		t.Errorf("the log has %d records", w.c.LogSize())
	}
	if _, err := w.c.StoreContainer(ctx, "bad", iotest.ErrReader(errors.New("cable pulled")), nil); err == nil {
		t.Error("a broken source was stored")
	}
}

// TestSweep: what an interrupted import left is removed on opening, but not
// when records are missing, because it may be all that is left of them.
func TestSweep(t *testing.T) {
	w := eventful(t)
	folder := filepath.Join(w.dir, containerFolder)
	orphan := filepath.Join(folder, fmt.Sprintf("%064x", 7))
	part := filepath.Join(folder, tempPrefix+"1")
	lay := func() {
		for _, p := range []string{orphan, part} {
			w.must(os.WriteFile(p, []byte("x"), 0o600))
		}
	}
	lay()
	w.reopen()
	w.close()
	for _, p := range []string{orphan, part} {
		if _, err := os.Stat(p); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s stayed: %v", filepath.Base(p), err)
		}
	}
	lay()
	config := w.config
	w.config = t.TempDir() // another machine: nothing vouches for the case
	w.reopen()
	w.close()
	w.config = config
	if _, err := os.Stat(orphan); err != nil {
		t.Errorf("a container was removed without a checkpoint: %v", err)
	}
	lay()
	w.must(w.alter("DELETE FROM log WHERE seq > 10", "DELETE FROM nodes WHERE id > 17"))
	w.reopen()
	if f := w.c.Findings(); len(f) != 1 || f[0].Code != FindLogTruncated {
		t.Errorf("opening found %+v", f)
	}
	if _, err := os.Stat(orphan); err != nil {
		t.Errorf("the container of lost records was removed: %v", err)
	}
}
