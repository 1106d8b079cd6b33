package report_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette/backend/model"
	"vedette/backend/report"
)

// hash is a stable stand-in for a digest.
func hash(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// quoted are posts that are hard to set: every direction, script and length.
var quoted = []struct{ platform, name, handle, text, url string }{
	{"x", "Marta Ibáñez", "martaib", "¿Alguien más con la batería de la Nubelia 3 hinchada? Llevo una semana esperando respuesta del servicio técnico y nada. #Nubelia #batería 😡", "https://x.example/martaib/status/1790000000000000001"},
	{"telegram", "أخبار المدينة", "akhbar", "مرحبا بالعالم، هذه رسالة طويلة نسبيًا عن جودة المنتج وسعره في عام 2024، والبطارية ساخنة جدًا! رابط: https://example.org/path", "https://t.example/akhbar/881"},
	{"bluesky", "日本の消費者", "nihon.example", "新しいヌベリアを買いましたが、三日で電池が膨らみました。「安全です」と言われても信じられません。改行しても文字が失われないことを確認するための長い文章です。", "https://bsky.example/profile/nihon.example/post/3kabc"},
	{"reddit", "", "throwaway_889", "👩‍👩‍👧‍👦 our whole family returned theirs 🇪🇸🇯🇵 👍🏽 ❤️‍🔥 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🧿 🤷🏾‍♂️ — refund took 14 days; \"never again\" 𝓯𝓪𝓷𝓬𝔂", "https://reddit.example/r/phones/comments/abc/def/"},
	{"mastodon", "ישראל ישראלי", "israel@example.org", "שלום עולם 2024 בדיקה של 15 מוצרים, מחיר 99.90 ₪ ועוד English באמצע — סוף.", "https://mastodon.example/@israel/1122334455"},
	{"youtube", "김민수", "minsu", "한국어 게시물입니다. 새 제품을 샀는데 배터리가 부풀었어요. 줄바꿈에서도 글자가 사라지지 않아야 합니다.", "https://youtube.example/watch?v=abc123"},
	{"facebook", "राहुल शर्मा", "rahul", "यह हिंदी में एक पोस्ट है। उत्पाद की गुणवत्ता बहुत अच्छी नहीं है और क्षत्रिय ज्ञान।", "https://facebook.example/rahul/posts/1"},
	{"x", "สมชาย " + strings.Repeat("ชื่อยาวมาก", 30), "somchai", "ภาษาไทยไม่มีช่องว่างระหว่างคำดังนั้นต้องตัดบรรทัดให้ถูกต้องและเครื่องหมายวรรณยุกต์ต้องอยู่ครบ", "https://x.example/somchai/status/2"},
	{"hackernews", "Z̷̧̛̤̠͔a̵̡̢̛̖l̶̡̢̖̗g̷o̸", "zalgo", "Z̷̧̛̤̠͔̳̭̖̜͇͗̋̈́̓̕͝a̵̡̢̛̖̗̘̙̜̝̞̟̠l̶̡̢̖̗̘̙̜̝̞̟̠̣̤̥̦g̷o̸ and an unbroken link https://example.org/a/very/long/" + strings.Repeat("0123456789", 24) + "?q=1#frag", "https://news.example/item?id=" + strings.Repeat("9", 180)},
	{"feed", "Diario de Prueba", "", longPost(), "https://diario.example/2024/03/articulo"},
}

// longPost is five thousand characters of paragraphs.
func longPost() string {
	var b strings.Builder
	for i := 1; b.Len() < 5000; i++ {
		fmt.Fprintf(&b, "Párrafo %d: la empresa confirmó ayer que retirará del mercado un lote de baterías; los afectados podrán pedir la devolución íntegra. ", i)
		if i%5 == 0 {
			b.WriteString("\n")
		}
	}
	return strings.TrimSpace(b.String())
}

var day = time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)

// quotes are the hard posts as candidates.
func quotes() []report.Quote {
	var out []report.Quote
	for i, q := range quoted {
		uid := fmt.Sprintf("%s:%d", q.platform, 1790000000000000000+i)
		score := -0.4
		p := model.PostView{
			ID: fmt.Sprint(i + 1), UID: uid, Platform: q.platform, Type: model.PageSocial, Kind: model.KindPost, Text: q.text, URL: q.url, Lang: "es",
			Author:    model.AuthorView{ID: q.platform + ":" + q.handle, Handle: q.handle, Name: q.name, Followers: model.Known(int64(1200 * (i + 1)))},
			Counts:    model.Counts{Likes: model.Known(int64(i * 137)), Comments: model.Known(1), Shares: model.Known(int64(i))},
			CreatedAt: day.Add(time.Duration(i*1777) * time.Minute).Format(time.RFC3339), Zone: model.ZoneStated, Visibility: model.VisibilityPublic,
			Polarity: model.PolarityNegative, Sentiment: &score, Sightings: 1 + i%3, SHA256: hash(q.text), Mode: model.ModeOpen,
			Locator: model.Locator{Container: hash(q.platform), Offset: int64(i * 4096), Length: 2048},
		}
		if i == 8 {
			p.Zone, p.Counts, p.Polarity = model.ZoneAssumed, model.Counts{}, model.PolarityUnknown
			p.Author.Followers = model.Count{}
		}
		if q.platform == "feed" {
			p.Kind, p.Type, p.Title = model.KindArticle, model.PageNews, "Nubelia retira un lote de baterías tras las quejas en redes"
		}
		out = append(out, report.Quote{Post: p, Theme: []string{"safety", "service"}[i%2], Commitment: hash("commit" + uid)})
	}
	return out
}

// fixture is an Input with everything in it.
func fixture(lang string) report.Input {
	in := report.Input{
		Lang:    lang,
		Summary: "Complaints about swollen batteries rose within two days and reached the national press.\n\nThe paragraph after it says what the client asked for.",
		Case: model.CaseMeta{
			ID: "3f1c0a52-6b1e-4f53-9a5d-0d6a3b0c9f11", Name: "Nubelia 3 – baterías hinchadas", Owner: "Elena Ríos, Consultora", TLP: model.TLPAmberStrict,
			Purpose: "Establish how talk about swollen batteries of the Nubelia 3 began and spread, for the manufacturer’s recall team.",
			Basis:   "Legitimate interest (art. 6.1.f GDPR), DPIA 2024-17", Yardstick: model.YardstickICD203, Zone: "Europe/Madrid", RetainUntil: "2026-12-31",
		},
		AsOf:     report.AsOf{LogIndex: 48213, At: time.Date(2024, 3, 31, 17, 4, 9, 0, time.UTC)},
		Quotes:   quotes(),
		Subjects: []model.Subject{{ID: "s1", Name: "Nubelia"}, {ID: "s2", Name: "Cirrofon", Competitor: true}},
		Custody: report.Custody{
			LogSize: 48213, Root: hash("root"), Head: hash("head"), PublicKey: "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3", Outside: true,
			Checkpoint: "untrusted comment: vedette checkpoint\nvedette/1 3f1c0a52 48213\n" + hash("root") + "\n" + hash("head") + "\n2024-03-31T17:04:09Z\n",
		},
		Versions: []report.Version{{"vedette", "0.1.0"}, {"analytics", "analytics/1"}, {"language model", "eld 2024-05, 60 languages"}, {"sentiment model", "vader-1"}},
		Limits:   []string{"On the SemEval-2017 test the English model reaches a macro-recall of 0.63."},
		Coverage: report.Coverage{
			Posts: 48213, Accounts: 20981, Undated: 31, Withdrawn: 12, Duplicates: 871, Rejected: 44, Batches: 17, Excluded: 9, UnknownLanguage: 812, UnknownSentiment: 9132,
			MissingLikes: 1200, MissingComments: 1300, MissingShares: 15022, MissingViews: 31099, MissingFollowers: 22001,
			Platforms: []report.Tally{{"x", 30112}, {"reddit", 9002}, {"telegram", 6099}, {"feed", 3000}},
			Sources: []report.SourceTally{
				{Source: model.Source{Name: "Brand monitor export", Reliability: "B", Mode: model.ModeOpen}, Posts: 41000},
				{Source: model.Source{Reliability: "F", Mode: model.ModeClosed, Authority: "Order 12/2024"}, Posts: 7213},
			},
		},
	}
	in.Findings = []report.Finding{
		{Kind: report.FindingFact, Text: "The first post about a swollen battery in the case dates from 2 March; the press took it up on 10 March.", Evidence: []string{in.Quotes[0].Post.UID, in.Quotes[9].Post.UID}, Runs: []int64{1}},
		{Kind: report.FindingAssessment, Text: "The rise of 9 March was carried by existing customers rather than by coordinated accounts.", Likelihood: "likely", Confidence: "moderate", Evidence: []string{in.Quotes[3].Post.UID}, Contrary: []string{"x:404"}, Runs: []int64{10}},
		{Kind: report.FindingAssumption, Text: "Exports of the brand monitor are complete for the period."},
	}
	in.Results = results()
	for i, kind := range []string{"volume", "sentiment", "voice", "platforms", "types", "languages", "accounts", "hashtags", "domains", "alerts"} {
		in.Runs = append(in.Runs, model.Run{
			ID: int64(i + 1), Spec: model.RunSpec{Kind: kind, Params: map[string]string{"unit": "day", "zone": "Europe/Madrid"}, Selection: model.Selection{Query: "nubelia OR \"nubelia 3\""}},
			Engine: "analytics/1 enrich/1", Posts: 48213, Fingerprint: hash("f" + kind), LogIndex: 48213, ResultHash: hash("r" + kind), At: in.AsOf.At, Result: json.RawMessage("{}"),
		})
	}
	return in
}

// results are one of each analysis.
func results() report.Results {
	vol := model.VolumeResult{Unit: "day", Zone: "Europe/Madrid", Undated: 31}
	sen := model.SentimentResult{Unit: "day", Zone: "Europe/Madrid"}
	for i := range 31 {
		n := int64(800 + 37*(i%7) + i*i%113)
		if i == 8 || i == 9 {
			n *= 5
		}
		t := time.Date(2024, 3, 1+i, 0, 0, 0, 0, time.UTC).Unix() - 3600
		vol.Points, vol.Total = append(vol.Points, model.VolumePoint{T: t, N: n}), vol.Total+n
		c := model.PolarityCounts{Negative: n * 4 / 10, Neutral: n * 3 / 10, Positive: n / 10}
		c.Unknown = n - c.Negative - c.Neutral - c.Positive
		sen.Points = append(sen.Points, model.SentimentPoint{T: t, PolarityCounts: c})
		sen.Total.Negative, sen.Total.Neutral = sen.Total.Negative+c.Negative, sen.Total.Neutral+c.Neutral
		sen.Total.Positive, sen.Total.Unknown = sen.Total.Positive+c.Positive, sen.Total.Unknown+c.Unknown
	}
	rank := func(dim string, rows ...model.RankRow) model.RankResult {
		return model.RankResult{Dimension: dim, Distinct: 20981, Rows: rows}
	}
	share := func(dim string, total int64, keys ...string) model.ShareResult {
		r := model.ShareResult{Dimension: dim, Total: total}
		left := 1.0
		for _, k := range keys {
			s := left * 0.55
			left -= s
			r.Rows = append(r.Rows, model.ShareRow{Key: k, Posts: int64(s * float64(total)), Share: s})
		}
		return r
	}
	var accounts, tags, domains []model.RankRow
	for i := range 15 {
		q := quoted[i%len(quoted)]
		accounts = append(accounts, model.RankRow{Key: q.platform + ":" + q.handle, Label: strings.TrimSpace("@" + q.handle + " " + q.name), Platform: q.platform, Posts: int64(900 - 41*i), Engagement: int64(100000 - 999*i), EngagementKnown: int64(i % 4), Followers: model.Known(int64(i * 10000))})
		tags = append(tags, model.RankRow{Key: fmt.Sprintf("etiqueta%d", i), Label: []string{"nubelia", "بطارية", "電池", "recall2024", "unaetiquetamuylargaquenocabeenlalinea"}[i%5], Posts: int64(500 - 30*i)})
		domains = append(domains, model.RankRow{Key: fmt.Sprintf("site%d.example", i), Label: fmt.Sprintf("site%d.example", i), Posts: int64(400 - 25*i)})
	}
	alerts := model.AlertsResult{Unit: "1h", Threshold: 3, Series: 14, TooShort: []string{"subject:s3"}}
	for i, a := range []struct{ series, label string }{{"all", "All posts"}, {"subject:s1", "Nubelia"}, {"platform:telegram", "telegram"}} {
		start := time.Date(2024, 3, 9, 7+i, 0, 0, 0, time.UTC).Unix()
		alerts.Alerts = append(alerts.Alerts, model.Alert{
			ID: fmt.Sprint(i), Series: a.series, Label: a.label, Start: start, Peak: start + 7200, End: start + 6*3600, Score: 7.42 - float64(i), Observed: 812, Expected: 41.5, Posts: 3120,
			PostIDs: []string{"1", "3", "404"},
			Reasons: []model.AlertReason{
				{Code: "seasonal", Values: map[string]string{"score": "7.4", "median": "41.5", "windows": "35"}},
				{Code: "since", Values: map[string]string{"start": fmt.Sprint(start), "detected": fmt.Sprint(start + 3600), "end": fmt.Sprint(start + 7200)}},
				{Code: "carried", Values: map[string]string{"posts": "3120", "authors": "2011", "engagement": "81234", "top_share": "0.412"}},
				{Code: "new_hashtags", Values: map[string]string{"hashtags": "#recall2024 #電池", "count": "2"}},
				{Code: "never_heard_of", Values: map[string]string{"a": "1"}},
			},
		})
	}
	return report.Results{
		Volume: &report.Result[model.VolumeResult]{Run: 1, Value: vol}, Sentiment: &report.Result[model.SentimentResult]{Run: 2, Value: sen},
		Voice: &report.Result[model.VoiceResult]{Run: 3, Value: model.VoiceResult{Posts: 40000, Neither: 8213, Subjects: []model.VoiceRow{
			{ID: "s1", Name: "Nubelia", Mentions: 30000, MentionShare: .68, Engagement: 91000, EngagementKnown: 2, EngagementShare: .74, Reach: 9000000, ReachKnown: 1, ReachShare: .5, Sentiment: model.PolarityCounts{Negative: 400, Neutral: 300, Positive: 100}},
			{ID: "s2", Name: "Cirrofon", Competitor: true, Mentions: 14000, MentionShare: .32, Engagement: 32000, EngagementKnown: 2, EngagementShare: .26, Reach: 9000000, ReachKnown: 1, ReachShare: .5},
		}}},
		Platforms: &report.Result[model.ShareResult]{Run: 4, Value: share("platforms", 48213, "x", "reddit", "telegram", "feed", "")},
		Types:     &report.Result[model.ShareResult]{Run: 5, Value: share("types", 48213, "social", "forum", "news", "chat")},
		Languages: &report.Result[model.ShareResult]{Run: 6, Value: share("languages", 48213, "es", "en", "ar", "ja", "und", "ko", "hi", "th", "he", "fr")},
		Accounts:  &report.Result[model.RankResult]{Run: 7, Value: rank("accounts", accounts...)},
		Hashtags:  &report.Result[model.RankResult]{Run: 8, Value: rank("hashtags", tags...)},
		Domains:   &report.Result[model.RankResult]{Run: 9, Value: rank("domains", domains...)},
		Alerts:    &report.Result[model.AlertsResult]{Run: 10, Value: alerts},
	}
}

func fonts(t testing.TB) report.Fonts {
	t.Helper()
	f, err := loadFonts()
	if err != nil {
		t.Fatal(err)
	}
	return f
}
