// Command automation learns the model of package automation from labelled
// accounts, always to the same bytes for the same tables:
//
//	go run ./build/train/automation -data ../shared/data/labelled/bots -out assets/models/automation.json
//
// The tables are bots_data.csv and nonbots_data.csv of the repository
// jubins/MachineLearning-Detecting-Twitter-Bots (MIT), or others with the same
// columns.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"vedette/backend/analytics/automation"
)

func main() {
	data := flag.String("data", "../shared/data/labelled/bots", "folder with bots_data.csv and nonbots_data.csv")
	out := flag.String("out", "assets/models/automation.json", "file to write")
	flag.Parse()
	if err := run(*data, *out); err != nil {
		fmt.Fprintln(os.Stderr, "train automation:", err)
		os.Exit(1)
	}
}

func run(data, out string) error {
	var tables []io.Reader
	for _, name := range []string{"bots_data.csv", "nonbots_data.csv"} {
		b, err := os.ReadFile(filepath.Join(data, name))
		if err != nil {
			return fmt.Errorf("read the accounts: %w", err)
		}
		tables = append(tables, bytes.NewReader(b))
	}
	accounts, err := automation.ReadLabelled(tables...)
	if err != nil {
		return fmt.Errorf("read the accounts: %w", err)
	}
	m, err := automation.Train(accounts)
	if err != nil {
		return fmt.Errorf("learn: %w", err)
	}
	b, err := m.Bytes()
	if err != nil {
		return fmt.Errorf("write the model: %w", err)
	}
	fmt.Printf("%d accounts, %d automated: AUC %.4f, accuracy %.4f by cross-validation; %d bytes\n", m.Accounts, m.Automated, m.AUC, m.Accuracy, len(b))
	if err := os.WriteFile(out, b, 0o644); err != nil {
		return fmt.Errorf("write the model: %w", err)
	}
	return nil
}
