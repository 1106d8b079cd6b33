package exercise

import "time"

// Truth is the answer sheet of a scenario. UIDs are the ones the importers give
// ("x:<id>", "reddit:t3_…", "bluesky:at://…", "feed:<guid>", "youtube:<video id>");
// account ids likewise ("platform:native id"). Times are UTC.
type Truth struct {
	Version        int             `json:"version"`
	Seed           uint64          `json:"seed"`
	Start          time.Time       `json:"start"`
	End            time.Time       `json:"end"`
	Counts         TruthCounts     `json:"counts"`
	FirstComplaint TruthEvent      `json:"first_complaint"`
	Rumour         TruthRumour     `json:"rumour"`
	Statement      TruthEvent      `json:"statement"`
	Protest        TruthProtest    `json:"protest"`
	Groups         []TruthGroup    `json:"groups"`
	Campaigns      []TruthCampaign `json:"campaigns"`
	Alerts         []TruthAlert    `json:"alerts"`
	Posts          []TruthPost     `json:"posts"`
}

// TruthCounts says how much there is of what. ByFile counts the records of each
// export file, a post that a file holds twice counted twice; ByFormat adds
// those up by format.
type TruthCounts struct {
	Posts      int            `json:"posts"`
	Accounts   int            `json:"accounts"`
	ByPlatform map[string]int `json:"by_platform"`
	ByFormat   map[string]int `json:"by_format"`
	ByFile     map[string]int `json:"by_file"`
	ByLang     map[string]int `json:"by_lang"`
	ByClass    map[string]int `json:"by_class"`
	ByTheme    map[string]int `json:"by_theme"`
}

// TruthPost is what is true of one post. Class is organic (about the subjects),
// noise (everyday life), news, automated or spam. Subjects are the ids of the
// subjects that the post names; About are those that it concerns, named or
// not (a reply in a thread). Theme is battery, refund, privacy, reaction,
// protest, praise, rival or empty.
type TruthPost struct {
	UID      string    `json:"uid"`
	At       time.Time `json:"at"`
	Platform string    `json:"platform"`
	Kind     string    `json:"kind"`
	Lang     string    `json:"lang"`
	Author   string    `json:"author"`
	Class    string    `json:"class"`
	Repost   bool      `json:"repost,omitempty"`
	Subjects []string  `json:"subjects,omitempty"`
	About    []string  `json:"about,omitempty"`
	Theme    string    `json:"theme,omitempty"`
	Campaign string    `json:"campaign,omitempty"`
}

// TruthEvent is a post that matters to the story.
type TruthEvent struct {
	Post   string    `json:"post"`
	Author string    `json:"author"`
	At     time.Time `json:"at"`
	Note   string    `json:"note"`
}

// TruthRumour is the claim that nobody could confirm, and where it began.
type TruthRumour struct {
	TruthEvent
	Claim string `json:"claim"`
	// Posts are those that repeat it, reposts included, the first one first.
	Posts []string `json:"posts"`
}

// TruthProtest is the call for a gathering.
type TruthProtest struct {
	TruthEvent
	Place   string    `json:"place"`
	City    string    `json:"city"`
	Country string    `json:"country"`
	Begins  time.Time `json:"begins"`
	Posts   int       `json:"posts"`
}

// TruthGroup is a set of accounts that one hand runs.
type TruthGroup struct {
	ID        string   `json:"id"`
	Accounts  []string `json:"accounts"`
	Campaigns []string `json:"campaigns"`
}

// TruthCampaign is one wave of a group.
type TruthCampaign struct {
	ID      string    `json:"id"`
	Group   string    `json:"group"`
	From    time.Time `json:"from"`
	To      time.Time `json:"to"`
	Links   []string  `json:"links"`
	Tags    []string  `json:"tags"`
	Posts   []string  `json:"posts"`
	Message string    `json:"message"`
}

// TruthAlert is a window in which an early alert is expected.
type TruthAlert struct {
	ID    string    `json:"id"`
	From  time.Time `json:"from"`
	To    time.Time `json:"to"`
	Label string    `json:"label"`
	Theme string    `json:"theme,omitempty"`
}
