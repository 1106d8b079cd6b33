package workspace

import (
	"slices"

	"vedette/backend/model"
)

// visibilityFacet is the facet that says who could see a post.
const visibilityFacet = "visibility"

// privateValues are the visibilities that analyses leave out unless a selection
// says otherwise.
var privateValues = []string{string(model.VisibilityDirect), string(model.VisibilityPrivate)}

// withoutPrivate leaves private and direct posts out of a selection that does not
// itself filter by visibility, in a case that has any. What an analysis left out
// so stands in the selection that its run records.
func (s *Session) withoutPrivate(sel model.Selection) model.Selection {
	if len(sel.Include[visibilityFacet]) > 0 || len(sel.Exclude[visibilityFacet]) > 0 {
		return sel
	}
	f, ok := s.view().Facet(visibilityFacet)
	if !ok || !slices.ContainsFunc(privateValues, func(v string) bool { _, has := f.Code(v); return has }) {
		return sel
	}
	sel.Exclude = with(copyFilters(sel.Exclude), visibilityFacet, privateValues)
	return sel
}

// WithPrivate makes a selection keep posts of every visibility in analyses.
func WithPrivate(sel model.Selection) model.Selection {
	all := append([]string{string(model.VisibilityPublic), string(model.VisibilityUnlisted)}, privateValues...)
	sel.Include = with(copyFilters(sel.Include), visibilityFacet, all)
	return sel
}

// leaveOut makes every way from a chart to its posts leave out what the chart
// did.
func leaveOut(out *Situation) {
	narrow := func(r *Refinement) {
		if r != nil {
			r.Exclude = with(copyFilters(r.Exclude), visibilityFacet, privateValues)
		}
	}
	for _, p := range out.Panels {
		for _, series := range p.Points {
			for _, point := range series {
				narrow(point)
			}
		}
	}
	for _, c := range out.Alerts.Cards {
		narrow(c.Posts)
		for _, o := range c.Others {
			narrow(o.Posts)
		}
	}
}
