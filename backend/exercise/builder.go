package exercise

import (
	"fmt"
	"math/rand/v2"
	"sort"
	"time"
)

// kind says what a post is on its platform.
type kind string

const (
	kindPost    kind = "post"
	kindReply   kind = "comment"
	kindRepost  kind = "repost"
	kindQuote   kind = "quote"
	kindArticle kind = "article"
	kindVideo   kind = "video"
)

// Classes of TruthPost.
const (
	classOrganic   = "organic"
	classNoise     = "noise"
	classNews      = "news"
	classAutomated = "automated"
	classSpam      = "spam"
)

// post is one thing published in the story, before it takes a platform's form.
type post struct {
	platform string // x, reddit, bluesky, forum, feed, youtube
	venue    string // subreddit, feed or channel; empty elsewhere
	id       string // native id
	author   *account
	at       time.Time
	edited   time.Time
	kind     kind
	lang     string
	theme    string // bank of the wording
	interest string // everyday topic of noise
	class    string
	campaign string
	title    string
	body     string // with its tags, without links and the names it answers
	links    []string
	parent   *post // answered post
	root     *post // first post of the thread; itself when none
	target   *post // reposted or quoted post
	media    []picture
	place    *city
	rumour   bool
	protest  bool

	likes, replies, shares, quotes, views int
	hideLikes, hideViews                  bool
	scoreHidden                           bool
}

// picture is an attachment.
type picture struct {
	key, alt string
	video    bool
}

// language is the material of one language.
type language struct {
	code    string
	grammar *grammar
	cities  []city
	names   names
}

// langCodes are the languages of the scenario, the most used first.
var langCodes = [...]string{"en", "es", "ar", "ja", "fr", "pt", "de"}

// builder makes one scenario.
type builder struct {
	seed    uint64
	start   time.Time
	langs   map[string]*language
	handles map[string]bool
	pools   map[string][]*account // platform/lang → people
	memory  *memory
	outlets []outlet

	accounts []*account // those that posted, in order of their first post
	posts    []*post
	events   events
	groups   []TruthGroup
	waves    []TruthCampaign
	children map[*post]map[kind]int

	// One stream for each stage.
	people, plan, words, crowd, bots, press, numbers *rand.Rand
}

func newBuilder(seed uint64, start time.Time) (*builder, error) {
	b := &builder{
		seed: seed, start: start,
		langs: map[string]*language{}, handles: map[string]bool{}, pools: map[string][]*account{},
		memory: newMemory(),
		people: newStream(seed, 1), plan: newStream(seed, 2), words: newStream(seed, 3), crowd: newStream(seed, 4),
		bots: newStream(seed, 5), press: newStream(seed, 6), numbers: newStream(seed, 7),
	}
	for _, code := range langCodes {
		g, err := loadGrammar(code)
		if err != nil {
			return nil, fmt.Errorf("language %s: %w", code, err)
		}
		cities, err := loadCities(code)
		if err != nil {
			return nil, err
		}
		n, err := loadNames(code)
		if err != nil {
			return nil, err
		}
		b.langs[code] = &language{code: code, grammar: g, cities: cities, names: n}
	}
	var err error
	if b.outlets, err = loadPress(); err != nil {
		return nil, err
	}
	return b, nil
}

// build runs the stages. Each leaves its posts in b.posts.
func (b *builder) build() error {
	b.populate()
	b.events = newEvents(b.start)
	if err := b.tellStory(); err != nil {
		return err
	}
	b.writePress()
	b.runBots()
	b.writeSpam()
	b.repost()
	sort.SliceStable(b.posts, func(i, j int) bool { return b.posts[i].at.Before(b.posts[j].at) })
	b.measure()
	b.identify()
	b.collectAccounts()
	return nil
}

// poolSizes are how many people each platform has in each language.
var poolSizes = [...]struct {
	platform, lang string
	n              int
}{
	{"x", "en", 300},
	{"x", "es", 230},
	{"x", "ar", 170},
	{"x", "ja", 170},
	{"x", "fr", 26},
	{"x", "pt", 22},
	{"x", "de", 18},
	{"bluesky", "en", 140},
	{"bluesky", "es", 60},
	{"bluesky", "ar", 14},
	{"bluesky", "ja", 64},
	{"bluesky", "fr", 16},
	{"bluesky", "pt", 14},
	{"bluesky", "de", 14},
	{"reddit", "en", 220},
	{"reddit", "es", 74},
	{"forum", "en", 80},
	{"forum", "es", 44},
}

func (b *builder) populate() {
	for _, p := range poolSizes {
		pool := make([]*account, p.n)
		for i := range pool {
			pool[i] = b.newPerson(p.platform, p.lang)
		}
		b.pools[p.platform+"/"+p.lang] = pool
	}
}

// author draws somebody to write, with a preference for whoever has not yet.
func (b *builder) author(platform, lang string, not *account) *account {
	pool := b.pools[platform+"/"+lang]
	w := make([]float64, len(pool))
	for i, a := range pool {
		w[i] = a.activity
		if a.posts == 0 {
			w[i] *= 4
		}
		if a == not {
			w[i] = 0
		}
	}
	return pool[drawWeight(b.crowd, w)]
}

// add takes a finished post into the story.
func (b *builder) add(p *post) *post {
	if p.root == nil {
		p.root = p
	}
	p.author.posts++
	b.posts = append(b.posts, p)
	return p
}

// collectAccounts lists whoever posted, in order of their first post.
func (b *builder) collectAccounts() {
	seen := map[*account]bool{}
	for _, p := range b.posts {
		if !seen[p.author] {
			seen[p.author] = true
			b.accounts = append(b.accounts, p.author)
		}
	}
}

// voiceOf is a fresh voice for an author.
func (b *builder) voiceOf(a *account, r *rand.Rand) *voice {
	return &voice{rng: r, lang: a.lang, male: a.male, kidMale: a.kidMale, vars: map[string]string{
		"city": a.city.name, "kidname": a.kidName, "age": a.kidAge,
	}}
}
