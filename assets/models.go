package assets

import _ "embed" // the tables are part of the program

// Tables of package enrich; each has an entry in NOTICE.d.
var (
	// LangTable scores n-grams per language (assets/models/gen writes it).
	//go:embed models/lang.bin
	LangTable []byte
	// VADERLexicon holds a word and its mean valence −4..4 a line, tab between.
	//go:embed models/vader.txt
	VADERLexicon []byte
	// EmojiNames holds an emoji and its English name a line, tab between.
	//go:embed models/emoji.txt
	EmojiNames []byte
	// ThemeList is the taxonomy of concerns, made to be edited.
	//go:embed models/themes.txt
	ThemeList []byte
	// ThreatList holds phrases that may be a threat, in the same form.
	//go:embed models/threats.txt
	ThreatList []byte
)

// AutomationModel weighs the features of package analytics/automation
// (build/train/automation writes it).
//
//go:embed models/automation.json
var AutomationModel []byte

// StopWords lists words that carry no theme, a language a line
// (build/train/stopwords writes it).
//
//go:embed models/stopwords.txt
var StopWords []byte
