package report

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"time"

	"github.com/jung-kurt/gofpdf"

	"vedette/backend/model"
	"vedette/backend/report/chart"
	"vedette/backend/report/lang"
	"vedette/backend/report/typeset"
)

// Fonts are the parsed fonts that reports are set in.
type Fonts = *typeset.Fonts

// LoadFonts parses the fonts of the package vedette/assets (or any file system
// that holds the same). Parse once and share: the result is safe for
// concurrent use.
func LoadFonts(fsys fs.FS) (Fonts, error) {
	f, err := typeset.Load(fsys)
	if err != nil {
		return nil, fmt.Errorf("load report fonts: %w", err)
	}
	return f, nil
}

// PDF writes the case report. It is a pure function: the same Input and fonts
// give the same bytes. Nothing is written to w unless the whole report was
// made. A fault report_failed stands for a report that could not be set.
func PDF(ctx context.Context, in Input, fonts Fonts, w io.Writer) (err error) {
	l, err := lang.For(in.Lang)
	if err != nil {
		return &model.Fault{Code: "report_language", Params: map[string]string{"message": "this report language is not known", "lang": in.Lang}, Err: err}
	}
	defer func() {
		if r := recover(); r != nil {
			err = failed(fmt.Errorf("set report: %v", r))
		}
	}()
	if fonts == nil {
		return failed(fmt.Errorf("no fonts given"))
	}
	d := newDoc(ctx, &in, fonts, l)
	for _, part := range [...]func(){
		d.cover, d.summary, d.findings, d.overTime, d.alerts, d.voice, d.makeup, d.actors, d.quotes, d.method, d.coverage, d.appendix,
	} {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("make report: %w", err)
		}
		part()
	}
	d.contents()
	d.furnish()
	if err := d.pdf.Error(); err != nil {
		return failed(err)
	}
	if err := d.pdf.Output(w); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// failed is the fault of a report that could not be made.
func failed(err error) error {
	return &model.Fault{Code: "report_failed", Params: map[string]string{"message": "the report could not be made"}, Err: err}
}

// newDoc prepares an empty document with its metadata.
func newDoc(ctx context.Context, in *Input, fonts Fonts, l *lang.Lang) *doc {
	switch in.Case.TLP {
	case model.TLPRed, model.TLPAmberStrict, model.TLPAmber, model.TLPGreen, model.TLPClear:
	default:
		in.Case.TLP = model.TLPRed
	}
	pdf := gofpdf.New("P", "pt", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(in.AsOf.At.UTC())
	pdf.SetModificationDate(in.AsOf.At.UTC())
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetProducer("Vedette", true)
	pdf.SetCreator("Vedette", true)
	d := &doc{pdf: pdf, in: in, l: l, ctx: ctx, zone: chart.Zone(in.Case.Zone), c: typeset.NewCanvas(pdf, fonts), evidence: make(map[string]int)}
	pdf.SetTitle(plane0(d.title()), true)
	pdf.SetAuthor(plane0(in.Case.Owner), true)
	pdf.SetSubject(plane0(in.Case.Name), true)
	for i := range in.Quotes {
		if _, twice := d.evidence[in.Quotes[i].Post.UID]; !twice {
			d.evidence[in.Quotes[i].Post.UID] = i + 1
		}
	}
	return d
}

// title is the report's title.
func (d *doc) title() string {
	if d.in.Title != "" {
		return d.in.Title
	}
	return d.l.T("report.title")
}

// plane0 names the runes that the PDF's metadata cannot hold.
func plane0(s string) string {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if r > 0xFFFF || r < ' ' {
			out = append(out, []rune(typeset.Name(r))...)
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

// period gives the first and last day reported on; the end is exclusive.
func (d *doc) period() (from, to time.Time) {
	from, to = d.in.From, d.in.To
	if v := d.in.Results.Volume; v != nil && len(v.Value.Points) > 0 {
		p := v.Value.Points
		if from.IsZero() {
			from = time.Unix(p[0].T, 0)
		}
		if to.IsZero() {
			to = nextBucket(time.Unix(p[len(p)-1].T, 0).In(chart.Zone(v.Value.Zone)), v.Value.Unit)
		}
	}
	return from, to
}

// nextBucket is the end of the bucket that begins at t.
func nextBucket(t time.Time, unit string) time.Time {
	switch unit {
	case "15m":
		return t.Add(15 * time.Minute)
	case "1h":
		return t.Add(time.Hour)
	case "3h":
		return t.Add(3 * time.Hour)
	case "week":
		return t.AddDate(0, 0, 7)
	case "month":
		return t.AddDate(0, 1, 0)
	}
	return t.AddDate(0, 0, 1)
}
