package model

// PageType says what kind of place a post was published in.
type PageType string

// The page types of the query language's field "type".
const (
	PageSocial PageType = "social"
	PageForum  PageType = "forum"
	PageBlog   PageType = "blog"
	PageNews   PageType = "news"
	PageVideo  PageType = "video"
	PageChat   PageType = "chat"
	PageOther  PageType = "other"
)

// PageTypes lists every page type in display order.
var PageTypes = []PageType{PageSocial, PageForum, PageBlog, PageNews, PageVideo, PageChat, PageOther}

// Kind says what a record is.
type Kind string

// The kinds of the query language's field "kind". Events (service messages)
// and media (records without any text) are kept but left out of text analyses.
const (
	KindPost    Kind = "post"
	KindComment Kind = "comment"
	KindRepost  Kind = "repost"
	KindQuote   Kind = "quote"
	KindArticle Kind = "article"
	KindVideo   Kind = "video"
	KindMessage Kind = "message"
	KindEvent   Kind = "event"
	KindMedia   Kind = "media"
)

// Kinds lists every kind in display order.
var Kinds = []Kind{KindPost, KindComment, KindRepost, KindQuote, KindArticle, KindVideo, KindMessage, KindEvent, KindMedia}

// Visibility says who could see the post where it was published.
type Visibility string

// Visibilities, from everyone to one person. Private and direct posts are kept
// out of exports unless asked for.
const (
	VisibilityPublic   Visibility = "public"
	VisibilityUnlisted Visibility = "unlisted"
	VisibilityPrivate  Visibility = "private"
	VisibilityDirect   Visibility = "direct"
)

// ZoneBasis says how the time zone of an instant is known.
type ZoneBasis string

// Stated: the source wrote the zone (or an epoch). Assumed: Vedette supplied
// it. Chosen: the analyst supplied it.
const (
	ZoneStated  ZoneBasis = "stated"
	ZoneAssumed ZoneBasis = "assumed"
	ZoneChosen  ZoneBasis = "chosen"
)

// Provenance says where a value came from; inferred is never shown as declared.
type Provenance string

// Declared by the participant, supplied by the platform, inferred by Vedette,
// or set by the analyst.
const (
	ProvenanceDeclared Provenance = "declared"
	ProvenancePlatform Provenance = "platform"
	ProvenanceInferred Provenance = "inferred"
	ProvenanceAnalyst  Provenance = "analyst"
)

// Mode is the collection mode of a source: how intrusive its collection was.
type Mode string

// Open is passive and without login; signed-in uses an account's ordinary
// view; interactive means the collector took part; closed covers private
// groups and covert work; unstated is the default of an import.
const (
	ModeOpen        Mode = "open"
	ModeSignedIn    Mode = "signed-in"
	ModeInteractive Mode = "interactive"
	ModeClosed      Mode = "closed"
	ModeUnstated    Mode = "unstated"
)

// Modes lists every collection mode from least to most intrusive, then unstated.
var Modes = []Mode{ModeOpen, ModeSignedIn, ModeInteractive, ModeClosed, ModeUnstated}

// Polarity is the class of a sentiment score. Unknown is the answer for an
// unsupported language; it is never replaced by neutral.
type Polarity string

// The polarities.
const (
	PolarityNegative Polarity = "negative"
	PolarityNeutral  Polarity = "neutral"
	PolarityPositive Polarity = "positive"
	PolarityUnknown  Polarity = "unknown"
)

// TLP is a Traffic Light Protocol 2.0 marking.
type TLP string

// The TLP 2.0 markings.
const (
	TLPRed         TLP = "red"
	TLPAmberStrict TLP = "amber+strict"
	TLPAmber       TLP = "amber"
	TLPGreen       TLP = "green"
	TLPClear       TLP = "clear"
)

// Yardstick is the set of probability words that a case's findings may use.
type Yardstick string

// ICD 203 (US) and PHIA (UK).
const (
	YardstickICD203 Yardstick = "icd203"
	YardstickPHIA   Yardstick = "phia"
)
