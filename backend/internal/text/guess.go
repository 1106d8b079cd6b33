package text

import (
	"strings"

	"github.com/saintfish/chardet"
	"golang.org/x/text/encoding/charmap"
)

// guessSample is how many bytes the statistical guess looks at: it is quadratic
// in nothing, but slow.
const guessSample = 64 << 10

// guess finds the most likely legacy character set by statistics over bytes.
// Windows-1252 is the answer when nothing stands out.
func guess(head []byte) Encoding {
	fallback := Encoding{Name: "windows-1252", Basis: BasisGuessed, width: 1, enc: charmap.Windows1252}
	res, err := chardet.NewTextDetector().DetectBest(head[:min(len(head), guessSample)])
	if err != nil || res.Confidence < 40 {
		return fallback
	}
	label := strings.ToLower(res.Charset)
	if label == "gb-18030" {
		label = "gb18030"
	}
	e, err := named(label)
	if err != nil || e.IsUTF8() || strings.HasPrefix(e.Name, "utf-16") {
		return fallback
	}
	e.Basis = BasisGuessed
	return e
}
