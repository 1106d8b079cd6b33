package model

// Results of the analyses of networks, themes and similarity to automation.
// Accounts are named by their UID (Key) and as people read them (Label).

// Party is an account, or a hashtag or link, in a result.
type Party struct {
	Key   string `json:"key"`
	Label string `json:"label"`
}

// CoordinationResult is who shared the same things within seconds, by the
// definition of CooRTweet. Times are Unix seconds, deltas and windows seconds.
type CoordinationResult struct {
	Objects          string                 `json:"objects"` // what was shared: links, domains, hashtags, reposts, texts
	TimeWindow       float64                `json:"time_window"`
	MinParticipation int                    `json:"min_participation"`
	EdgeWeight       float64                `json:"edge_weight"`
	LeastWeight      int                    `json:"least_weight"` // 0: edges exceed Threshold instead
	Shares           int64                  `json:"shares"`
	DuplicateShares  int64                  `json:"duplicate_shares"`
	Pairs            int64                  `json:"pairs"`
	Accounts         int                    `json:"accounts"`
	Edges            int                    `json:"edges"`
	MaxWeight        int64                  `json:"max_weight"`
	Threshold        float64                `json:"threshold"`
	SubAccounts      int                    `json:"sub_accounts"`
	SubEdges         int                    `json:"sub_edges"`
	Clusters         []CoordinationCluster  `json:"clusters"`
	Chance           CoordinationChance     `json:"chance"`
	Interval         CoordinationInterval   `json:"interval"`
	Sensitivity      []CoordinationVariance `json:"sensitivity"`
}

// CoordinationCluster is a connected part of the sub-graph. P is the share of
// shuffles that reach its pairs; PostIDs are the posts of the quickest pairs.
type CoordinationCluster struct {
	Accounts  []Party  `json:"accounts"`
	Edges     int      `json:"edges"`
	Pairs     int64    `json:"pairs"`
	MeanDelta float64  `json:"mean_delta"`
	First     int64    `json:"first"`
	Last      int64    `json:"last"`
	Shared    []Shared `json:"shared"` // the objects in most pairs
	Distinct  int      `json:"distinct"`
	P         float64  `json:"p"`
	PostIDs   []string `json:"post_ids"`
}

// Shared is an object and the pairs that shared it.
type Shared struct {
	Object string `json:"object"`
	Pairs  int64  `json:"pairs"`
}

// CoordinationChance is what shuffled clocks give: P of as many pairs, and the
// pairs to be expected.
type CoordinationChance struct {
	Rounds   int     `json:"rounds"`
	Seed     uint64  `json:"seed"`
	Expected float64 `json:"expected"`
	P        float64 `json:"p"`
}

// CoordinationInterval is an estimate of the time window from the shares.
type CoordinationInterval struct {
	Seconds  float64 `json:"seconds"`
	Objects  int     `json:"objects"`
	Quickest int     `json:"quickest"`
}

// CoordinationVariance is what another time window gives.
type CoordinationVariance struct {
	TimeWindow  float64 `json:"time_window"`
	Pairs       int64   `json:"pairs"`
	Edges       int     `json:"edges"`
	SubAccounts int     `json:"sub_accounts"`
	SubEdges    int     `json:"sub_edges"`
	Clusters    int     `json:"clusters"`
}

// CommunitiesResult is the network of a selection and its communities.
type CommunitiesResult struct {
	Network     string      `json:"network"` // what joins accounts
	Seed        uint64      `json:"seed"`
	Resolution  float64     `json:"resolution"`
	Nodes       int         `json:"nodes"`
	Edges       int         `json:"edges"`
	Unresolved  int64       `json:"unresolved"` // references to accounts that the selection does not know
	Modularity  float64     `json:"modularity"`
	Count       int         `json:"count"`
	Communities []Community `json:"communities"`
}

// Community is a community with its most central members by PageRank; Inside is
// the part of its weight that stays within.
type Community struct {
	ID      int     `json:"id"`
	Size    int     `json:"size"`
	Inside  float64 `json:"inside"`
	Members []Party `json:"members"`
}

// InfluenceResult ranks accounts by their place in the network and how their posts
// were taken up. Sampled is how many nodes betweenness followed.
type InfluenceResult struct {
	Network  string         `json:"network"`
	Seed     uint64         `json:"seed"`
	Accounts int            `json:"accounts"`
	Edges    int            `json:"edges"`
	Sampled  int            `json:"sampled"`
	Rows     []InfluenceRow `json:"rows"`
}

// InfluenceRow is one account.
type InfluenceRow struct {
	Party
	Posts         int64   `json:"posts"`
	Engagement    int64   `json:"engagement"`
	HIndex        int     `json:"h_index"`
	Reposts       int64   `json:"reposts"` // of its posts, where known
	Amplification float64 `json:"amplification"`
	Followers     Count   `json:"followers,omitzero"`
	PageRank      float64 `json:"pagerank"`
	InStrength    float64 `json:"in_strength"`
	Core          uint32  `json:"core"`
	Betweenness   float64 `json:"betweenness"`
	EarlyObjects  int     `json:"early_objects"` // links and hashtags that it used before others took them up
	FirstObjects  int     `json:"first_objects"`
	Takers        int     `json:"takers"`
}

// ThemesResult is what the posts of a selection are about.
type ThemesResult struct {
	Posts   int          `json:"posts"`
	Without int64        `json:"without"` // posts of no theme
	Seed    uint64       `json:"seed"`
	Themes  []Theme      `json:"themes"`
	Rising  []RisingTerm `json:"rising"`
	Links   []TermLink   `json:"links"`
	From    int64        `json:"from"` // the later posts, of Rising, begin here
}

// Theme is words that go together. Before and After count its posts in the two
// halves of the period.
type Theme struct {
	Words   []string    `json:"words"`
	Phrases []Keyphrase `json:"phrases"`
	Posts   int64       `json:"posts"`
	Before  int64       `json:"before"`
	After   int64       `json:"after"`
	PostIDs []string    `json:"post_ids"` // by engagement, at most 10
}

// Keyphrase sets a theme apart, by c-TF-IDF.
type Keyphrase struct {
	Text  string  `json:"text"`
	Posts int64   `json:"posts"`
	Score float64 `json:"score"`
}

// RisingTerm is more frequent in the last quarter of the period than before.
type RisingTerm struct {
	Text   string  `json:"text"`
	Before int64   `json:"before"`
	Now    int64   `json:"now"`
	Z      float64 `json:"z"`
}

// TermLink joins words of the same posts.
type TermLink struct {
	A     string  `json:"a"`
	B     string  `json:"b"`
	Posts int64   `json:"posts"`
	PMI   float64 `json:"pmi"`
}

// AutomationResult says how similar accounts are to automated ones: never that one
// is a bot. AUC and Accuracy are the model's on the accounts that it learnt from.
type AutomationResult struct {
	Model        string          `json:"model"`
	AUC          float64         `json:"auc"`
	Accuracy     float64         `json:"accuracy"`
	Accounts     int             `json:"accounts"`
	Insufficient int             `json:"insufficient"`
	Histogram    []int           `json:"histogram"` // of the scores, in tenths
	Rows         []AutomationRow `json:"rows"`
}

// AutomationRow is one account with the features that moved its score most, and
// how it posts.
type AutomationRow struct {
	Party
	Score     float64             `json:"score"`
	Posts     int64               `json:"posts"`
	Features  []AutomationFeature `json:"features"`
	Behaviour []AutomationFeature `json:"behaviour,omitempty"`
	PostIDs   []string            `json:"post_ids"`
}

// AutomationFeature is a measure, what it adds to the log-odds (nothing for
// behaviour), and the range of nine accounts in ten.
type AutomationFeature struct {
	Name         string  `json:"name"`
	Value        float64 `json:"value"`
	Contribution float64 `json:"contribution,omitzero"`
	Low          float64 `json:"low,omitzero"`
	Median       float64 `json:"median,omitzero"`
	High         float64 `json:"high,omitzero"`
}
