package importer

import (
	"bytes"
	"encoding/json"
	"fmt"

	"vedette/backend/model"
)

// Profile maps the columns of a table, or the members of JSON objects, to the
// fields of a post. It is plain data so that it can be saved, shared and shipped
// as JSON; package table reads and checks it, documents it and ships the
// profiles of known tools.
type Profile struct {
	// Name is what the analyst sees and the batch records, with Version.
	Name    string `json:"name"`
	Version int    `json:"version,omitempty"`
	// Note says where tables of this form come from.
	Note string `json:"note,omitempty"`
	// Header is the exact header signature: every column name, in order. A table
	// is imported without asking when its header equals it. For JSON it is the set
	// of members that every object must have.
	Header []string `json:"header,omitempty"`
	// Required is a signature for tools whose columns vary: a table that has all of
	// these, in any order and whatever their case, is imported without asking. "*"
	// at either end of a name stands for anything: "*Overperforming*". Optional
	// names further columns that the tool is known to write: one of them that is
	// missing is told, and so is a column that is in neither list.
	Required []string `json:"required,omitempty"`
	Optional []string `json:"optional,omitempty"`
	// Rows says what the records are: "table" (CSV, the default) or "json".
	Rows string `json:"rows,omitempty"`
	// Platform and the next two are used for every row that does not say.
	Platform string         `json:"platform,omitempty"`
	Type     model.PageType `json:"type,omitempty"`
	Kind     model.Kind     `json:"kind,omitempty"`
	// Fields maps a post's field (for example "text", "created", "author.handle",
	// "counts.likes") to where its value comes from.
	Fields map[string]Field `json:"fields"`
	// Ignore names columns that are known and left in the raw bytes only.
	Ignore []string `json:"ignore,omitempty"`
	// Zone is the IANA zone of instants that state none; DateOrder is "dmy",
	// "mdy" or "ymd".
	Zone      string `json:"zone,omitempty"`
	DateOrder string `json:"date_order,omitempty"`
	// ZoneNames gives the offsets of abbreviations that stand behind instants and
	// mean several zones: {"CST": "-06:00"}.
	ZoneNames map[string]string `json:"zone_names,omitempty"`
}

// Field says where one field's value comes from and how it is read. In JSON a
// field may also be a plain string, the column's name. Exactly one of From,
// Template and Const is given.
type Field struct {
	// From names the columns (or dotted paths) to read: the first one that is
	// not empty counts.
	From Strings `json:"from,omitempty"`
	// Template builds the value from columns in braces:
	// "https://example.org/{id}". A missing column makes it missing.
	Template string `json:"template,omitempty"`
	// Const is the same for every row.
	Const string `json:"const,omitempty"`
	// As chooses the reader where a field has several: "text" or "html" for
	// words, "auto", "unix", "unix_ms" or "layout" for instants, "sum" for numbers
	// in several columns that belong together.
	As string `json:"as,omitempty"`
	// Layouts are Go time layouts, tried in order.
	Layouts []string `json:"layouts,omitempty"`
	// Separator cuts lists; Decimal is the mark before decimals in numbers
	// ("." by default).
	Separator string `json:"separator,omitempty"`
	Decimal   string `json:"decimal,omitempty"`
	// Unescape decodes HTML entities.
	Unescape bool `json:"unescape,omitempty"`
	// Missing lists values that stand for "no value".
	Missing []string `json:"missing,omitempty"`
	// Values replaces whole values: {"t3": "post", "t1": "comment"}. The entry
	// "*" is used for every other value.
	Values map[string]string `json:"values,omitempty"`
	// HiddenBy names a column that says, by true, yes or 1, that the platform hid
	// this value: it is then missing, whatever the cell says.
	HiddenBy string `json:"hidden_by,omitempty"`
	// Pattern is a regular expression (RE2): the value is what its groups match,
	// joined by "_", or the whole match where it has none. A value that it does not
	// match is missing.
	Pattern string `json:"pattern,omitempty"`
	// Prefix is put before the value: an id that needs its kind.
	Prefix string `json:"prefix,omitempty"`
}

// Strings is a list that JSON may also write as one plain string.
type Strings []string

// UnmarshalJSON reads a string or an array of strings.
func (s *Strings) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		var one string
		if err := json.Unmarshal(b, &one); err != nil {
			return fmt.Errorf("read name: %w", err)
		}
		*s = Strings{one}
		return nil
	}
	var many []string
	if err := json.Unmarshal(b, &many); err != nil {
		return fmt.Errorf("read names: %w", err)
	}
	*s = many
	return nil
}

// UnmarshalJSON reads a column's name or an object; unknown members are errors,
// because a misspelt one would silently map nothing.
func (f *Field) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		*f = Field{}
		return f.From.UnmarshalJSON(b)
	}
	type plain Field
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	var p plain
	if err := d.Decode(&p); err != nil {
		return fmt.Errorf("read field: %w", err)
	}
	*f = Field(p)
	return nil
}
