package assets

import (
	"embed"
	"io/fs"
)

//go:embed fonts/*.ttf
var fontFiles embed.FS

// Fonts returns the fonts that reports are set in, as fonts/<name>.ttf. Origin
// and licence of each are in NOTICE.d/fonts.txt.
func Fonts() fs.FS { return fontFiles }
