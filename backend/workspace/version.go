package workspace

import (
	"runtime"
	"strings"

	"vedette/assets"
	"vedette/backend/analytics"
	"vedette/backend/enrich"
)

// Version is the product's version.
const Version = "0.1.0"

// Component is one part of the product and its version.
type Component struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Versions names the product, its engines and models.
func (d *Desk) Versions() []Component {
	out := []Component{{"vedette", Version}, {"analytics", strings.TrimPrefix(analytics.Engine, "analytics/")}}
	engine, err := d.engine()
	if err != nil {
		return append(out, Component{"enrich", err.Error()})
	}
	for _, part := range strings.Fields(engine.Version()) {
		name, v, _ := strings.Cut(part, "/")
		out = append(out, Component{name, v})
	}
	return append(out, Component{"go", strings.TrimPrefix(runtime.Version(), "go")})
}

// models hands the shipped model files to the engine, which does no I/O itself.
func models() enrich.Models {
	return enrich.Models{
		Lang: assets.LangTable, VADER: assets.VADERLexicon, Emoji: assets.EmojiNames,
		Linear: assets.LinearModels(), Name: assets.LinearVersion, Themes: assets.ThemeList, Threats: assets.ThreatList,
	}
}
