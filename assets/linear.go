package assets

import (
	"embed"
	"io/fs"
	"strings"
)

// LinearVersion names the linear models; it is raised whenever one of them changes.
const LinearVersion = "linear/1"

//go:embed models/*.linear
var linearFiles embed.FS

// LinearModels returns the linear models of package enrich by name (build/train
// writes them). Origin, licence and figures of each are in models/NOTICE.
func LinearModels() map[string][]byte {
	out := map[string][]byte{}
	names, err := fs.Glob(linearFiles, "models/*.linear")
	if err != nil {
		return out // a bad pattern; this one is good
	}
	for _, name := range names {
		if b, err := linearFiles.ReadFile(name); err == nil {
			out[strings.TrimSuffix(strings.TrimPrefix(name, "models/"), ".linear")] = b
		}
	}
	return out
}
