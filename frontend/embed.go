// Package frontend carries the built window page. Run `npm run build` in this
// folder before building the program; dist/.gitkeep keeps the folder in place.
package frontend

import "embed"

// Dist is the built page: index.html, scripts, styles, fonts.
//
//go:embed all:dist
var Dist embed.FS
