package report

import (
	"strings"

	"vedette/backend/report/chart"
	"vedette/backend/report/episode"
	"vedette/backend/report/typeset"
)

// advice is what the figures give reason to watch, by fixed rules.
func (d *doc) advice() []string {
	var says []string
	for _, say := range [...]func() string{d.watchOngoing, d.watchAgain, d.watchWorst, d.watchUnknown, d.watchShort} {
		if s := say(); s != "" {
			says = append(says, s)
		}
	}
	return says
}

// suggestions set the advice in a frame of its own, since it is neither fact
// nor finding.
func (d *doc) suggestions() {
	says := d.advice()
	if len(says) == 0 {
		return
	}
	const pad, indent = 10.0, 15.0
	head := d.c.Layout(append(span(d.l.T("watch.title"), typeset.Bold, sizeH2, ink), span("   "+d.l.T("watch.note"), typeset.Sans, sizeSmall, grey)...),
		typeset.Options{Width: textW - 2*pad, Leading: 15, Align: typeset.Left})
	arrow := d.c.Layout(span("→", typeset.Sans, sizeBody, accent), typeset.Options{Width: indent, Leading: leadingBody})
	var blocks []typeset.Block
	high := head.Height + 3
	for _, s := range says {
		b := d.c.Layout(rich(s, typeset.Sans, sizeBody, ink), typeset.Options{Width: textW - 2*pad - indent, Leading: leadingBody, Align: typeset.Left})
		blocks = append(blocks, b)
		high += b.Height + 3
	}
	d.y += 5
	if high += 1.5 * pad; d.y+high > bottomY && high < bottomY-topY {
		d.newPage()
	}
	if d.y+high <= bottomY {
		d.rect(marginX, d.y, textW, high, chart.RGB("#EEF4F9"))
	}
	d.y += pad * 0.7
	d.flow(head, marginX+pad, nil)
	d.y += 3
	for _, b := range blocks {
		d.room(min(b.Height, 2*leadingBody))
		d.c.Draw(arrow, marginX+pad, d.y)
		d.flow(b, marginX+pad+indent, nil)
		d.y += 3
	}
	d.y += pad
}

// watchOngoing points at what had not ended.
func (d *doc) watchOngoing() string {
	under, _ := d.ongoing()
	if len(under) == 0 {
		return ""
	}
	return d.l.T("watch.ongoing", "list", d.leads(under), "ref", ref(d.in.Results.Alerts.Run))
}

// watchAgain points at the subjects that rose in more than one episode.
func (d *doc) watchAgain() string {
	a := d.in.Results.Alerts
	if a == nil {
		return ""
	}
	all := episode.Group(a.Value.Alerts)
	var names []string
	for _, s := range d.in.Subjects {
		n := 0
		for i := range all {
			if all[i].Has("subject:" + s.ID) {
				n++
			}
		}
		if n > 1 {
			names = append(names, s.Name+" ("+d.l.Int(int64(n))+")")
		}
	}
	if len(names) == 0 {
		return ""
	}
	return d.l.T("watch.again", "list", strings.Join(names, ", "), "all", d.l.Int(int64(len(all))), "ref", ref(a.Run))
}

// watchWorst points at the subject to read first.
func (d *doc) watchWorst() string {
	row, share, run := d.worst()
	if row == nil || share < 0.5 {
		return ""
	}
	return d.l.T("watch.worst", "name", row.Name, "n", d.l.Plural("n.posts", row.Sentiment.Negative), "ref", ref(run))
}

// watchUnknown points at what the models could not read.
func (d *doc) watchUnknown() string {
	s := d.in.Results.Sentiment
	if s == nil {
		return ""
	}
	t := s.Value.Total
	all := t.Negative + t.Neutral + t.Positive + t.Unknown
	if all == 0 || float64(t.Unknown)/float64(all) < 0.25 {
		return ""
	}
	return d.l.T("watch.unknown", "n", d.l.Plural("n.posts", t.Unknown), "share", d.l.Percent(float64(t.Unknown)/float64(all)), "ref", ref(s.Run))
}

// watchShort points at the series with too little history.
func (d *doc) watchShort() string {
	a := d.in.Results.Alerts
	if a == nil || len(a.Value.TooShort) == 0 {
		return ""
	}
	return d.l.T("watch.short", "list", d.seriesNames(a.Value.TooShort), "ref", ref(a.Run))
}
