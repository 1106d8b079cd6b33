package exercise

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"vedette/backend/model"
)

// Export is one file that WriteExports makes.
type Export struct {
	// Name is the file's path, with "/" between folders.
	Name string
	// Format is the importer that reads it: "x-api-v2", "reddit", "bluesky" or
	// "feed"; empty for the answer sheet, the subjects and the read-me.
	Format string
	// Records counts the posts in it, every occurrence.
	Records int

	data []byte
}

// Exports lists the files in the order in which WriteExports writes them. Those
// with a format are what an analyst receives; the others belong to the trainer.
func (s *Scenario) Exports() ([]Export, error) {
	var out []Export
	for _, part := range []func() ([]Export, error){s.exportX, s.exportBluesky, s.exportReddit, s.exportFeeds} {
		files, err := part()
		if err != nil {
			return nil, err
		}
		out = append(out, files...)
	}
	truth := s.Truth
	truth.Counts.ByFile, truth.Counts.ByFormat = map[string]int{}, map[string]int{}
	for _, f := range out {
		truth.Counts.ByFile[f.Name] += f.Records
		truth.Counts.ByFormat[f.Format] += f.Records
	}
	answers, err := jsonBytes(truth, " ")
	if err != nil {
		return nil, fmt.Errorf("encode truth: %w", err)
	}
	subjects, err := jsonBytes(struct {
		Subjects []model.Subject `json:"subjects"`
	}{s.Subjects}, "  ")
	if err != nil {
		return nil, fmt.Errorf("encode subjects: %w", err)
	}
	return append(
		out,
		Export{Name: "truth.json", data: answers},
		Export{Name: "subjects.json", data: subjects},
		Export{Name: "README.txt", data: []byte(ReadMe("en"))},
		Export{Name: "LEEME.txt", data: []byte(ReadMe("es"))},
	), nil
}

// WriteExports writes the export files, truth.json, subjects.json and the
// read-me through create, which is called once for each name (some have a
// folder before the "/") and whose writers are closed. It stops at the first error.
func (s *Scenario) WriteExports(create func(name string) (io.WriteCloser, error)) error {
	files, err := s.Exports()
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := writeFile(create, f); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(create func(name string) (io.WriteCloser, error), f Export) error {
	w, err := create(f.Name)
	if err != nil {
		return fmt.Errorf("create %s: %w", f.Name, err)
	}
	if _, err := w.Write(f.data); err != nil {
		_ = w.Close() // the write error is the one to report
		return fmt.Errorf("write %s: %w", f.Name, err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("close %s: %w", f.Name, err)
	}
	return nil
}

// jsonBytes encodes without HTML escapes, as the platforms do.
func jsonBytes(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return b.Bytes(), nil
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// select returns the posts of a platform in order of time.
func (s *Scenario) of(platform string) []*post {
	var out []*post
	for _, p := range s.posts {
		if p.platform == platform {
			out = append(out, p)
		}
	}
	return out
}

// earlier scales a count to what it was when it was captured: most engagement
// comes within the first two days.
func earlier(n int, p *post, captured time.Time) int {
	age := captured.Sub(p.at).Hours()
	if age > 60 {
		return n
	}
	return int(float64(n) * (0.35 + 0.65*age/60))
}
