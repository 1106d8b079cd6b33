package model

// Hash is a SHA-256 digest.
type Hash [32]byte

// Locator says where in the evidence a record's bytes are: a container (the
// original file or response, by its SHA-256), the member path inside it when it
// is an archive, and then exactly one of
//   - a byte range (Length > 0): Offset and Length in the member's bytes as stored
//     (a row of a table gives its Row beside it);
//   - a row (Row > 0, counted from 1, header included) of a table; or
//   - an item path, for records that have neither.
//
// A record without a byte range of its own has its canonical bytes stored.
type Locator struct {
	Container string `json:"container"`
	Member    string `json:"member,omitempty"`
	Offset    int64  `json:"offset,omitzero"`
	Length    int64  `json:"length,omitzero"`
	Row       int64  `json:"row,omitzero"`
	Item      string `json:"item,omitempty"`
}

// HasRange reports whether the record is an exact byte range of its container.
func (l Locator) HasRange() bool { return l.Length > 0 }

// Record is what an importer or collector hands on for every record that it
// reads: exactly one of Post and Reject is set.
type Record struct {
	// Seq counts the records of the batch from 0, rejected ones included.
	Seq     int64
	Locator Locator
	// Raw is the record's exact bytes; for a record without a byte range, its
	// canonical bytes. It is owned by the receiver.
	Raw    []byte
	Post   *Post
	Reject *Reject
}

// Reject says why a record could not be read. Code is stable and snake_case
// (for example "bad_json", "no_id", "line_too_long"); Reason is one English
// sentence naming the field or value.
type Reject struct {
	Code   string `json:"code"`
	Reason string `json:"reason"`
}

// Item is a Record with its commitment, ready to be stored.
// Commit = SHA256("item1" ‖ Salt ‖ RawHash ‖ SHA256(canonical post ‖ importer version)).
type Item struct {
	Record
	RawHash Hash
	Salt    [32]byte
	Commit  Hash
	// Enriched is the post's enrichment when it was computed on the way in.
	Enriched *Enrichment
}

// Sighting is one time a post was seen: which batch, where in the evidence, and
// with which counts.
type Sighting struct {
	ID      int64   `json:"id"`
	PostID  int64   `json:"post_id"`
	Batch   int64   `json:"batch"`
	Seq     int64   `json:"seq"`
	Locator Locator `json:"locator"`
	SHA256  string  `json:"sha256"`
	SeenAt  Instant `json:"seen_at"`
	Counts  Counts  `json:"counts"`
	Differs bool    `json:"differs,omitempty"` // parsed otherwise than the first sighting
	// Other is the post as this sighting has it, without author and counts, when it
	// differs.
	Other    *Post `json:"-"`
	Manual   bool  `json:"manual,omitempty"`
	LogIndex int64 `json:"log_index"`
}

// Container is an original file or response kept whole in the case.
type Container struct {
	SHA256 string `json:"sha256"`
	Name   string `json:"name"`
	Size   int64  `json:"size"`   // bytes of the original
	Stored int64  `json:"stored"` // bytes on disk
}
