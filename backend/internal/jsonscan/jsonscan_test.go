package jsonscan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// scan returns a line for every item: offset, length, problem and bytes.
func scan(t *testing.T, r io.Reader, o Options) []string {
	t.Helper()
	s := NewScanner(r, o)
	var out []string
	for {
		it, err := s.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		text := string(it.Raw)
		if it.Large {
			text = "LARGE"
		}
		out = append(out, strings.TrimSpace(fmt.Sprintf("%d+%d %s %s", it.Pos, it.Length, text, it.Problem)))
	}
}

func TestScanner(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"lines", "{\"a\":1}\n{\"b\":2}\r\n\n{}", []string{`0+7 {"a":1}`, `8+7 {"b":2}`, `18+2 {}`}},
		{"array", `[{"a":1}, {"b":[1,{}]} ]`, []string{`1+7 {"a":1}`, `10+12 {"b":[1,{}]}`}},
		{"two arrays", "[{}]\n[{},[1]]", []string{`1+2 {}`, `6+2 {}`, `9+3 [1]`}},
		{"concatenated", `{"a":1}{"b":2}`, []string{`0+7 {"a":1}`, `7+7 {"b":2}`}},
		{"mark", "\xef\xbb\xbf{}", []string{`3+2 {}`}},
		{"scalars", `[1, "a\"]", true]`, []string{`1+1 1`, `4+6 "a\"]"`, `12+4 true`}},
		{"cut at the end", `{"a":1}` + "\n" + `{"b":"x`, []string{`0+7 {"a":1}`, `8+7 {"b":"x truncated`}},
		{"cut array", `[{"a":1},`, []string{`1+7 {"a":1}`, `9+0  truncated`}},
		{"cut line in a string", "{\"a\":\"x\n{\"b\":2}\n", []string{"0+7 {\"a\":\"x broken", `8+7 {"b":2}`}},
		{"cut line", "{\"a\":1}\n{\"a\":[1,\n{\"b\":2}\n", []string{`0+7 {"a":1}`, `8+7 {"a":[1 broken`, `17+7 {"b":2}`}},
		{"cut first line", "{\"a\":1\n{\"b\":2}\n", []string{`0+6 {"a":1 broken`, `7+7 {"b":2}`}},
		{"no indentation", "{\n\"a\": [\n{\n\"b\":1\n},\n{\n}\n]\n}", []string{"0+27 {\n\"a\": [\n{\n\"b\":1\n},\n{\n}\n]\n}"}},
		{"indented, one broken", "[\n  {\n    \"a\": \"x\n  },\n  {\"b\":2}\n]", []string{"4+17 {\n    \"a\": \"x\n  } broken", `25+7 {"b":2}`}},
		{"garbage", "oops\n{\"a\":1}\n}\n", []string{`0+4 oops not_json`, `5+7 {"a":1}`, `13+1 } not_json`}},
		{"garbage in array", `[{"a":1}},{"b":2}]`, []string{`1+7 {"a":1}`, `8+1 } not_json`, `10+7 {"b":2}`}},
		{"too deep", strings.Repeat("[", 8) + strings.Repeat("]", 8) + "\n{}", []string{`1+14 ` + strings.Repeat("[", 7) + strings.Repeat("]", 7) + ` too_deep`, `17+2 {}`}},
		{"large", `{"a":"` + strings.Repeat("x", 100) + "\"}\n{}", []string{`0+108 LARGE`, `109+2 {}`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for how, r := range map[string]io.Reader{
				"whole": strings.NewReader(c.in), "byte by byte": iotest.OneByteReader(strings.NewReader(c.in)),
			} {
				got := scan(t, r, Options{MaxRecord: 60, MaxDepth: 4})
				if g, w := strings.Join(got, "\n"), strings.Join(c.want, "\n"); g != w {
					t.Errorf("%s:\n got %s\nwant %s", how, g, w)
				}
			}
		})
	}
}

func TestScannerCrossesBlocks(t *testing.T) {
	var in bytes.Buffer
	var want [][]byte
	for i := range 3000 {
		rec := fmt.Appendf(nil, `{"i":%d,"s":"%s\\\""}`, i, strings.Repeat("é\\n", i%700))
		want = append(want, rec)
		in.Write(rec)
		in.WriteByte('\n')
	}
	s := NewScanner(bytes.NewReader(in.Bytes()), Options{})
	for i := range want {
		it, err := s.Next()
		if err != nil || it.Problem != "" || !bytes.Equal(it.Raw, want[i]) {
			t.Fatalf("record %d: %v %s", i, err, it.Problem)
		}
		if !bytes.Equal(in.Bytes()[it.Pos:it.Pos+it.Length], it.Raw) {
			t.Fatalf("record %d: range is not its bytes", i)
		}
	}
}

func TestWalk(t *testing.T) {
	in := `{"meta":{"data":[9]},"data":[{"id":1},{"id":2}],"includes":{"users":[{"id":7}],"tweets":[{"id":3}]},"x":"]"}`
	var got []string
	err := Walk(iotest.OneByteReader(strings.NewReader(in)), Options{Base: 100}, []string{"data", "includes.tweets"}, func(p int, it Item) error {
		got = append(got, fmt.Sprintf("%d:%d:%s", p, it.Pos-100, it.Raw))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `0:29:{"id":1} 0:38:{"id":2} 1:89:{"id":3}`
	if g := strings.Join(got, " "); g != want {
		t.Errorf("got %s, want %s", g, want)
	}
	var se *SyntaxError
	n := 0
	err = Walk(strings.NewReader(in[:36]), Options{}, []string{"data"}, func(_ int, it Item) error { n++; return nil })
	if !errors.As(err, &se) || !se.Truncated || n != 1 {
		t.Errorf("cut off: %d elements, %v", n, err)
	}
}

func TestValue(t *testing.T) {
	v := Value{Raw: []byte(`{"a":"x","n":12,"s":"34","a":"","e":{},"u":"\ud83d\ude00\ud83d \u0000\"\/é` + "\xff" + `","f":1.5,"k\u0065y":true}`), Pos: 10}
	if got := v.Get("a").Text(); got != "x" {
		t.Errorf("a filled value lost to an empty duplicate: %q", got)
	}
	if v.Duplicate() != "a" {
		t.Errorf("duplicate %q", v.Duplicate())
	}
	if n, ok := v.Get("n").Int(); !ok || n != 12 {
		t.Error("number")
	}
	if n, ok := v.Get("s").Int(); !ok || n != 34 {
		t.Error("number in a string")
	}
	if _, ok := v.Get("a").Int(); ok {
		t.Error("text is not a number")
	}
	if got, want := v.Get("u").Text(), "😀� \"/é�"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	if f, ok := v.Get("f").Float(); !ok || f != 1.5 {
		t.Error("float")
	}
	if b, ok := v.Get("key").Bool(); !b || !ok {
		t.Error("escaped key")
	}
	if !v.Get("e").Empty() || v.Get("n").Empty() || v.Get("e", "x").Exists() {
		t.Error("empty")
	}
	if p := v.Get("n").Pos; p != 10+13 {
		t.Errorf("position %d", p)
	}
}

func TestCutValueKeepsWhatIsThere(t *testing.T) {
	v := Value{Raw: []byte(`{"data":[{"id":"1"},{"id":"2","x":[1,2],"t":"ab`), Cut: true}
	it := v.Object()
	if !it.Next() || !it.Value.Cut {
		t.Fatal("the cut member is not given")
	}
	arr := it.Value.Array()
	if !arr.Next() || arr.Value.Cut || arr.Value.Get("id").Text() != "1" {
		t.Fatal("the whole element is not given")
	}
	if !arr.Next() || !arr.Value.Cut || arr.Value.Get("id").Text() != "2" || arr.Value.Get("t").Text() != "ab" {
		t.Fatal("the cut element is not given")
	}
	if arr.Next() || !arr.Broken || it.Next() || !it.Broken {
		t.Fatal("the end is not told")
	}
}

func TestCheckAgreesWithEncodingJSON(t *testing.T) {
	for _, s := range []string{
		`{}`, `[]`, `{"a":1}`, `{"a":}`, `{"a":1,}`, `[1,]`, `[1 2]`, `{"a" 1}`, `{a:1}`, `-`, `-1`, `01`, `1.`, `1e5`, `1e`,
		`"\u12"`, `"\u1234"`, `tru`, `true`, `nul`, `null`, `{"a":{"b":[1,{"c":null}]}}`, `[}`, `{]`, `[[1]`, `"a`, `{"a":1}}`, `{"a":1} `,
	} {
		got := Value{Raw: []byte(s)}.Check(0) == nil
		want := json.Valid([]byte(s))
		if s == `01` || s == `{"a":1} ` {
			continue // leading zeros are let through; a value never has white space behind it
		}
		if got != want {
			t.Errorf("%s: check %v, encoding/json %v", s, got, want)
		}
	}
	deep := Value{Raw: []byte(strings.Repeat("[", 600) + strings.Repeat("]", 600))}
	var se *SyntaxError
	if err := deep.Check(0); !errors.As(err, &se) || !se.TooDeep {
		t.Errorf("deep: %v", err)
	}
}

func FuzzScanner(f *testing.F) {
	for _, s := range []string{"{\"a\":1}\n{", `[{"a":[{}]},1,"x\"",]`, "{\"a\":\"\n{}\n", "\xef\xbb\xbf[[", "{\n \"a\":[\n{\n}]}", "}\\\"", `{"a":"\`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		want := scanRanges(t, bytes.NewReader(in), in)
		got := scanRanges(t, iotest.HalfReader(bytes.NewReader(in)), in)
		if fmt.Sprint(want) != fmt.Sprint(got) {
			t.Errorf("chunking changes the result:\n%v\n%v", want, got)
		}
		for _, v := range Sniff(in, 3) {
			readAll(v, 0)
		}
		for _, o := range []Options{{}, {MaxRecord: 16, MaxDepth: 3}} {
			_ = Walk(bytes.NewReader(in), o, []string{"a", "b.c"}, func(int, Item) error { return nil })
		}
	})
}

// scanRanges checks that items are in order, apart, and made of the file's bytes.
func scanRanges(t *testing.T, r io.Reader, in []byte) []Item {
	t.Helper()
	s := NewScanner(r, Options{MaxRecord: 64, MaxDepth: 8})
	var out []Item
	last := int64(0)
	for {
		it, err := s.Next()
		if err != nil {
			return out
		}
		if it.Pos < last || it.Pos+it.Length > int64(len(in)) {
			t.Fatalf("item %d+%d after %d of %d", it.Pos, it.Length, last, len(in))
		}
		if !it.Large && !bytes.Equal(it.Raw, in[it.Pos:it.Pos+it.Length]) {
			t.Fatalf("item %d+%d is not the stream's bytes", it.Pos, it.Length)
		}
		last = it.Pos + it.Length
		if it.Problem == "" && !it.Large && json.Valid(it.Raw) && it.Check(0) != nil {
			t.Fatalf("valid JSON refused: %q: %v", it.Raw, it.Check(0))
		}
		it.Raw = nil
		out = append(out, it)
	}
}

// readAll touches everything in a value.
func readAll(v Value, depth int) {
	_, _ = v.Int()
	_, _ = v.Float()
	_, _ = v.Text(), v.Duplicate()
	if depth > 20 {
		return
	}
	for it := v.Object(); it.Next(); {
		readAll(it.Value, depth+1)
	}
	for it := v.Array(); it.Next(); {
		readAll(it.Value, depth+1)
	}
}

func BenchmarkScanner(b *testing.B) {
	line := []byte(`{"id":"1234567890123456789","text":"` + strings.Repeat("some words here ", 20) + `","n":[1,2,3],"o":{"a":"b","c":null}}` + "\n")
	in := bytes.Repeat(line, 10000)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		s := NewScanner(bytes.NewReader(in), Options{})
		for {
			it, err := s.Next()
			if err != nil {
				break
			}
			if it.Check(0) != nil {
				b.Fatal("bad")
			}
		}
	}
}

// paths lists every value below v with its place.
func paths(v Value, out *[]string) {
	*out = append(*out, fmt.Sprintf("%d+%d %v", v.Pos, len(v.Raw), v.Cut))
	for it := v.Object(); it.Next(); {
		paths(it.Value, out)
	}
	for it := v.Array(); it.Next(); {
		paths(it.Value, out)
	}
}

func TestIndexedWalksTheSame(t *testing.T) {
	fill := strings.Repeat(`{"s":"]}\"[{","n":[1,{}]},`, 300)
	text := strings.Repeat(`{"a":[`+fill+`[`, 24) + strings.Repeat(`]],"z":"`+strings.Repeat("x", 900)+`"}`, 24)
	for _, s := range []string{text, text[:len(text)/2], text[:len(text)-3], strings.Repeat("]", 100) + text, text + strings.Repeat("[", 5000)} {
		v := Value{Raw: []byte(s), Pos: 77, Cut: true}
		var want, got []string
		paths(v, &want)
		paths(v.Indexed(), &got)
		if len(v.Indexed().index) == 0 {
			t.Error("no index was made")
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%d values, want %d", len(got), len(want))
		}
	}
}

func TestChecker(t *testing.T) {
	var c Checker
	v := Value{Raw: []byte(`{"a":[{"x":1},{"y":oops,"k":{"z":2}},{"w":3}],"b":{}}`), Pos: 10}
	if c.Check(v) == nil {
		t.Fatal("a mistake was not seen")
	}
	var got []bool
	for it := v.Get("a").Array(); it.Next(); {
		got = append(got, c.Check(it.Value) == nil)
		if k := it.Value.Get("k"); k.Exists() {
			got = append(got, c.Check(k) == nil)
		}
	}
	if fmt.Sprint(got) != "[true false true true]" || c.Check(v.Get("b")) != nil {
		t.Errorf("got %v", got)
	}
	if c.Check(Value{Raw: []byte("[1"), Pos: 500, Cut: true}) == nil {
		t.Error("a cut value is well-formed")
	}
}
