package model

// PostView is a post as it is shown, searched and exported: the stable JSON of
// the command line. Counts are of the latest sighting. ID is the case's own id.
type PostView struct {
	ID              string         `json:"id"`
	UID             string         `json:"uid"`
	Platform        string         `json:"platform"`
	Type            PageType       `json:"type"`
	Kind            Kind           `json:"kind"`
	Author          AuthorView     `json:"author"`
	Title           string         `json:"title,omitempty"`
	Text            string         `json:"text"`
	Lang            string         `json:"lang"`
	CreatedAt       string         `json:"created_at,omitempty"` // RFC 3339, UTC
	CreatedOriginal string         `json:"created_original,omitempty"`
	Zone            ZoneBasis      `json:"zone,omitempty"`
	EditedAt        string         `json:"edited_at,omitempty"`
	URL             string         `json:"url,omitempty"`
	Counts          Counts         `json:"counts,omitzero"`
	Refs            Refs           `json:"refs,omitzero"`
	Hashtags        []string       `json:"hashtags,omitempty"`
	Mentions        []string       `json:"mentions,omitempty"`
	Links           []EnrichedLink `json:"links,omitempty"`
	Media           []Media        `json:"media,omitempty"`
	Place           *Place         `json:"place,omitempty"`
	Visibility      Visibility     `json:"visibility"`
	PlatformLang    string         `json:"platform_lang,omitempty"`
	LangConfidence  float64        `json:"lang_confidence"`
	Polarity        Polarity       `json:"polarity"`
	Sentiment       *float64       `json:"sentiment,omitempty"` // absent when polarity is unknown
	SentimentWords  []WordReason   `json:"sentiment_words,omitempty"`
	EnrichVersion   string         `json:"enrich_version,omitempty"`
	Marks           Marks          `json:"marks,omitzero"`
	Source          string         `json:"source,omitempty"`
	Mode            Mode           `json:"mode"`
	Sightings       int            `json:"sightings"`
	SHA256          string         `json:"sha256"` // of the raw bytes of the first sighting
	Locator         Locator        `json:"locator"`
}

// AuthorView is the author of a PostView. ID is the account's UID.
type AuthorView struct {
	ID        string `json:"id,omitempty"`
	Handle    string `json:"handle,omitempty"`
	Name      string `json:"name,omitempty"`
	Followers Count  `json:"followers,omitzero"`
}
