package exercise

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// role says what an account is in the story.
type role string

const (
	rolePerson role = "person"
	roleBot    role = "bot"
	roleSpam   role = "spam"
	roleBrand  role = "brand"
	roleNews   role = "news"
)

// account is a participant on one platform.
type account struct {
	platform  string
	id        string // native id, as the importer will make it
	handle    string
	name      string
	bio       string
	location  string
	created   time.Time
	followers int
	following int
	statuses  int
	listed    int
	verified  bool
	role      role
	lang      string
	city      city
	male      bool
	kidMale   bool
	kidName   string
	kidAge    string
	style     style
	interests []string
	chrono    int // minutes that the daily rhythm is shifted by
	activity  float64
	posts     int // written in this scenario so far
}

// city is a place from the bank of a language.
type city struct {
	name    string
	country string
	lat     float64
	lon     float64
	offset  int // minutes east of UTC in March
}

// names is the bank of given and family names of one language.
type names struct {
	male, female, family []string
}

func loadCities(lang string) ([]city, error) {
	b, err := bankFS.ReadFile("data/" + lang + "/cities.csv")
	if err != nil {
		return nil, fmt.Errorf("read cities of %s: %w", lang, err)
	}
	var out []city
	for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		f := strings.Split(line, ",")
		if len(f) != 5 {
			return nil, fmt.Errorf("city line %q has %d fields, want 5", line, len(f))
		}
		lat, errLat := strconv.ParseFloat(f[2], 64)
		lon, errLon := strconv.ParseFloat(f[3], 64)
		off, errOff := strconv.Atoi(f[4])
		if errLat != nil || errLon != nil || errOff != nil {
			return nil, fmt.Errorf("city line %q has a bad number", line)
		}
		out = append(out, city{name: f[0], country: f[1], lat: lat, lon: lon, offset: off})
	}
	return out, nil
}

func loadNames(lang string) (names, error) {
	b, err := bankFS.ReadFile("data/" + lang + "/names.csv")
	if err != nil {
		return names{}, fmt.Errorf("read names of %s: %w", lang, err)
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	if len(lines) != 3 {
		return names{}, fmt.Errorf("names of %s: %d lines, want 3", lang, len(lines))
	}
	return names{
		male: strings.Split(lines[0], ","), female: strings.Split(lines[1], ","), family: strings.Split(lines[2], ","),
	}, nil
}

// interestNames are the everyday topics that the banks write about.
var interestNames = [...]string{"food", "sport", "weather", "commute", "work", "screen", "pets", "home", "body", "garden"}

// newPerson invents an ordinary account.
func (b *builder) newPerson(platform, lang string) *account {
	r := b.people
	l := b.langs[lang]
	a := &account{platform: platform, role: rolePerson, lang: lang}
	a.male, a.kidMale = r.IntN(2) == 0, r.IntN(2) == 0
	a.city = l.cities[weighted(r, len(l.cities))]
	a.kidName = pickOne(r, l.names.first(a.kidMale))
	a.kidAge = strconv.Itoa(3 + r.IntN(19))
	a.style = newStyle(r, lang, platform)
	a.chrono = int(r.NormFloat64() * 70)
	a.activity = math.Exp(r.NormFloat64() * 0.9)
	want := 2 + r.IntN(3)
	for _, i := range r.Perm(len(interestNames)) {
		if len(a.interests) < want && l.grammar.has("noise."+interestNames[i]+".a") {
			a.interests = append(a.interests, interestNames[i])
		}
	}
	given, family := pickOne(r, l.names.first(a.male)), pickOne(r, l.names.family)
	a.handle = b.uniqueHandle(platform, handleFor(r, lang, platform, given, family))
	a.name = displayName(r, lang, platform, given, family, a.handle)
	a.created = b.start.Add(-time.Duration(30+r.IntN(4300)) * 24 * time.Hour).Add(-time.Duration(r.IntN(86400)) * time.Second)
	a.followers = int(math.Exp(5.1 + 1.55*r.NormFloat64()))
	a.following = int(math.Exp(5.5 + 0.8*r.NormFloat64()))
	a.statuses = int(math.Exp(7.2 + 1.2*r.NormFloat64()))
	a.listed = a.followers / (90 + r.IntN(200))
	a.verified = a.followers > 9000 && r.IntN(3) == 0
	v := b.voiceOf(a, r)
	if r.Float64() < 0.8 {
		a.bio = l.grammar.say("bio", v)
	}
	if r.Float64() < 0.62 {
		a.location = l.grammar.say("location", v)
	}
	a.id = b.nativeID(a)
	return a
}

func (n names) first(male bool) []string {
	if male {
		return n.male
	}
	return n.female
}

// nativeID is the account's id on its platform.
func (b *builder) nativeID(a *account) string {
	switch a.platform {
	case "x":
		if a.created.Year() < 2016 {
			return strconv.Itoa(20_000_000 + b.people.IntN(3_900_000_000))
		}
		return strconv.FormatInt(snowflake(a.created, b.people.IntN(1<<22)), 10)
	case "bluesky":
		return "did:plc:" + randString(b.people, "abcdefghijklmnopqrstuvwxyz234567", 24)
	case "reddit":
		return "t2_" + randString(b.people, base36, 6+b.people.IntN(4))
	}
	return hostOf(forumHost(forumOf(a.lang))) + "/" + strings.ToLower(a.handle)
}

const base36 = "0123456789abcdefghijklmnopqrstuvwxyz"

// uniqueHandle makes a handle unique on its platform.
func (b *builder) uniqueHandle(platform, h string) string {
	for b.handles[platform+":"+strings.ToLower(h)] {
		if host, rest, ok := strings.Cut(h, "."); ok && platform == "bluesky" {
			h = host + strconv.Itoa(b.people.IntN(10)) + "." + rest
		} else {
			h += strconv.Itoa(b.people.IntN(10))
		}
	}
	b.handles[platform+":"+strings.ToLower(h)] = true
	return h
}

// handleFor makes a handle as people choose them.
func handleFor(r *rand.Rand, lang, platform, given, family string) string {
	g, f := latin(lang, given), latin(lang, family)
	if lang == "ar" || lang == "ja" {
		g, f = pickOne(r, romanGiven(lang)), pickOne(r, romanFamily(lang))
	}
	words := []string{"tea", "moss", "kettle", "tired", "north", "river", "soup", "pixel", "cardigan", "sundays", "bramble", "owl", "paper", "lemon", "cargo", "static", "tiny", "mango", "dusty", "harbor"}
	var h string
	switch r.IntN(9) {
	case 0:
		h = g + f
	case 1:
		h = g + "_" + f
	case 2:
		h = g + f[:1] + strconv.Itoa(70+r.IntN(29))
	case 3:
		h = pickOne(r, words) + g
	case 4:
		h = pickOne(r, words) + "_" + pickOne(r, words)
	case 5:
		h = f + g[:1] + strconv.Itoa(r.IntN(1000))
	case 6:
		h = "the" + pickOne(r, words) + strconv.Itoa(r.IntN(100))
	case 7:
		h = g + "_" + pickOne(r, words)
	default:
		h = g + strconv.Itoa(1975+r.IntN(30))
	}
	if platform == "x" && r.IntN(4) == 0 {
		h = strings.ToUpper(h[:1]) + h[1:]
	}
	if len(h) > 15 && platform == "x" {
		h = h[:15]
	}
	if platform == "bluesky" {
		h = strings.ReplaceAll(h, "_", "-")
		if r.IntN(14) == 0 {
			return h + "." + pickOne(r, []string{"example.net", "example.org"})
		}
		return h + ".bsky.social"
	}
	if platform == "reddit" && r.IntN(3) == 0 {
		h = strings.ToUpper(h[:1]) + h[1:] + "_" + pickOne(r, words)
	}
	return h
}

func romanGiven(lang string) []string {
	if lang == "ja" {
		return strings.Fields("yuki haru mio sora ken nao rin aoi hina taku kazu saki mei emi tomo yuto riku nana")
	}
	return strings.Fields("ahmad sara noor omar lina khaled mona huda yousef reem fahad dana rami salma tariq hanan majed aya")
}

func romanFamily(lang string) []string {
	if lang == "ja" {
		return strings.Fields("tanaka mori hayashi kudo ono ishii sakai endo noda hara miura ueda maru neko pan mochi")
	}
	return strings.Fields("hadi saleh mansour qasim nasser harbi zein amin farah jaber otaibi masri khoury shami")
}

// latin folds a name to the letters that handles allow.
func latin(lang, s string) string {
	if lang == "ar" || lang == "ja" {
		return "user"
	}
	s = stripAccents(strings.ToLower(s))
	var b strings.Builder
	for _, c := range s {
		if c >= 'a' && c <= 'z' {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// displayName is what the account calls itself.
func displayName(r *rand.Rand, lang, platform, given, family, handle string) string {
	emoji := []string{"🌿", "☕", "🍋", "✨", "🐾", "🌙", "📚", "🍞", "⚽", "🎧", "🚲", "🌊"}
	joined := given + " " + family
	if lang == "ja" {
		joined = family + given
	}
	if platform == "reddit" || platform == "forum" {
		return handle
	}
	switch r.IntN(8) {
	case 0, 1:
		return given
	case 2:
		return given + " " + pickOne(r, emoji)
	case 3:
		if lang == "en" {
			return strings.ToLower(given)
		}
		return given
	case 4:
		return joined + " " + pickOne(r, emoji)
	default:
		return joined
	}
}
