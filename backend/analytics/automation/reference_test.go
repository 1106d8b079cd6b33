package automation

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

// labelled reads the labelled accounts beside the repository; the test is skipped
// where there are none.
func labelled(t testing.TB) []Labelled {
	t.Helper()
	data, err := filepath.Abs(filepath.Join("..", "..", "..", "..", "shared", "data"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(data); errors.Is(err, fs.ErrNotExist) {
		t.Skip("no ../shared/data beside the repository")
	}
	var tables []io.Reader
	for _, name := range []string{"bots_data.csv", "nonbots_data.csv"} {
		b, err := os.ReadFile(filepath.Join(data, "labelled", "bots", name))
		if err != nil {
			t.Fatal(err)
		}
		tables = append(tables, bytes.NewReader(b))
	}
	out, err := ReadLabelled(tables...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestLabelledAccounts(t *testing.T) {
	accounts := labelled(t)
	begun := time.Now()
	m, err := Train(accounts)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d accounts, %d automated: AUC %.4f, accuracy %.4f, in %v", m.Accounts, m.Automated, m.AUC, m.Accuracy, time.Since(begun).Round(time.Millisecond))
	for _, b := range m.Calibrated {
		t.Logf("scores %.1f to %.1f: %4d accounts, mean %.3f, automated %.3f", b.From, b.To, b.Accounts, b.Score, b.Observed)
	}
	if m.AUC < .955 || m.Accuracy < .89 {
		t.Errorf("AUC %.4f and accuracy %.4f, want .955 and .89", m.AUC, m.Accuracy)
	}
	again, err := Train(accounts)
	if err != nil {
		t.Fatal(err)
	}
	one, err1 := m.Bytes()
	two, err2 := again.Bytes()
	if err1 != nil || err2 != nil || !bytes.Equal(one, two) {
		t.Error("another model from the same accounts")
	}
	if back, err := Load(one); err != nil || !reflect.DeepEqual(back, m) {
		t.Errorf("the model does not read back: %v", err)
	}
}
