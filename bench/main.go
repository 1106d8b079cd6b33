// Command bench measures Vedette beside its peers in one run and prints one
// table. Absolute figures belong to the machine; the ratios travel.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"time"
)

// row is one line of the table.
type row struct {
	work, ours, peer, ratio, reach string
	met                            bool
}

// bench carries one run.
type bench struct {
	ctx    context.Context
	dir    string
	rounds int
	rows   []row
}

func main() {
	posts := flag.Int("posts", 200_000, "posts of the small case")
	big := flag.Int("big", 1_000_000, "posts of the big case; 0 leaves it out")
	stream := flag.Int("stream-mb", 2048, "size of the streamed file in MB; 0 leaves it out")
	edges := flag.Int("edges", 100_000, "edges of the network that gonum is measured on; 0 leaves networks out")
	rounds := flag.Int("rounds", 3, "rounds of the paired rates; the median counts")
	bin := flag.String("vedette", "../build/bin/vedette", "the built program, for whole-process figures")
	dir := flag.String("dir", "", "working folder (default: a temporary one)")
	profile := flag.String("cpuprofile", "", "write a CPU profile of our own end to end import here, and do nothing else")
	flag.Parse()
	if *profile != "" {
		if err := profileImport(*profile, *posts); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(*posts, *big, *stream, *edges, *rounds, *bin, *dir); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(posts, big, stream, edges, rounds int, bin, dir string) error {
	if dir == "" {
		tmp, err := os.MkdirTemp("", "vedette-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(tmp)
		dir = tmp
	}
	b := &bench{ctx: context.Background(), dir: dir, rounds: rounds}
	file := filepath.Join(dir, "small.ndjson")
	c := newCorpus(1, 0)
	if err := c.write(file, posts); err != nil {
		return err
	}
	if err := b.rates(file, posts); err != nil {
		return fmt.Errorf("rates: %w", err)
	}
	if err := b.intake(min(posts, 100_000)); err != nil {
		return fmt.Errorf("intake: %w", err)
	}
	if err := b.facets(file, c.queries(200)); err != nil {
		return fmt.Errorf("facets: %w", err)
	}
	if big > 0 {
		if err := b.million(big); err != nil {
			return fmt.Errorf("big case: %w", err)
		}
	}
	if stream > 0 {
		if err := b.stream(bin, stream); err != nil {
			return fmt.Errorf("streaming: %w", err)
		}
	}
	if edges > 0 {
		if err := b.networks(edges); err != nil {
			return fmt.Errorf("networks: %w", err)
		}
	}
	b.print()
	return nil
}

func (b *bench) add(work, ours, peer, ratio, reach string, met bool) {
	b.rows = append(b.rows, row{work, ours, peer, ratio, reach, met})
	fmt.Fprintf(os.Stderr, "%s: %s, peer %s, %s (reach %s)\n", work, ours, peer, ratio, reach)
}

func (b *bench) print() {
	fmt.Printf("%s, %d processors, %s\n\n", runtime.Version(), runtime.NumCPU(), time.Now().UTC().Format(time.DateOnly))
	fmt.Println("| work | Vedette | peer | ratio | reach | |")
	fmt.Println("|---|---|---|---|---|---|")
	for _, r := range b.rows {
		mark := "yes"
		if !r.met {
			mark = "**no**"
		}
		fmt.Printf("| %s | %s | %s | %s | %s | %s |\n", r.work, r.ours, r.peer, r.ratio, r.reach, mark)
	}
}

// quantile of durations, by rank.
func quantile(d []time.Duration, q float64) time.Duration {
	d = slices.Clone(d)
	slices.Sort(d)
	return d[min(len(d)-1, int(q*float64(len(d))))]
}

func median(v []float64) float64 {
	v = slices.Clone(v)
	slices.Sort(v)
	return v[len(v)/2]
}

// peakRSS reads the process' peak resident memory in MB.
func peakRSS() int64 {
	s, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for _, l := range strings.Split(string(s), "\n") {
		var kb int64
		if n, _ := fmt.Sscanf(l, "VmRSS: %d kB", &kb); n == 1 {
			return kb / 1024
		}
	}
	return 0
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }

// profileImport profiles one end to end import.
func profileImport(path string, posts int) error {
	dir, err := os.MkdirTemp("", "vedette-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{ctx: context.Background(), dir: dir}
	file := filepath.Join(dir, "small.ndjson")
	if err := newCorpus(1, 0).write(file, posts); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	rate, err := b.endToEnd(0, file, posts)
	pprof.StopCPUProfile()
	if err != nil {
		return err
	}
	fmt.Printf("%.0f posts/s\n", rate)
	return f.Close()
}
