package report

import (
	"strconv"
	"strings"

	"vedette/backend/report/typeset"
)

// findings sets the key findings, each with its kind, likelihood, confidence
// and evidence apart from the sentence.
func (d *doc) findings() {
	if len(d.in.Findings) == 0 {
		return
	}
	d.section("section.findings", 110)
	d.note(d.l.T("findings.note", "yardstick", d.l.Or("yardstick."+string(d.in.Case.Yardstick), string(d.in.Case.Yardstick))))
	for i, f := range d.in.Findings {
		d.finding(i+1, f)
	}
}

func (d *doc) finding(n int, f Finding) {
	const indent = 26.0
	text := d.c.Layout(rich(f.Text, typeset.Sans, 10, ink), typeset.Options{Width: textW - indent, Leading: 14.4})
	d.room(min(text.Height+14, 200))
	d.c.Draw(d.c.Layout(span(strconv.Itoa(n), typeset.Serif, 15, accent), typeset.Options{Width: indent, Leading: 17}), marginX, d.y-1)
	d.flow(text, marginX+indent, nil)
	parts := []string{d.l.Or("finding."+string(f.Kind), string(f.Kind))}
	if f.Likelihood != "" {
		parts = append(parts, d.l.T("finding.likelihood", "value", f.Likelihood))
	}
	if f.Confidence != "" {
		parts = append(parts, d.l.T("finding.confidence", "value", f.Confidence))
	}
	if e := d.cite(f.Evidence, f.Runs); e != "" {
		parts = append(parts, d.l.T("finding.evidence", "refs", e))
	}
	if e := d.cite(f.Contrary, nil); e != "" {
		parts = append(parts, d.l.T("finding.contrary", "refs", e))
	}
	d.flow(d.c.Layout(rich(strings.Join(parts, " · "), typeset.Sans, sizeSmall, grey), typeset.Options{Width: textW - indent, Leading: 11.5}), marginX+indent, nil)
	d.y += 8
}

// cite turns posts and runs into references; a post that is not quoted is
// cited by its id.
func (d *doc) cite(posts []string, runs []int64) string {
	var out []string
	for _, uid := range posts {
		if n, ok := d.evidence[uid]; ok {
			out = append(out, "[E"+strconv.Itoa(n)+"]")
		} else {
			out = append(out, uid)
		}
	}
	for _, r := range runs {
		out = append(out, ref(r))
	}
	return strings.Join(out, " ")
}
