// Package bundle reads archives: ZIP, tar, and files packed with gzip, zstd or
// bzip2. Every member is recognised by itself and read by its own format, with
// the other members beside it; what no format reads is told. The records say
// which member they are in.
package bundle

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/archive"
)

// Format reads archives whose members are in the formats of Inner. It implements
// importer.Format and importer.Refiner.
type Format struct {
	Inner []importer.Format
}

// mixed is the format's name where the members are of several formats.
const mixed = "archive"

// Name implements importer.Format.
func (Format) Name() string { return mixed }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Detect implements importer.Format. A format that reads an archive of its own
// kind whole is surer than 60.
func (Format) Detect(h importer.Head) importer.Match {
	switch k := archive.Sniff(h.Bytes); {
	case k.Readable():
		return importer.Match{Score: 60, Why: fmt.Sprintf("it is packed as %s", k)}
	case k != archive.None:
		return importer.Match{Score: 60, Why: fmt.Sprintf("it begins as %s", k), Refuse: fmt.Sprintf(
			"It is an archive of the kind %s, which Vedette does not unpack. Unpack it, and import the folder.", k)}
	}
	return importer.Match{Why: "it is no archive"}
}

// Read implements importer.Format.
func (f Format) Read(ctx context.Context, file importer.File, o importer.Options, s importer.Sink) error {
	p, err := f.plan(ctx, file, o)
	if err != nil {
		return err
	}
	return p.read(ctx, file, o, s)
}

// Refine implements importer.Refiner: an archive whose posts are all of one
// format is of that format. The result reads the one file it was made for.
func (f Format) Refine(ctx context.Context, file importer.File, o importer.Options) (importer.Format, error) {
	p, err := f.plan(ctx, file, o)
	if err != nil {
		return nil, err
	}
	return planned{Format: f, plan: p}, nil
}

// planned is a Format that has looked at its file.
type planned struct {
	Format
	plan *plan
}

// Name implements importer.Format.
func (p planned) Name() string {
	if one := p.plan.formats(); len(one) == 1 {
		return one[0].Name()
	}
	return mixed
}

// Version implements importer.Format.
func (p planned) Version() string {
	all := p.plan.formats()
	if len(all) == 1 {
		return all[0].Version()
	}
	words := make([]string, 0, len(all))
	for _, f := range all {
		words = append(words, f.Name()+"/"+f.Version())
	}
	slices.Sort(words)
	if len(words) == 0 {
		return p.Format.Version()
	}
	return p.Format.Version() + "(" + strings.Join(words, ",") + ")"
}

// Read implements importer.Format.
func (p planned) Read(ctx context.Context, file importer.File, o importer.Options, s importer.Sink) error {
	return p.plan.read(ctx, file, o, s)
}
