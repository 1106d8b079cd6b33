package analytics

import (
	"context"
	"fmt"
	"strconv"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/analytics/themes"
	"vedette/backend/columns"
	"vedette/backend/model"
)

// Limits on what themes shows.
const (
	fewestOfTheme = 5
	risingShown   = 30
	linksShown    = 60
	leastRise     = 2.0 // standard errors
	themePosts    = 10
)

// themed finds what the posts of a run are about. Rising terms compare the last
// quarter of the period with the rest.
func themed(ctx context.Context, in Inputs, n, phrases int, seed uint64) (model.ThemesResult, error) {
	c := themes.NewCorpus(themes.ReadStopWords(in.StopWords))
	lang, _ := in.View.Facet("lang")
	var ords []uint32
	err := in.each(ctx, func(ord uint32, p *model.Post) error {
		text := p.Text
		if p.Title != "" {
			text = p.Title + "\n" + text
		}
		c.Add(lang.Value(lang.Of(ord)), text, in.View.Time(ord))
		ords = append(ords, ord)
		return nil
	})
	if err != nil {
		return model.ThemesResult{}, err
	}
	first, last, _ := in.View.Span(chosen(in.View, in.Selection))
	from := last - (last-first)/4
	found, err := c.Themes(ctx, n, phrases, fewestOfTheme, first, last, seed)
	if err != nil {
		return model.ThemesResult{}, fmt.Errorf("find themes: %w", err)
	}
	r := model.ThemesResult{Posts: c.Len(), Without: int64(c.Len()), Seed: seed, From: from, Themes: []model.Theme{}, Rising: []model.RisingTerm{}, Links: []model.TermLink{}}
	for _, t := range found {
		r.Without -= t.Posts
		x := model.Theme{Words: t.Words, Posts: t.Posts, Before: t.Before, After: t.After, PostIDs: []string{}, Phrases: []model.Keyphrase{}}
		for _, p := range t.Phrases {
			x.Phrases = append(x.Phrases, model.Keyphrase{Text: p.Text, Posts: p.Posts, Score: p.Score})
		}
		set := roaring.New()
		for _, i := range t.Members {
			set.Add(ords[i])
		}
		for _, o := range in.View.Page(set, columns.Sort{By: columns.SortEngagement, Desc: true}, 0, themePosts) {
			x.PostIDs = append(x.PostIDs, strconv.FormatInt(columns.ID(o), 10))
		}
		r.Themes = append(r.Themes, x)
	}
	for _, t := range c.Rising(from, risingShown, fewestOfTheme, leastRise) {
		r.Rising = append(r.Rising, model.RisingTerm{Text: t.Text, Before: t.Before, Now: t.Now, Z: t.Z})
	}
	for _, l := range c.Cooccurrence(fewestOfTheme) {
		if len(r.Links) == linksShown {
			break
		}
		r.Links = append(r.Links, model.TermLink{A: l.A, B: l.B, Posts: l.Posts, PMI: l.PMI})
	}
	return r, ctx.Err()
}
