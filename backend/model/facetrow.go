package model

// FacetRow is one post as the in-memory columns keep it: the values that are
// filtered, counted and sorted, without the text. ID counts from 1 without gaps;
// the column ordinal is ID − 1. Counts are of the latest sighting;
// a repost has none of its own (its original's are not counted again).
type FacetRow struct {
	ID           int64
	Time         int64 // Unix seconds, UTC; MissingTime when unknown
	Platform     string
	Type         PageType
	Kind         Kind
	Lang         string // detected, "und" when undetermined, "" when not enriched
	Author       string // account UID, "" when unknown
	AuthorHandle string
	AuthorName   string
	Followers    Count
	Counts       Counts
	Polarity     Polarity // "" when not enriched
	Sentiment    float64
	Source       string
	Mode         Mode
	Batch        int64
	Country      string
	PlaceName    string
	Visibility   Visibility
	Hashtags     []string
	Mentions     []string
	Domains      []string
	Thread       string // UID of the conversation, "" when none
	RepostOf     string
	Marks        Marks
	HasMedia     bool
	HasGeo       bool
	HasLink      bool
	Withdrawn    bool
}

// MissingTime is the Time of a post whose instant is unknown.
const MissingTime = -1 << 63
