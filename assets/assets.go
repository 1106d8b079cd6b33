// Package assets embeds the files that Vedette ships: models, fonts, lists. It
// holds no code; what each file is, where it comes from and under which licence
// is written in NOTICE.d.
package assets
