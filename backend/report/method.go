package report

import (
	"encoding/json"
	"sort"
	"strconv"
	"strings"

	"vedette/backend/model"
	"vedette/backend/report/typeset"
)

// method says in plain words how the figures came about and what they cannot say.
func (d *doc) method() {
	d.section("section.method", 90)
	r := &d.in.Results
	say := func(have bool, key string) {
		if have {
			d.bullet(d.l.T(key))
		}
	}
	d.body(d.l.T("method.intro"))
	say(true, "method.runs")
	say(r.Sentiment != nil, "method.sentiment")
	say(r.Voice != nil, "method.voice")
	say(r.Alerts != nil, "method.alerts")
	say(r.Alerts != nil, "method.episodes")
	say(len(d.advice()) > 0, "method.watch")
	if len(d.in.Quotes) > 0 {
		d.bullet(d.l.T("quotes.rule"))
	}
	d.heading(d.l.T("limits.title"), 40)
	say(true, "limits.missing")
	say(true, "limits.sample")
	say(true, "limits.zone")
	say(r.Sentiment != nil, "limits.sentiment")
	say(true, "limits.glyphs")
	for _, s := range d.in.Limits {
		d.bullet(s)
	}
}

// coverage says what the case holds and what it lacks.
func (d *doc) coverage() {
	c := &d.in.Coverage
	d.section("section.coverage", 160)
	d.body(d.l.T("coverage.intro"))
	share := func(n int64) string {
		if c.Posts == 0 {
			return "–"
		}
		return d.l.Percent(float64(n) / float64(c.Posts))
	}
	d.heading(d.l.T("coverage.missing"), 80)
	var rows [][]string
	for _, m := range [...]struct {
		key string
		n   int64
	}{
		{"missing.instant", c.Undated},
		{"missing.language", c.UnknownLanguage},
		{"missing.sentiment", c.UnknownSentiment},
		{"missing.likes", c.MissingLikes},
		{"missing.comments", c.MissingComments},
		{"missing.shares", c.MissingShares},
		{"missing.views", c.MissingViews},
		{"missing.followers", c.MissingFollowers},
	} {
		rows = append(rows, []string{d.l.T(m.key), d.l.Int(m.n), share(m.n)})
	}
	d.table([]column{{head: d.l.T("col.missing"), width: 240}, {head: d.l.T("posts"), width: 90, right: true}, {head: d.l.T("chart.shareofposts"), width: 110, right: true}}, rows)
	if len(c.Platforms) > 0 {
		d.heading(d.l.T("coverage.platforms"), 60)
		rows = nil
		for _, t := range c.Platforms {
			rows = append(rows, []string{d.l.Or("platform."+t.Key, t.Key), d.l.Int(t.N), share(t.N)})
		}
		d.table([]column{{head: d.l.T("col.platform"), width: 240}, {head: d.l.T("posts"), width: 90, right: true}, {head: d.l.T("chart.shareofposts"), width: 110, right: true}}, rows)
	}
	d.sources()
	d.note(d.l.T("coverage.reading", "batches", d.l.Plural("n.batches", c.Batches), "duplicates", d.l.Int(c.Duplicates), "rejected", d.l.Int(c.Rejected),
		"withdrawn", d.l.Int(c.Withdrawn), "excluded", d.l.Int(c.Excluded)))
}

// sources lists where the posts came from and how far each source is trusted.
func (d *doc) sources() {
	if len(d.in.Coverage.Sources) == 0 {
		return
	}
	d.heading(d.l.T("coverage.sources"), 60)
	var rows [][]string
	for _, s := range d.in.Coverage.Sources {
		name := s.Source.Name
		if name == "" {
			name = d.l.T("source.unnamed")
		}
		rows = append(rows, []string{name, s.Source.Reliability, d.l.Or("mode."+string(s.Source.Mode), string(s.Source.Mode)), s.Source.Authority, d.l.Int(s.Posts)})
	}
	d.table([]column{
		{head: d.l.T("col.source"), width: textW + cellPad - 306, lines: 3},
		{head: d.l.T("col.reliability"), width: 70},
		{head: d.l.T("col.mode"), width: 80},
		{head: d.l.T("col.authority"), width: 90, lines: 3},
		{head: d.l.T("posts"), width: 66, right: true},
	}, rows)
	d.note(d.l.T("coverage.admiralty"))
}

// appendix lets a reader check the report against the case.
func (d *doc) appendix() {
	d.section("section.appendix", 90)
	c := &d.in.Custody
	claim := "custody.internal"
	if c.Outside {
		claim = "custody.outside"
	}
	d.body(d.l.T("custody.intro") + " " + d.l.T(claim))
	var rows [][2]string
	add := func(key, value string) {
		if value != "" {
			rows = append(rows, [2]string{d.l.T(key), value})
		}
	}
	add("custody.size", d.l.Int(c.LogSize))
	add("custody.root", c.Root)
	add("custody.head", c.Head)
	add("custody.key", c.PublicKey)
	add("custody.checkpoint", strings.TrimRight(c.Checkpoint, "\n"))
	d.facts(rows, 118, textW-118, marginX, typeset.Mono, 7)
	if len(d.in.Quotes) > 0 {
		d.heading(d.l.T("appendix.items"), 80)
		d.items()
	}
	if len(d.in.Runs) > 0 {
		d.heading(d.l.T("appendix.runs"), 80)
		d.runs()
	}
	if len(d.in.Versions) > 0 {
		d.heading(d.l.T("appendix.versions"), 60)
		var v [][]string
		for _, s := range d.in.Versions {
			v = append(v, []string{s.Name, s.Version})
		}
		d.table([]column{{head: d.l.T("col.software"), width: 190}, {head: d.l.T("col.version"), width: textW + cellPad - 190}}, v)
	}
}

// items lists the whole hashes of the quoted posts.
func (d *doc) items() {
	var rows [][]string
	for i := range d.in.Quotes {
		q := &d.in.Quotes[i]
		proof := q.Post.SHA256
		if q.Commitment != "" {
			proof += "\n" + q.Commitment
		}
		rows = append(rows, []string{"[E" + strconv.Itoa(i+1) + "]", q.Post.UID + "\n" + locator(q.Post.Locator), proof})
	}
	d.table([]column{
		{head: "", width: 34},
		{head: d.l.T("col.item"), width: textW + cellPad - 34 - 264, mono: true},
		{head: d.l.T("col.hashes"), width: 264, mono: true},
	}, rows)
}

// locator writes a place in the evidence: container, member, bytes or row.
func locator(l model.Locator) string {
	s := l.Container
	if len(s) > shortHash {
		s = s[:shortHash] + "…"
	}
	if l.Member != "" {
		s += "/" + l.Member
	}
	switch {
	case l.HasRange():
		s += " @" + strconv.FormatInt(l.Offset, 10) + "+" + strconv.FormatInt(l.Length, 10)
	case l.Row > 0:
		s += " #" + strconv.FormatInt(l.Row, 10)
	case l.Item != "":
		s += " " + l.Item
	}
	return s
}

// runs lists every analysis with what decides it and the hash of its result.
// What is the same for all of them is said once.
func (d *doc) runs() {
	engine, print := d.in.Runs[0].Engine, d.in.Runs[0].Fingerprint
	for i := range d.in.Runs {
		if d.in.Runs[i].Engine != engine {
			engine = ""
		}
		if d.in.Runs[i].Fingerprint != print {
			print = ""
		}
	}
	var facts [][2]string
	if engine != "" {
		facts = append(facts, [2]string{d.l.T("runs.engine"), engine})
	}
	if print != "" {
		facts = append(facts, [2]string{d.l.T("runs.fingerprint"), print})
	}
	if len(facts) > 0 {
		d.facts(facts, 118, textW-118, marginX, typeset.Mono, 7)
		d.y += 4
	}
	var rows [][]string
	for i := range d.in.Runs {
		r := &d.in.Runs[i]
		var proof []string
		if print == "" {
			proof = append(proof, r.Fingerprint)
		}
		proof = append(proof, r.ResultHash)
		if engine == "" {
			proof = append(proof, r.Engine)
		}
		what := strings.TrimSpace(d.l.Or("run."+r.Spec.Kind, r.Spec.Kind) + " " + params(r.Spec))
		proof = append(proof, d.l.T("runs.seen", "n", d.l.Int(r.LogIndex))+" · "+r.At.UTC().Format("2006-01-02 15:04:05")+"\u00a0UTC")
		rows = append(rows, []string{ref(r.ID), what, d.l.Int(r.Posts), strings.Join(proof, "\n")})
	}
	d.table([]column{
		{head: "", width: 30},
		{head: d.l.T("col.run"), width: textW + cellPad - 30 - 66 - 264},
		{head: d.l.T("posts"), width: 66, right: true},
		{head: d.l.T("col.runproof"), width: 264, mono: true},
	}, rows)
	d.note(d.l.T("runs.note"))
}

// params writes a run's parameters and selection on one line, keys sorted.
func params(s model.RunSpec) string {
	keys := make([]string, 0, len(s.Params))
	for k := range s.Params {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	var parts []string
	for _, k := range keys {
		parts = append(parts, k+"="+strings.ReplaceAll(s.Params[k], ",", ", "))
	}
	if !s.Selection.IsZero() {
		if sel, err := json.Marshal(s.Selection); err == nil {
			parts = append(parts, string(sel))
		}
	}
	return strings.Join(parts, " ")
}
