package app

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const drawing = `<svg width="9" height="9" xmlns="http://www.w3.org/2000/svg"><g clip-path="url(#c0)"><text fill="#000">&lt;script&gt; onload=</text></g></svg>`

func TestSaveChart(t *testing.T) {
	trailed := append(picture(t, 3, 2), "<script>after the picture</script>"...)
	for _, c := range []struct {
		name, format, answer, file, want string
		data                             []byte
	}{
		{"a picture loses what follows it", "png", "volume.png", "volume.png", string(picture(t, 3, 2)), trailed},
		{"a drawing", "svg", "volume.svg", "volume.svg", drawing, []byte(drawing)},
		{"numbers, the ending added", "csv", "volume", "volume.csv", "start,posts\n", []byte("start,posts\n")},
		{"cancelled", "csv", "", "", "", []byte("start,posts\n")},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, sh := screens(t)
			dir := t.TempDir()
			answer := []string{}
			if c.answer != "" {
				answer = append(answer, filepath.Join(dir, c.answer))
			}
			sh.answers = append(sh.answers, answer)
			got, err := (&SystemService{h}).SaveChart("Posts: time", c.format, base64.StdEncoding.EncodeToString(c.data), "")
			if err != nil || got != c.file {
				t.Fatalf("SaveChart = %q, %v, want %q", got, err, c.file)
			}
			if want := "posts-time." + c.format; !slices.Equal(sh.saved, []string{want}) {
				t.Errorf("the dialog proposed %q, want %q", sh.saved, want)
			}
			entries, err := os.ReadDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			if c.file == "" {
				if len(entries) != 0 {
					t.Errorf("a cancelled dialog left %v", entries)
				}
				return
			}
			b, err := os.ReadFile(filepath.Join(dir, c.file))
			if err != nil || string(b) != c.want {
				t.Errorf("the file holds %q, %v, want %q", b, err, c.want)
			}
			if len(entries) != 1 {
				t.Errorf("the folder holds %v", entries)
			}
		})
	}
}

func TestSaveChartRefuses(t *testing.T) {
	const svg = `<svg xmlns="http://www.w3.org/2000/svg">`
	for _, c := range []struct{ name, format, code, data string }{
		{"another format", "html", "bad_chart_format", "<p>"},
		{"a path as format", "/../svg", "bad_chart_format", drawing},
		{"no picture", "png", "bad_chart", drawing},
		{"too many pixels", "png", "bad_chart", string(claim(picture(t, 1, 1)))},
		{"no drawing", "svg", "bad_chart", ""},
		{"another root", "svg", "bad_chart", "<html></html>"},
		{"a script", "svg", "bad_chart", svg + "<script>1</script></svg>"},
		{"a style", "svg", "bad_chart", svg + "<style>@import '//a'</style></svg>"},
		{"foreign markup", "svg", "bad_chart", svg + "<foreignObject/></svg>"},
		{"a handler", "svg", "bad_chart", svg + `<g onload="1"/></svg>`},
		{"a link", "svg", "bad_chart", svg + `<path xlink:href="javascript:1"/></svg>`},
		{"a remote fill", "svg", "bad_chart", svg + `<path fill="url(https://a)"/></svg>`},
		{"an entity", "svg", "bad_chart", `<!DOCTYPE svg [<!ENTITY a "b">]>` + drawing},
		{"a drawing that does not end", "svg", "bad_chart", svg},
		{"numbers of no text", "csv", "bad_chart", "\xff\xfe"},
		{"too much", "csv", "chart_too_large", strings.Repeat("1", maxChart+3)},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, sh := screens(t)
			_, err := (&SystemService{h}).SaveChart("x", c.format, base64.StdEncoding.EncodeToString([]byte(c.data)), "")
			var f *model.Fault
			if !errors.As(err, &f) || f.Code != c.code {
				t.Errorf("SaveChart: %v, want the fault %s", err, c.code)
			}
			if len(sh.saved) != 0 {
				t.Error("the dialog opened all the same")
			}
		})
	}
	h, _ := screens(t)
	if _, err := (&SystemService{h}).SaveChart("x", "csv", "not base64", ""); err == nil {
		t.Error("what is not base64 was taken")
	}
}

// claim makes a picture say that it is huge, with the checksum that goes with it.
func claim(b []byte) []byte {
	out := bytes.Clone(b)
	binary.BigEndian.PutUint32(out[16:], 60_000)
	binary.BigEndian.PutUint32(out[20:], 60_000)
	binary.BigEndian.PutUint32(out[29:], crc32.ChecksumIEEE(out[12:29]))
	return out
}

// TestSituationTypes holds src/lib/api/situation.ts to the JSON that Go writes.
func TestSituationTypes(t *testing.T) {
	source, err := os.ReadFile("../frontend/src/lib/api/situation.ts")
	if err != nil {
		t.Fatal(err)
	}
	page := pageTypes(string(source))
	for name, typ := range map[string]reflect.Type{
		"Situation": reflect.TypeFor[workspace.Situation](), "Panel": reflect.TypeFor[workspace.Panel](), "NumberTable": reflect.TypeFor[workspace.Table](),
		"AlertSummary": reflect.TypeFor[workspace.AlertSummary](), "AlertCard": reflect.TypeFor[workspace.AlertCard](),
		"AlertSeen": reflect.TypeFor[workspace.AlertSeen](), "Alert": reflect.TypeFor[model.Alert](), "AlertReason": reflect.TypeFor[model.AlertReason](),
		"Refinement": reflect.TypeFor[workspace.Refinement](), "Run": reflect.TypeFor[model.Run](), "RunSpec": reflect.TypeFor[model.RunSpec](),
	} {
		want, got := jsonFields(typ), page[name]
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("interface %s has the fields\n%v, Go writes\n%v", name, got, want)
		}
	}
}
