// Command gen converts the public language table and sentiment lexicon that
// Vedette ships into compact files, always to the same bytes.
//
// Sources: the npm package "eld" 2.1.0 (Apache-2.0; src/ngrams/large.js and
// src/dictionary.js) and the Go module github.com/jonreiter/govader
// v0.0.0-20250429093935-f6505c8d03cc (MIT; rawdata/vaderLexicon.txt and
// rawdata/emojiUTF8Lexicon.txt, which are those of cjhutto/vaderSentiment, MIT).
//
//	npm pack eld@2.1.0 && tar xzf eld-2.1.0.tgz
//	go mod download github.com/jonreiter/govader@v0.0.0-20250429093935-f6505c8d03cc
//	go run ./assets/models/gen -eld package -vader DIR/rawdata -out assets/models
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

func main() {
	eld := flag.String("eld", "", "folder of the unpacked npm package eld")
	vader := flag.String("vader", "", "folder with vaderLexicon.txt and emojiUTF8Lexicon.txt")
	out := flag.String("out", "assets/models", "folder to write to")
	flag.Parse()
	if err := run(*eld, *vader, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(eld, vader, out string) error {
	if eld != "" {
		table, err := os.ReadFile(filepath.Join(eld, "src", "ngrams", "large.js"))
		if err != nil {
			return fmt.Errorf("read table: %w", err)
		}
		dict, err := os.ReadFile(filepath.Join(eld, "src", "dictionary.js"))
		if err != nil {
			return fmt.Errorf("read dictionary: %w", err)
		}
		b, err := convertTable(table, dict)
		if err != nil {
			return fmt.Errorf("convert table: %w", err)
		}
		if err := write(filepath.Join(out, "lang.bin"), b); err != nil {
			return err
		}
	}
	if vader == "" {
		return nil
	}
	for from, to := range map[string]string{"vaderLexicon.txt": "vader.txt", "emojiUTF8Lexicon.txt": "emoji.txt"} {
		b, err := os.ReadFile(filepath.Join(vader, from))
		if err != nil {
			return fmt.Errorf("read lexicon: %w", err)
		}
		if err := write(filepath.Join(out, to), trimLexicon(b, to == "emoji.txt")); err != nil {
			return err
		}
	}
	return nil
}

func write(path string, b []byte) error {
	if err := os.WriteFile(path, b, 0o644); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// trimLexicon keeps the first two columns of each line. Of the emoji only those
// of one code point are kept: the scorer replaces code point by code point.
func trimLexicon(b []byte, emoji bool) []byte {
	var out bytes.Buffer
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) < 2 || emoji && utf8.RuneCountInString(f[0]) != 1 {
			continue
		}
		fmt.Fprintf(&out, "%s\t%s\n", f[0], f[1])
	}
	return out.Bytes()
}

// convertTable writes the table as backend/enrich reads it: a magic line, the
// languages, then the n-grams in byte order, each as a byte (shared prefix with
// the one before << 4 | bytes of its own), those bytes, a count and that many
// pairs (language, score).
func convertTable(js, dictJS []byte) ([]byte, error) {
	back, err := parseDictionary(string(dictJS))
	if err != nil {
		return nil, err
	}
	langs, grams, err := parseTable(string(js), back)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(grams, func(a, b gram) int { return strings.Compare(a.key, b.key) })
	var out bytes.Buffer
	out.WriteString("vedette-lang 1 eld/2.1.0\n")
	fmt.Fprintf(&out, "%s\n%d\n", strings.Join(langs, " "), len(grams))
	prev := ""
	for _, g := range grams {
		if g.key == prev {
			return nil, fmt.Errorf("n-gram %q occurs twice", g.key)
		}
		n := 0
		for n < len(prev) && n < len(g.key) && prev[n] == g.key[n] {
			n++
		}
		out.WriteByte(byte(n<<4 | (len(g.key) - n)))
		out.WriteString(g.key[n:])
		out.WriteByte(byte(len(g.pairs)))
		for _, p := range g.pairs {
			out.Write(p[:])
		}
		prev = g.key
	}
	return out.Bytes(), nil
}

type gram struct {
	key   string // raw UTF-8 bytes, a space at a word's edge
	pairs [][2]byte
}

// parseDictionary inverts the package's table from bytes ≥ 0x80 to the printable
// characters that stand for them in its keys.
func parseDictionary(js string) (map[rune]byte, error) {
	_, list, ok := strings.Cut(js, "dictionary = [")
	if !ok {
		return nil, fmt.Errorf("no dictionary")
	}
	back := map[rune]byte{}
	i := 0
	for rest := list; ; i++ {
		q := strings.IndexByte(rest, '\'')
		if q < 0 {
			break
		}
		rest = rest[q+1:]
		if rest[0] == '\\' {
			rest = rest[1:]
		}
		r, n := utf8.DecodeRuneInString(rest)
		rest = rest[n+1:]
		if i >= 0x80 && r != ' ' {
			if _, dup := back[r]; dup {
				return nil, fmt.Errorf("dictionary maps two bytes to %q", r)
			}
			back[r] = byte(i)
		}
	}
	if i != 256 {
		return nil, fmt.Errorf("dictionary has %d entries", i)
	}
	return back, nil
}

func parseTable(js string, back map[rune]byte) (langs []string, grams []gram, err error) {
	_, head, _ := strings.Cut(js, "languages:{")
	list, rest, _ := strings.Cut(head, "}")
	for i, e := range strings.Split(list, ",") {
		id, code, _ := strings.Cut(e, ":")
		if id != strconv.Itoa(i) {
			return nil, nil, fmt.Errorf("language %q out of order", e)
		}
		langs = append(langs, strings.Trim(code, "'"))
	}
	_, rest, ok := strings.Cut(rest, "ngrams:{")
	if !ok {
		return nil, nil, fmt.Errorf("no n-grams")
	}
	for rest[0] != '}' {
		var key string
		if key, rest, err = parseKey(rest); err != nil {
			return nil, nil, err
		}
		val, after, ok := strings.Cut(rest, "}")
		if !ok || !strings.HasPrefix(val, ":{") {
			return nil, nil, fmt.Errorf("n-gram %q has no scores", key)
		}
		g := gram{key: decodeKey(key, back)}
		for _, e := range strings.Split(val[2:], ",") {
			l, s, _ := strings.Cut(e, ":")
			lang, err1 := strconv.ParseUint(l, 10, 8)
			score, err2 := strconv.ParseUint(s, 10, 8)
			if err1 != nil || err2 != nil {
				return nil, nil, fmt.Errorf("n-gram %q: score %q", key, e)
			}
			g.pairs = append(g.pairs, [2]byte{byte(lang), byte(score)})
		}
		grams = append(grams, g)
		rest = strings.TrimPrefix(after, ",")
	}
	return langs, grams, nil
}

// parseKey reads a JavaScript property name: quoted, a number or an identifier.
func parseKey(s string) (key, rest string, err error) {
	q := s[0]
	if q != '\'' && q != '"' {
		key, rest, ok := strings.Cut(s, ":")
		if !ok {
			return "", "", fmt.Errorf("bad name at %.20q", s)
		}
		return key, ":" + rest, nil
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
			b.WriteByte(s[i])
		case q:
			return b.String(), s[i+1:], nil
		default:
			b.WriteByte(s[i])
		}
	}
	return "", "", fmt.Errorf("unclosed name at %.20q", s)
}

func decodeKey(key string, back map[rune]byte) string {
	var b []byte
	for _, r := range key {
		if c, ok := back[r]; ok {
			b = append(b, c)
		} else {
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}
