// Command stopwords converts the npm package stopwords-iso 1.1.0 (MIT) into the
// list that Vedette ships, always to the same bytes:
//
//	npm pack stopwords-iso@1.1.0 && tar xzf stopwords-iso-1.1.0.tgz
//	go run ./build/train/stopwords -in package/stopwords-iso.json -out assets/models/stopwords.txt
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

func main() {
	in := flag.String("in", "package/stopwords-iso.json", "the package's list")
	out := flag.String("out", "assets/models/stopwords.txt", "file to write")
	flag.Parse()
	if err := run(*in, *out); err != nil {
		fmt.Fprintln(os.Stderr, "stopwords:", err)
		os.Exit(1)
	}
}

// run writes a language a line: its code, a tab, and its words in byte order.
func run(in, out string) error {
	b, err := os.ReadFile(in)
	if err != nil {
		return fmt.Errorf("read the list: %w", err)
	}
	var lists map[string][]string
	if err := json.Unmarshal(b, &lists); err != nil {
		return fmt.Errorf("read the list: %w", err)
	}
	var s strings.Builder
	for _, lang := range slices.Sorted(maps.Keys(lists)) {
		words := lists[lang]
		for i, w := range words {
			words[i] = strings.ToLower(strings.TrimSpace(w))
		}
		words = slices.DeleteFunc(words, func(w string) bool { return w == "" || strings.ContainsAny(w, " \t\n") })
		slices.Sort(words)
		fmt.Fprintf(&s, "%s\t%s\n", lang, strings.Join(slices.Compact(words), " "))
	}
	if err := os.WriteFile(out, []byte(s.String()), 0o644); err != nil {
		return fmt.Errorf("write the list: %w", err)
	}
	return nil
}
