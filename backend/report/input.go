// Package report makes what leaves the house: the case report as PDF, with
// charts defined in report/chart, text set by report/typeset, and the data
// exports of report/export. It reads plain values and does no I/O besides the
// writer it is given; the same Input gives the same bytes.
package report

import (
	"time"

	"vedette/backend/model"
)

// Input is everything a case report says, as plain values. Every figure in the
// report comes from Results and is cited by the ID of the run it came from
// ([R3]); nothing is read from the clock or the machine.
type Input struct {
	// Lang is the report's language, "en" or "es"; anything else is an error.
	Lang string
	// Title is the report's title; empty gives the standard one of the language.
	Title string
	// Summary is the analyst's own opening paragraph, placed before the figures;
	// it may be empty. Paragraphs are separated by a blank line.
	Summary string
	// Case's TLP marks every page; an unknown marking is taken for red.
	Case model.CaseMeta
	// From and To are the period reported on, To exclusive. Zero values are
	// filled from the buckets of Results.Volume.
	From, To time.Time
	AsOf     AsOf
	Results  Results
	// Runs are the recorded analyses behind Results, in the order in which the
	// appendix lists them.
	Runs     []model.Run
	Findings []Finding
	// Quotes are the posts to quote, in order; SelectQuotes chooses them.
	Quotes   []Quote
	Subjects []model.Subject
	Coverage Coverage
	Custody  Custody
	// Versions names the software and models that made the report, in order.
	Versions []Version
	// Limits are further sentences for the page on method and limits, such as
	// the known error of a model.
	Limits []string
}

// AsOf is the position in the custody log that the report is made of: the
// number of records read, and the instant of the last of them. A report is
// dated by it.
type AsOf struct {
	LogIndex int64
	At       time.Time
}

// Result is an analysis result with the ID of the run that gave it.
type Result[T any] struct {
	Run   int64
	Value T
}

// Results are the analyses the report draws on; a nil one is left out and said
// to be absent.
type Results struct {
	Volume    *Result[model.VolumeResult]
	Sentiment *Result[model.SentimentResult]
	// Voice compares subjects of one sort; Topics are the other watched subjects,
	// which are not set against them.
	Voice     *Result[model.VoiceResult]
	Topics    *Result[model.VoiceResult]
	Accounts  *Result[model.RankResult]
	Hashtags  *Result[model.RankResult]
	Domains   *Result[model.RankResult]
	Types     *Result[model.ShareResult]
	Languages *Result[model.ShareResult]
	Platforms *Result[model.ShareResult]
	Alerts    *Result[model.AlertsResult]
}

// FindingKind separates what is known from what is judged.
type FindingKind string

// The kinds of finding.
const (
	FindingFact       FindingKind = "fact"
	FindingAssessment FindingKind = "assessment"
	FindingAssumption FindingKind = "assumption"
)

// Finding is one key sentence of the case file. Likelihood and Confidence are
// phrases of the case's yardstick and are set apart from the sentence. Evidence
// holds the UIDs of the posts that support it, Contrary those that speak
// against it, Runs the analyses it rests on.
type Finding struct {
	Kind       FindingKind
	Text       string
	Likelihood string
	Confidence string
	Evidence   []string
	Contrary   []string
	Runs       []int64
}

// Quote is a post that the report may quote, with what it stands for: a series
// such as "subject:<id>", an episode (EpisodeTheme), or "" for none. OnTheme says
// that the words of the post themselves name it. Commitment is that in the
// custody log (hex).
type Quote struct {
	Post       model.PostView
	Theme      string
	OnTheme    bool
	Commitment string
}

// Tally is a named count.
type Tally struct {
	Key string
	N   int64
}

// Coverage says what the case holds and what it lacks. Missing is never zero:
// the Missing* fields say how many posts give no such number at all.
type Coverage struct {
	Posts      int64
	Accounts   int64
	Undated    int64
	Withdrawn  int64
	Duplicates int64
	Rejected   int64
	Batches    int64
	// Excluded counts private and direct posts kept out of the report.
	Excluded        int64
	UnknownLanguage int64
	// UnknownSentiment counts posts whose language has no sentiment model.
	UnknownSentiment int64
	MissingLikes     int64
	MissingComments  int64
	MissingShares    int64
	MissingViews     int64
	MissingFollowers int64
	Platforms        []Tally
	Sources          []SourceTally
}

// SourceTally is a source of the case with its grading and number of posts.
type SourceTally struct {
	Source model.Source
	Posts  int64
}

// Custody is what lets a reader check the report against the case. Hashes are
// lower-case hex; Checkpoint is the signed text, PublicKey the key that signed
// it. Outside says that a checkpoint kept outside the case was compared.
type Custody struct {
	LogSize    int64
	Root       string
	Head       string
	Checkpoint string
	PublicKey  string
	Outside    bool
}

// Version is one piece of software, model or list, with its version.
type Version struct {
	Name    string
	Version string
}
