// Command train makes the linear models that Vedette ships from public labelled
// texts, always to the same bytes, and measures them.
//
//	make train            rebuilds every model
//	make train OPEN=1     from openly licensed texts only
//	make quality          measures the shipped models, and trains nothing
//
// The texts lie in ../shared/data/labelled; where they are absent the command
// says where the public sets come from.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// origins says where the public sets come from.
const origins = `The labelled texts are not here. They are public:
  sentiment-semeval, sentiment-topic   SemEval 2013-2016 task 4 (cbaziotis/datastories-semeval2017-task4)
  sentiment-xlmt                       cardiffnlp/xlm-t, data/sentiment
  goemotions                           monologg/GoEmotions-pytorch, data (from google-research)
  xed                                  Helsinki-NLP/XED
  offensive-olid                       cardiffnlp/tweeteval, datasets/offensive
  vader                                cjhutto/vaderSentiment
  langid                               pemistahl/lingua-go, cmd/language-testdata/sentences`

func main() {
	data := flag.String("data", "../shared/data/labelled", "folder of the labelled texts")
	out := flag.String("out", "assets/models", "folder of the models")
	open := flag.Bool("open", false, "use openly licensed texts only")
	quality := flag.Bool("quality", false, "measure the models and train nothing")
	record := flag.Bool("record", false, "with -quality: keep the figures as those to be held")
	only := flag.String("only", "", "train only the models whose names begin so")
	workers := flag.Int("workers", 2, "models trained at the same time")
	flag.Parse()
	err := ready(*data)
	switch {
	case err != nil:
	case *quality:
		err = printQuality(os.Stdout, *data, *out, *record)
	default:
		err = trainAll(*data, *out, *only, *open, *workers)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func ready(data string) error {
	if _, err := os.Stat(data); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("no folder %s\n%s", data, origins)
	}
	return nil
}

// trainAll trains every model whose name begins with only, some at a time, and
// writes it. With open, models that need other texts are written empty.
func trainAll(data, out, only string, open bool, workers int) error {
	queue := make(chan job)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var failed []error
	for range max(workers, 1) {
		wg.Go(func() {
			for j := range queue {
				began := time.Now()
				b, err := j.make(data)
				if err == nil {
					err = os.WriteFile(filepath.Join(out, j.name+".linear"), b, 0o644) //nolint:gosec // models are public
				}
				mu.Lock()
				if err != nil {
					failed = append(failed, fmt.Errorf("%s: %w", j.name, err))
				}
				fmt.Printf("%-14s %8d bytes  %s\n", j.name, len(b), time.Since(began).Round(time.Second))
				mu.Unlock()
			}
		})
	}
	for _, j := range slices.Concat(jobs(open)) {
		if strings.HasPrefix(j.name, only) {
			queue <- j
		}
	}
	close(queue)
	wg.Wait()
	return errors.Join(failed...)
}
