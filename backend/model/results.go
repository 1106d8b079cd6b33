package model

// Results of analyses. Times are Unix seconds in UTC at the start of a bucket;
// Unit is "15m", "1h", "3h", "day", "week" or "month"; Zone is the IANA zone in
// which day and longer buckets begin. Shares are 0..1.

// VolumeResult counts posts per bucket, empty buckets included.
type VolumeResult struct {
	Unit    string        `json:"unit"`
	Zone    string        `json:"zone"`
	Total   int64         `json:"total"`
	Undated int64         `json:"undated"` // posts without an instant, in no bucket
	Points  []VolumePoint `json:"points"`
}

// VolumePoint is one bucket of VolumeResult.
type VolumePoint struct {
	T int64 `json:"t"`
	N int64 `json:"n"`
}

// SentimentResult counts polarities per bucket. Mean is over posts whose
// polarity is known; Known says how many.
type SentimentResult struct {
	Unit   string           `json:"unit"`
	Zone   string           `json:"zone"`
	Total  PolarityCounts   `json:"total"`
	Points []SentimentPoint `json:"points"`
}

// PolarityCounts is how many posts have each polarity.
type PolarityCounts struct {
	Negative int64 `json:"negative"`
	Neutral  int64 `json:"neutral"`
	Positive int64 `json:"positive"`
	Unknown  int64 `json:"unknown"`
}

// SentimentPoint is one bucket of SentimentResult. Mean is absent when no post
// in the bucket has a known polarity.
type SentimentPoint struct {
	T int64 `json:"t"`
	PolarityCounts
	Mean *float64 `json:"mean,omitempty"`
}

// VoiceResult compares subjects. A post that mentions several counts for each.
type VoiceResult struct {
	Subjects []VoiceRow `json:"subjects"`
	Posts    int64      `json:"posts"`   // posts that mention at least one
	Neither  int64      `json:"neither"` // posts of the selection that mention none
}

// VoiceRow is one subject's share of voice. Engagement and Reach are sums over
// the posts where they are known; the *Known fields say how many those are.
type VoiceRow struct {
	ID              string         `json:"id"`
	Name            string         `json:"name"`
	Competitor      bool           `json:"competitor"`
	Mentions        int64          `json:"mentions"`
	MentionShare    float64        `json:"mention_share"`
	Engagement      int64          `json:"engagement"`
	EngagementKnown int64          `json:"engagement_known"`
	EngagementShare float64        `json:"engagement_share"`
	Reach           int64          `json:"reach"`
	ReachKnown      int64          `json:"reach_known"`
	ReachShare      float64        `json:"reach_share"`
	Sentiment       PolarityCounts `json:"sentiment"`
}

// RankResult ranks the values of one dimension (accounts, hashtags, domains).
type RankResult struct {
	Dimension string    `json:"dimension"`
	Distinct  int64     `json:"distinct"`
	Rows      []RankRow `json:"rows"`
}

// RankRow is one value: Key filters, Label reads.
type RankRow struct {
	Key             string `json:"key"`
	Label           string `json:"label"`
	Platform        string `json:"platform,omitempty"`
	Posts           int64  `json:"posts"`
	Engagement      int64  `json:"engagement"`
	EngagementKnown int64  `json:"engagement_known"`
	Followers       Count  `json:"followers,omitzero"` // accounts only, latest known
}

// ShareResult splits the selection by one dimension (types, languages, platforms).
type ShareResult struct {
	Dimension string     `json:"dimension"`
	Total     int64      `json:"total"`
	Rows      []ShareRow `json:"rows"`
}

// ShareRow is one value of a ShareResult; missing values are the row with Key "".
type ShareRow struct {
	Key   string  `json:"key"`
	Posts int64   `json:"posts"`
	Share float64 `json:"share"`
}

// AlertsResult is the early-alert detector's answer over the selection.
type AlertsResult struct {
	Unit      string  `json:"unit"`
	Threshold float64 `json:"threshold"`
	Series    int     `json:"series"` // series examined
	// TooShort names the series with too little history to judge.
	TooShort []string `json:"too_short,omitempty"`
	Alerts   []Alert  `json:"alerts"`
}

// Alert is one rise above both baselines. Series is "all", "subject:<id>",
// "platform:<name>" and so on. Score is min of the two tests; it is compared
// with the threshold.
type Alert struct {
	ID       string        `json:"id"`
	Series   string        `json:"series"`
	Label    string        `json:"label"`
	Start    int64         `json:"start"` // first bucket at or above the threshold
	Peak     int64         `json:"peak"`
	End      int64         `json:"end"` // end of the last such bucket
	Score    float64       `json:"score"`
	Observed int64         `json:"observed"` // at the peak
	Expected float64       `json:"expected"` // seasonal median at the peak
	Posts    int64         `json:"posts"`    // posts in [Start, End)
	Reasons  []AlertReason `json:"reasons"`
	PostIDs  []string      `json:"post_ids"` // the posts that carry it, by engagement, at most 20
}

// AlertReason is one explained part of an alert: a stable Code for translation
// with its Values, for example {"seasonal", {"score":"4.1","median":"3"}}.
type AlertReason struct {
	Code   string            `json:"code"`
	Values map[string]string `json:"values,omitempty"`
}
