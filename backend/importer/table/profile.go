package table

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"vedette/backend/importer"
	"vedette/backend/model"
)

// Profile is how the columns of a table become posts; docs/guide/profiles.md
// explains its JSON.
type Profile = importer.Profile

// maxProfile is the largest profile file, in bytes.
const maxProfile = 1 << 20

//go:embed profiles/*.json
var shipped embed.FS

// Shipped returns the profiles that come with Vedette, by name. They are shared:
// change a copy only.
func Shipped() []Profile { return slices.Clone(shippedProfiles()) }

// shippedProfiles are the profiles that come with Vedette, read once.
var shippedProfiles = sync.OnceValue(readShipped)

func readShipped() []Profile {
	names, err := fs.Glob(shipped, "profiles/*.json")
	if err != nil {
		panic(fmt.Sprintf("shipped profiles: %v", err)) // the pattern is a constant
	}
	out := make([]Profile, 0, len(names))
	for _, n := range names {
		b, err := shipped.ReadFile(n)
		if err != nil {
			panic(fmt.Sprintf("shipped profile %s: %v", n, err)) // it is in the binary
		}
		p, err := ParseProfile(b)
		if err != nil {
			panic(fmt.Sprintf("shipped profile %s: %v", n, err)) // a test reads every one
		}
		out = append(out, *p)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// ParseProfile reads and checks a profile. The error is a *model.Fault with code
// "profile_invalid" that names the first mistake.
func ParseProfile(b []byte) (*Profile, error) {
	if len(b) > maxProfile {
		return nil, profileFault(fmt.Errorf("it is larger than %d bytes", maxProfile))
	}
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))))
	d.DisallowUnknownFields()
	var p Profile
	if err := d.Decode(&p); err != nil {
		return nil, profileFault(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, profileFault(errors.New("something follows the profile's object"))
	}
	if err := check(&p); err != nil {
		return nil, profileFault(err)
	}
	return &p, nil
}

func profileFault(err error) error {
	return &model.Fault{Code: "profile_invalid", Params: map[string]string{
		"message": "The mapping profile cannot be used", "why": err.Error(),
	}, Err: err}
}

// check says what is wrong with a profile.
func check(p *Profile) error {
	switch {
	case strings.TrimSpace(p.Name) == "":
		return errors.New("it has no name")
	case p.Rows != "" && p.Rows != "table" && p.Rows != "json":
		return fmt.Errorf("rows is %q, not \"table\" or \"json\"", p.Rows)
	case len(p.Optional) > 0 && len(p.Required) == 0:
		return errors.New("it names optional columns, but none that are required")
	case len(p.Required) > 0 && p.Rows == "json":
		return errors.New("required columns are for tables; objects have a header")
	case len(p.Fields) == 0:
		return errors.New("it maps no fields")
	case p.Platform == "" && isUnmapped(p, "platform"):
		return errors.New("it names no platform")
	case isUnmapped(p, "text") && isUnmapped(p, "title") && (p.Kind != model.KindMedia || isUnmapped(p, "id")):
		return errors.New("it maps neither text nor title")
	case p.Type != "" && !slices.Contains(model.PageTypes, p.Type):
		return fmt.Errorf("type %q is not known", p.Type)
	case p.Kind != "" && !slices.Contains(model.Kinds, p.Kind):
		return fmt.Errorf("kind %q is not known", p.Kind)
	case p.DateOrder != "" && p.DateOrder != "dmy" && p.DateOrder != "mdy" && p.DateOrder != "ymd":
		return fmt.Errorf("date_order %q is not dmy, mdy or ymd", p.DateOrder)
	}
	if p.Zone != "" {
		if _, err := time.LoadLocation(p.Zone); err != nil {
			return fmt.Errorf("zone %q is not known", p.Zone)
		}
	}
	if _, err := zoneOffsets(p.ZoneNames); err != nil {
		return err
	}
	names := make([]string, 0, len(p.Fields))
	for name := range p.Fields {
		names = append(names, name)
	}
	sort.Strings(names) // the first mistake named is always the same one
	for _, name := range names {
		f := p.Fields[name]
		if err := checkField(name, f); err != nil {
			return fmt.Errorf("field %q: %w", name, err)
		}
		if p.Rows == "json" || len(p.Header) == 0 && len(p.Required) == 0 {
			continue
		}
		for _, c := range columnsOf(f) {
			if !slices.Contains(p.Header, c) && !slices.Contains(p.Required, c) && !slices.Contains(p.Optional, c) {
				return fmt.Errorf("field %q: column %q is not in the header", name, c)
			}
		}
	}
	return nil
}

func isUnmapped(p *Profile, name string) bool {
	_, ok := p.Fields[name]
	return !ok
}

// checkField checks one field by itself.
func checkField(name string, f importer.Field) error {
	t, ok := targets[name]
	if !ok {
		return errors.New("no post has a field of this name")
	}
	given := 0
	for _, has := range []bool{len(f.From) > 0, f.Template != "", f.Const != ""} {
		if has {
			given++
		}
	}
	if given != 1 {
		return errors.New("give exactly one of from, template and const")
	}
	if f.Template != "" {
		if _, err := parseTemplate(f.Template); err != nil {
			return err
		}
	}
	if _, err := compilePattern(f.Pattern); err != nil {
		return err
	}
	if f.As != "" && !slices.Contains(readersOf[t.sort], f.As) {
		return fmt.Errorf("it cannot be read as %q", f.As)
	}
	if f.As == "layout" && len(f.Layouts) == 0 {
		return errors.New("read as layout, but no layouts are given")
	}
	if f.Decimal != "" && f.Decimal != "." && f.Decimal != "," {
		return fmt.Errorf("decimal %q is not \".\" or \",\"", f.Decimal)
	}
	return nil
}

// maxPattern is how long a pattern may be, in bytes.
const maxPattern = 1000

// compilePattern compiles Field.Pattern; nil for none.
func compilePattern(s string) (*regexp.Regexp, error) {
	if s == "" {
		return nil, nil
	}
	if len(s) > maxPattern {
		return nil, fmt.Errorf("pattern is longer than %d bytes", maxPattern)
	}
	re, err := regexp.Compile(s)
	if err != nil {
		return nil, fmt.Errorf("pattern: %w", err)
	}
	return re, nil
}

// columnsOf lists the columns that a field reads.
func columnsOf(f importer.Field) []string {
	out := slices.Clone([]string(f.From))
	if f.Template != "" {
		if parts, err := parseTemplate(f.Template); err == nil {
			for _, p := range parts {
				if p.column != "" {
					out = append(out, p.column)
				}
			}
		}
	}
	if f.HiddenBy != "" {
		out = append(out, f.HiddenBy)
	}
	return out
}

// templatePart is a piece of a template: literal text or a column.
type templatePart struct{ text, column string }

// parseTemplate cuts "a{b}c" into its parts. "{{" and "}}" stand for braces.
func parseTemplate(s string) ([]templatePart, error) {
	var out []templatePart
	var lit strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case (c == '{' || c == '}') && i+1 < len(s) && s[i+1] == c:
			lit.WriteByte(c)
			i++
		case c == '}':
			return nil, fmt.Errorf("template: unexpected \"}\" at %d", i)
		case c == '{':
			end := strings.IndexByte(s[i:], '}')
			if end <= 1 {
				return nil, fmt.Errorf("template: no column after \"{\" at %d", i)
			}
			out = append(out, templatePart{text: lit.String()}, templatePart{column: s[i+1 : i+end]})
			lit.Reset()
			i += end
		default:
			lit.WriteByte(c)
		}
	}
	return append(out, templatePart{text: lit.String()}), nil
}

// Label is how a batch names a profile: "name/version".
func Label(p *Profile) string { return fmt.Sprintf("%s/%d", p.Name, max(1, p.Version)) }
