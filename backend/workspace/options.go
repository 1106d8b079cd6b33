package workspace

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/formats"
	"vedette/backend/importer/table"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// readOptions are the choices that decide how a file is read. They are stored
// with the batch, so that an interrupted import is resumed in the same way.
type readOptions struct {
	Format         string          `json:"format,omitempty"`
	Profile        json.RawMessage `json:"profile,omitempty"`
	Zone           string          `json:"zone,omitempty"`
	DateOrder      string          `json:"date_order,omitempty"`
	Encoding       string          `json:"encoding,omitempty"`
	IncludePrivate bool            `json:"include_private,omitempty"`
	NoEnrich       bool            `json:"no_enrich,omitempty"`
	// RetryOf is the batch whose rejected records are read again, and no others.
	RetryOf int64 `json:"retry_of,omitempty"`
}

// importerOptions checks the choices and turns them into an importer's. A choice
// that does not exist is refused here, before anything is written to the case.
func (o readOptions) importerOptions() (importer.Options, error) {
	out := importer.Options{
		DateOrder: o.DateOrder, Encoding: o.Encoding, IncludePrivate: o.IncludePrivate, Format: o.Format,
	}
	if o.Zone != "" {
		loc, err := loadZone(o.Zone)
		if err != nil {
			return out, err
		}
		out.Zone = loc
	}
	if !slices.Contains([]string{"", "dmy", "mdy", "ymd"}, o.DateOrder) {
		return out, badChoice("bad_date_order", o.DateOrder, "%q is not an order of dates; use dmy, mdy or ymd")
	}
	if _, err := text.Detect(nil, o.Encoding); err != nil {
		return out, badChoice("bad_encoding", o.Encoding, "the character encoding %q is not known; use a name such as utf-8, utf-16le or windows-1252")
	}
	if err := checkFormat(o.Format); err != nil {
		return out, err
	}
	if len(o.Profile) > 0 {
		p, err := table.ParseProfile(o.Profile)
		if err != nil {
			return out, fmt.Errorf("read the mapping profile: %w", err)
		}
		out.Profile = p
	}
	return out, nil
}

func checkFormat(name string) error {
	if name == "" {
		return nil
	}
	var known []string
	for _, f := range formats.All() {
		if f.Name() == name {
			return nil
		}
		known = append(known, f.Name())
	}
	return badChoice("bad_format", name, "there is no importer called %q; there are "+strings.Join(known, ", "))
}

// badChoice refuses a value; message has one %q for it.
func badChoice(code, value, message string) error {
	return &model.Fault{Code: code, Params: map[string]string{"value": value, "message": fmt.Sprintf(message, value)}}
}

// loadZone finds a time zone by its name. "Local" is refused: it would mean
// another zone on another machine.
func loadZone(name string) (*time.Location, error) {
	loc, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return nil, &model.Fault{Code: "bad_zone", Params: map[string]string{
			"zone": name, "message": fmt.Sprintf("%q is not a time zone; use a name such as Europe/Madrid", name),
		}}
	}
	return loc, nil
}

// checkSource fills a source's defaults and refuses unknown grades and modes.
func checkSource(src model.Source) (model.Source, error) {
	if src.Reliability == "" {
		src.Reliability = "F"
	}
	if len(src.Reliability) != 1 || src.Reliability[0] < 'A' || src.Reliability[0] > 'F' {
		return src, &model.Fault{Code: "bad_reliability", Params: map[string]string{
			"value": src.Reliability, "message": fmt.Sprintf("%q is not a source reliability; use A to F", src.Reliability),
		}}
	}
	if src.Mode == "" {
		src.Mode = model.ModeUnstated
	}
	for _, m := range model.Modes {
		if src.Mode == m {
			return src, nil
		}
	}
	return src, &model.Fault{Code: "bad_mode", Params: map[string]string{
		"value": string(src.Mode), "message": fmt.Sprintf("%q is not a collection mode; use open, signed-in, interactive, closed or unstated", src.Mode),
	}}
}
