package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rowsOf runs a method on lines and reads the JSON lines that it prints.
func rowsOf(t *testing.T, method, table string) []map[string]any {
	t.Helper()
	r := &runner{t: t, config: t.TempDir()}
	path := filepath.Join(t.TempDir(), "table.jsonl")
	if err := os.WriteFile(path, []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	var out []map[string]any
	for line := range strings.Lines(r.must(ExitDone, "method", method, "--in", path)) {
		var row map[string]any
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		out = append(out, row)
	}
	return out
}

func TestMethodDuplicates(t *testing.T) {
	rows := rowsOf(t, "duplicates", "\ufeff"+`{"id":"a","text":"The council votes on the new bridge over the river on Tuesday"}

{"id":7,"text":"something else altogether, said by nobody in particular"}
{"id":"c","text":"RT @x: The council votes on the new bridge over the river on Tuesday! https://a.example"}
`)
	if len(rows) != 3 || rows[0]["cluster"] != "a" || rows[1]["id"] != 7.0 || rows[1]["cluster"] != 7.0 || rows[2]["id"] != "c" || rows[2]["cluster"] != "a" {
		t.Errorf("%v", rows)
	}
}

func TestMethodEnrich(t *testing.T) {
	rows := rowsOf(t, "enrich", `{"id":"1","text":"I love this wonderful product, thank you so much!","topic":"product"}
{"id":"2","text":"I am so worried about the prices, it is awful"}
{"id":"3","text":"今天天气很好，我们去公园吧","topic":"公园"}
{"id":"4","text":""}
`)
	if len(rows) != 4 {
		t.Fatalf("%v", rows)
	}
	a := rows[0]
	if a["lang"] != "en" || a["polarity"] != "positive" || a["sentiment"].(float64) <= 0 || a["topic_polarity"] != "positive" || a["topic_score"].(float64) <= 0 || len(a["concerns"].([]any)) != 0 {
		t.Errorf("%v", a)
	}
	emotions := a["emotions"].(map[string]any)
	for _, name := range []string{"anger", "disgust", "fear", "joy", "sadness", "surprise", "neutral", "trust", "anticipation"} {
		if v, ok := emotions[name].(float64); !ok || v < 0 || v > 1 {
			t.Errorf("emotion %s: %v", name, emotions[name])
		}
	}
	if emotions["joy"].(float64) < 0.5 {
		t.Errorf("joy %v", emotions["joy"])
	}
	if b := rows[1]; b["polarity"] != "negative" || b["concerns"].([]any)[0].(map[string]any)["theme"] != "price" {
		t.Errorf("%v", b)
	}
	for _, row := range rows[2:] {
		_, feels := row["emotions"]
		_, offends := row["offensive"]
		_, scored := row["topic_score"]
		if row["polarity"] != "unknown" || row["sentiment"] != 0.0 || feels || offends || scored {
			t.Errorf("what is not known is said: %v", row)
		}
	}
	if rows[2]["lang"] != "zh" || rows[2]["topic_polarity"] != "unknown" || rows[3]["lang"] != "und" {
		t.Errorf("%v", rows[2:])
	}
}

func TestMethodsOnBadTables(t *testing.T) {
	r := &runner{t: t, config: t.TempDir()}
	for _, table := range []string{"hello\n", `{"id":"1"}`, `{"text":"x"}`, `{"id":null,"text":"x"}`, `{"id":{},"text":"x"}`, `{"id":"1","text":5}`, `["1","x"]`} {
		path := filepath.Join(t.TempDir(), "table.jsonl")
		if err := os.WriteFile(path, []byte(table), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, method := range []string{"duplicates", "enrich"} {
			if code, _, errs := r.run("method", method, "--in", path); code != ExitUsage || !strings.Contains(errs, "Line 1") {
				t.Errorf("%s of %q: exit %d, %q", method, table, code, errs)
			}
		}
	}
	r.must(ExitUsage, "method", "enrich")
	r.must(ExitFailed, "method", "duplicates", "--in", filepath.Join(t.TempDir(), "none"))
	if out := r.must(ExitDone, "method", "duplicates", "--in", "-"); out != "" {
		t.Errorf("an empty table gave %q", out)
	}
}
