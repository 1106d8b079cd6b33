package model

// Enrichment is what Vedette understood of one post, with the version of the
// engine that did. Confidence is 0..1; Sentiment −1..1, meaningful only when
// Polarity is not unknown. Offsets are bytes in the post's text.
type Enrichment struct {
	Version        string         `json:"version"`
	Lang           string         `json:"lang"` // ISO 639-1, "und" when undetermined
	LangConfidence float64        `json:"lang_confidence"`
	LangSecond     string         `json:"lang_second,omitempty"`
	Polarity       Polarity       `json:"polarity"`
	Sentiment      float64        `json:"sentiment"`
	Reasons        []WordReason   `json:"reasons,omitempty"`
	Hashtags       []string       `json:"hashtags,omitempty"` // lower-cased, without "#", union of text and platform
	Mentions       []string       `json:"mentions,omitempty"` // lower-cased handles, without "@"
	Links          []EnrichedLink `json:"links,omitempty"`
}

// WordReason is a word that moved a score, by how much, and where it stands.
type WordReason struct {
	Word   string  `json:"word"`
	Weight float64 `json:"weight"`
	Start  int     `json:"start"`
	End    int     `json:"end"`
}

// EnrichedLink is a link normalised for comparison: tracking parameters off,
// host lower-cased, with its registrable domain (public suffix list).
type EnrichedLink struct {
	URL    string `json:"url"`
	Domain string `json:"domain"`
}
