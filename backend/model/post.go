package model

// Post is one thing somebody published, as an importer or a collector read it.
// Optional fields are empty when the source did not give them; nothing is
// invented. Everything in it except Counts, CapturedAt and Author is expected
// to be the same whenever the post is seen again.
type Post struct {
	// Platform is a lower-case name such as "x", "reddit", "bluesky", "feed".
	Platform string `json:"platform"`
	// NativeID is the platform's own id, or a stable id synthesised from the
	// content where the source has none. UID() joins the two.
	NativeID string   `json:"native_id"`
	Kind     Kind     `json:"kind"`
	PageType PageType `json:"type"`
	Author   Account  `json:"author,omitzero"`
	Title    string   `json:"title,omitempty"`
	// Text is plain text: HTML was converted, entities decoded. The original
	// stays in the raw bytes.
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
	// PlatformLang is the platform's own language label (BCP 47), kept apart
	// from the language that Vedette detects.
	PlatformLang string  `json:"platform_lang,omitempty"`
	Created      Instant `json:"created,omitzero"`
	Edited       Instant `json:"edited,omitzero"`
	Refs         Refs    `json:"refs,omitzero"`
	// Hashtags without "#", as the platform listed them; those only in the text
	// are found by enrichment.
	Hashtags   []string   `json:"hashtags,omitempty"`
	Mentions   []Mention  `json:"mentions,omitempty"`
	Links      []Link     `json:"links,omitempty"`
	Media      []Media    `json:"media,omitempty"`
	Place      Place      `json:"place,omitzero"`
	Visibility Visibility `json:"visibility"`
	// Counts is the engagement at CapturedAt (zero: when the batch was read).
	Counts     Counts  `json:"counts,omitzero"`
	CapturedAt Instant `json:"captured_at,omitzero"`
}

// UID is the post's identity across files and cases: "platform:native id".
func (p *Post) UID() string { return p.Platform + ":" + p.NativeID }

// Refs are references to other posts as UIDs, also when the other end is not in
// the case (yet).
type Refs struct {
	ReplyTo  string `json:"reply_to,omitempty"`
	RepostOf string `json:"repost_of,omitempty"`
	QuoteOf  string `json:"quote_of,omitempty"`
	// Thread is the UID of the conversation's first post.
	Thread string `json:"thread,omitempty"`
}

// IsZero reports whether the post refers to no other.
func (r Refs) IsZero() bool { return r == Refs{} }

// Mention is an account that a post names. AccountID is the platform's id when
// the source gives it; Handle is without "@".
type Mention struct {
	Handle    string `json:"handle,omitempty"`
	AccountID string `json:"account_id,omitempty"`
}

// Link is a link that a post carries: URL as the platform expanded it, Title
// where a card was attached.
type Link struct {
	URL   string `json:"url"`
	Title string `json:"title,omitempty"`
}

// Media is an attachment. URL is where it was; nothing is fetched. SHA256 is
// set when the file itself is in the case, and then PHash may be: the perceptual
// hash of a picture (16 hexadecimal digits), which copies of it that were scaled
// or packed again share but for a few bits.
type Media struct {
	Type   string `json:"type"` // image, video, audio, file
	URL    string `json:"url,omitempty"`
	Alt    string `json:"alt,omitempty"`
	SHA256 string `json:"sha256,omitempty"`
	PHash  string `json:"phash,omitempty"`
}

// Place is where a post or an account says, or the platform says, it is.
// Latitude and longitude are degrees (WGS 84), valid when HasPoint.
type Place struct {
	Name       string     `json:"name,omitempty"`
	Country    string     `json:"country,omitempty"` // ISO 3166-1 alpha-2, upper case
	Lat        float64    `json:"lat,omitzero"`
	Lon        float64    `json:"lon,omitzero"`
	HasPoint   bool       `json:"has_point,omitempty"`
	Provenance Provenance `json:"provenance,omitempty"`
}

// IsZero reports whether no place is known.
func (p Place) IsZero() bool { return p == Place{} }
