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
)
