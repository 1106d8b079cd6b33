package importer

import (
	"encoding/json"
	"fmt"
	"time"
)

// DefaultMaxRecord is the size in bytes above which a single record is rejected
// when Options does not say otherwise.
const DefaultMaxRecord = 64 << 20

// Options are what the analyst decided about reading a file. The zero value
// decides nothing. Its JSON is kept with the batch so that an interrupted
// import can be resumed with the same options.
type Options struct {
	// Zone is used for instants that state none; nil means UTC, assumed.
	Zone *time.Location
	// DateOrder is "dmy", "mdy" or "ymd"; empty lets the format infer it.
	DateOrder string
	// Encoding forces the character set (a WHATWG label); empty detects it.
	Encoding string
	// Profile maps a table's columns; nil lets the table format look for one.
	Profile *Profile
	// MaxRecord is the largest record in bytes; 0 means DefaultMaxRecord.
	MaxRecord int64
	// IncludePrivate reads private and direct posts too, where a format leaves
	// them out otherwise.
	IncludePrivate bool
	// Format forces a format by name.
	Format string
	// Workers is how many goroutines decode records; 0 means one per processor,
	// less than 0 none but the caller's. It never changes the result.
	Workers int
	// Scratch is a folder for what does not fit in memory while it is read; empty
	// means the system's. Nothing in it outlives the reading.
	Scratch string
	// Look, when positive, is how many bytes of each member of an archive are
	// unpacked: for a look at the first records.
	Look int64
}

// RecordLimit is the effective MaxRecord, in bytes.
func (o Options) RecordLimit() int64 {
	if o.MaxRecord <= 0 {
		return DefaultMaxRecord
	}
	return o.MaxRecord
}

type optionsJSON struct {
	Zone           string   `json:"zone,omitempty"`
	DateOrder      string   `json:"date_order,omitempty"`
	Encoding       string   `json:"encoding,omitempty"`
	Profile        *Profile `json:"profile,omitempty"`
	MaxRecord      int64    `json:"max_record,omitempty"`
	IncludePrivate bool     `json:"include_private,omitempty"`
	Format         string   `json:"format,omitempty"`
}

// MarshalJSON writes the options with the zone as its IANA name. Workers,
// Scratch and Look are left out: they do not change what an import reads.
func (o Options) MarshalJSON() ([]byte, error) {
	j := optionsJSON{
		DateOrder: o.DateOrder, Encoding: o.Encoding, Profile: o.Profile,
		MaxRecord: o.MaxRecord, IncludePrivate: o.IncludePrivate, Format: o.Format,
	}
	if o.Zone != nil {
		j.Zone = o.Zone.String()
	}
	b, err := json.Marshal(j)
	if err != nil {
		return nil, fmt.Errorf("encode reading options: %w", err)
	}
	return b, nil
}

// UnmarshalJSON reads what MarshalJSON wrote; an unknown zone is an error.
func (o *Options) UnmarshalJSON(b []byte) error {
	var j optionsJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return fmt.Errorf("decode reading options: %w", err)
	}
	*o = Options{
		DateOrder: j.DateOrder, Encoding: j.Encoding, Profile: j.Profile,
		MaxRecord: j.MaxRecord, IncludePrivate: j.IncludePrivate, Format: j.Format,
	}
	if j.Zone != "" {
		z, err := time.LoadLocation(j.Zone)
		if err != nil {
			return fmt.Errorf("decode reading options: zone: %w", err)
		}
		o.Zone = z
	}
	return nil
}
