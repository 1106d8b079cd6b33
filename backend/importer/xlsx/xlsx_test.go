package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// book writes a workbook with excelize.
func book(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(t testing.TB, f *excelize.File, sheet, cell string, v any) {
	t.Helper()
	if err := f.SetCellValue(sheet, cell, v); err != nil {
		t.Fatal(err)
	}
}

// readAll reads every row of the sheets.
func readAll(t testing.TB, data []byte) map[string][]Row {
	t.Helper()
	b, ok, err := Open(bytes.NewReader(data), int64(len(data)), 1<<20)
	if err != nil || !ok {
		t.Fatalf("open: %v %v", ok, err)
	}
	out := map[string][]Row{}
	for _, s := range b.Sheets {
		rows, err := b.Rows(s)
		if err != nil {
			t.Fatal(err)
		}
		for {
			r, err := rows.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			out[s.Name] = append(out[s.Name], r)
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestCells(t *testing.T) {
	data := book(t, func(f *excelize.File) {
		date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			t.Fatal(err)
		}
		custom := `[$-809]dd "de" mmmm yyyy hh:mm`
		stamp, err := f.NewStyle(&excelize.Style{CustomNumFmt: &custom})
		if err != nil {
			t.Fatal(err)
		}
		set(t, f, "Sheet1", "A1", "1234567890123456789") // a text
		set(t, f, "Sheet1", "B1", int64(1234567890123456789))
		set(t, f, "Sheet1", "C1", 1.5)
		set(t, f, "Sheet1", "D1", true)
		set(t, f, "Sheet1", "E1", 45322)
		set(t, f, "Sheet1", "F1", 45322.5625)
		set(t, f, "Sheet1", "G1", "a\r\nb & <c> 👍")
		set(t, f, "Sheet1", "J3", "after gaps")
		for cell, style := range map[string]int{"E1": date, "F1": stamp} {
			if err := f.SetCellStyle("Sheet1", cell, cell, style); err != nil {
				t.Fatal(err)
			}
		}
		set(t, f, "Sheet1", "A5", "merged")
		set(t, f, "Sheet1", "B5", "x")
		set(t, f, "Sheet1", "B6", "y")
		if err := f.MergeCell("Sheet1", "A5", "A6"); err != nil {
			t.Fatal(err)
		}
	})
	rows := readAll(t, data)["Sheet1"]
	want := []Row{
		{Num: 1, Cells: []string{"1234567890123456789", "1234567890123456789", "1.5", "true", "2024-01-31", "2024-01-31 13:30:00", "a\r\nb & <c> 👍"}},
		{Num: 3, Cells: []string{"", "", "", "", "", "", "", "", "", "after gaps"}},
		{Num: 5, Cells: []string{"merged", "x"}},
		{Num: 6, Cells: []string{"merged", "y"}},
	}
	if fmt.Sprint(rows) != fmt.Sprint(want) {
		t.Errorf("got  %+v\nwant %+v", rows, want)
	}
}

func TestNumbers(t *testing.T) {
	for in, want := range map[string]string{
		"12": "12", "-12": "-12", "1.5": "1.5", "1E3": "1000", "1.2E-2": "0.012", "1.2345678901234568E+18": "1.2345678901234568E+18",
		"1234567890123456789": "1234567890123456789", "1234567890123450000": "1.23456789012345E+18", "-1234567890123450": "-1.23456789012345E+15",
		"123456789012345": "123456789012345", "": "", "abc": "abc", "1e999": "1e999",
	} {
		if got := number(in); got != want {
			t.Errorf("number(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	for code, want := range map[string]dateKind{
		"General": noDate, "0.00": noDate, "yyyy-mm-dd": dateOnly, "d/m/yy h:mm": dateTime, `0 "days"`: noDate, "[Red]0": noDate, "[h]:mm:ss": dateTime,
		"mmm-yy": dateOnly, `#,##0\d`: noDate, "@": noDate, `"y"0`: noDate, "[$-409]h:mm AM/PM": dateTime, "0;[Red]dd": noDate, "": noDate, "[": noDate,
	} {
		if got := kindOf(code); got != want {
			t.Errorf("%q: %d, want %d", code, got, want)
		}
	}
	b := &Book{}
	for in, want := range map[string]string{"1": "1900-01-01", "60": "1900-03-01", "61": "1900-03-01", "45322": "2024-01-31", "-1": "", "x": "", "3e9": "", "NaN": ""} {
		if got, _ := b.date(in, dateOnly); got != want {
			t.Errorf("date %s: %q, want %q", in, got, want)
		}
	}
	if got, _ := b.date("0.5", dateTime); got != "12:00:00" {
		t.Errorf("time %q", got)
	}
	if got, _ := b.date("45322.000011574", dateTime); got != "2024-01-31 00:00:01" {
		t.Errorf("second %q", got)
	}
	b.is1904 = true
	if got, _ := b.date("0", dateOnly); got != "1904-01-01" {
		t.Errorf("1904: %q", got)
	}
}

func TestEscapes(t *testing.T) {
	for in, want := range map[string]string{"a_x000D_b": "a\rb", "_x": "_x", "_x000": "_x000", "_xZZZZ_": "_xZZZZ_", "_x0000_a": "a", "_x005F_x000D_": "_x000D_", "_xD800_": "_xD800_"} {
		if got := unescapeX(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"a&amp;lt;": "a&lt;", "&#65;&#x42;": "AB", "&#;x": "&#;x", "&#99999999999;": "&#99999999999;", "&#x0;a": "a"} {
		if got := decode([]byte(in)); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestSniff(t *testing.T) {
	cfb := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)
	for name, c := range map[string]struct {
		data, code string
		is         bool
	}{
		"text":      {"id,text", "", false},
		"zip":       {"PK\x03\x04 other/thing", "", false},
		"book":      {"PK\x03\x04 xl/workbook.xml", "", true},
		"encrypted": {cfb + string(wide("EncryptedPackage")), "encrypted", true},
		"old":       {cfb + string(wide("Workbook")), "old_format", true},
		"document":  {cfb + string(wide("WordDocument")), "", false},
	} {
		is, err := Sniff([]byte(c.data))
		var e *Error
		errors.As(err, &e)
		if is != c.is || (e != nil) != (c.code != "") || e != nil && e.Code != c.code {
			t.Errorf("%s: %v %v", name, is, err)
		}
	}
}

func TestRowsThatAreTooLarge(t *testing.T) {
	data := book(t, func(f *excelize.File) {
		for i := range 32 {
			set(t, f, "Sheet1", fmt.Sprintf("%c2", 'A'+i%26), strings.Repeat("x", 30_000))
		}
		set(t, f, "Sheet1", "A1", "ok")
	})
	b, _, err := Open(bytes.NewReader(data), int64(len(data)), 1)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := b.Rows(b.Sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	r, err := rows.Next()
	if err != nil || r.Cells[0] != "ok" {
		t.Errorf("%+v %v", r, err)
	}
	if err := rows.Close(); err != nil {
		t.Error(err)
	}
}

// TestRealBooks compares odd books with what excelize reads.
func TestRealBooks(t *testing.T) {
	root := filepath.FromSlash("../../../../shared/data/tables")
	if _, err := os.Stat(root); err != nil {
		t.Skip("no folder of real data")
	}
	files, err := filepath.Glob(filepath.Join(root, "*.xlsx"))
	if err != nil || len(files) < 5 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		is, err := Sniff(data)
		var e *Error
		if strings.HasPrefix(filepath.Base(name), "encrypt") {
			if !errors.As(err, &e) || e.Code != "encrypted" {
				t.Errorf("%s: %v", filepath.Base(name), err)
			}
			continue
		}
		if !is || err != nil {
			t.Errorf("%s: %v %v", filepath.Base(name), is, err)
			continue
		}
		b, ok, err := Open(bytes.NewReader(data), int64(len(data)), 1<<20)
		if filepath.Base(name) == "BadWorkbook.xlsx" {
			if !errors.As(err, &e) || e.Code != "broken" {
				t.Errorf("%s: %v %v", filepath.Base(name), ok, err)
			}
			continue
		}
		if err != nil || !ok {
			t.Errorf("%s: %v %v", filepath.Base(name), ok, err)
			continue
		}
		peer, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Logf("%s: the peer does not read it: %v", filepath.Base(name), err)
			continue
		}
		got := readAll(t, data)
		for _, s := range b.Sheets {
			compare(t, filepath.Base(name), s.Name, peer, got[s.Name])
		}
	}
}

// compare checks the cells of a sheet that are no dates and no errors.
func compare(t *testing.T, file, sheet string, peer *excelize.File, got []Row) {
	t.Helper()
	want, err := peer.GetRows(sheet)
	if err != nil {
		t.Logf("%s %s: the peer does not read it: %v", file, sheet, err)
		return
	}
	have := map[int64][]string{}
	for _, r := range got {
		have[r.Num] = r.Cells
	}
	seen := 0
	for i, cells := range want {
		for j, c := range cells {
			mine := ""
			if row := have[int64(i+1)]; j < len(row) {
				mine = row[j]
			}
			if c == mine {
				seen++
				continue
			}
			same := c == "" && file == "MergeCell.xlsx" || strings.HasPrefix(c, "#") && mine == "" || strings.Contains(mine, "E+") || c == "1" && mine == "true" || c == "TRUE" && mine == "true" || c == "FALSE" && mine == "false"
			if _, err := time.Parse("2006-01-02", mine[:min(10, len(mine))]); err != nil && !same {
				t.Errorf("%s %s row %d cell %d: %q, the peer %q", file, sheet, i+1, j+1, mine, c)
			}
		}
	}
	t.Logf("%s %s: %d cells the same", file, sheet, seen)
}

func FuzzOpen(f *testing.F) {
	f.Add(book(f, func(x *excelize.File) {
		set(f, x, "Sheet1", "A1", "id")
		set(f, x, "Sheet1", "B2", 1.5)
	}))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := Sniff(data); err != nil {
			return
		}
		b, ok, err := Open(bytes.NewReader(data), int64(len(data)), 4096)
		if err != nil || !ok {
			return
		}
		for _, s := range b.Sheets {
			rows, err := b.Rows(s)
			if err != nil {
				continue
			}
			last := int64(0)
			for {
				r, err := rows.Next()
				if err != nil {
					break
				}
				if r.Num <= last || len(r.Cells) == 0 && r.Problem == "" {
					t.Fatalf("row %+v after %d", r, last)
				}
				last = r.Num
			}
			_ = rows.Close() // nothing was written
		}
	})
}

// FuzzSheet reads arbitrary XML as a sheet.
func FuzzSheet(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A3"/></mergeCells></worksheet>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s := newScanner(bytes.NewReader(data), 4096)
		for {
			tok, err := s.next()
			if err != nil {
				break
			}
			if len(tok.text) > 3*4096+16 {
				t.Fatalf("a text of %d bytes", len(tok.text))
			}
		}
	})
}

func BenchmarkRows(b *testing.B) {
	data := book(b, func(f *excelize.File) {
		for i := 1; i <= 20_000; i++ {
			row := []any{fmt.Sprint(i), "Fog over the harbour & the light is out " + fmt.Sprint(i), 45322.5, i * 3}
			if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i), &row); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n += len(readAll(b, data)["Sheet1"])
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
}
