package zeeschuimer

import (
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// linkedin reads a post of LinkedIn. Its pages say only how long ago a post was
// written; the words are kept and no instant is made of them.
func (l *line) linkedin() {
	v := l.data
	actor := v.Get("actor")
	urn := activity(first(v, "updateMetadata.urn", "preDashEntityUrn", "metadata.backendUrn", "entityUrn", "id"))
	if actor.Kind() != '{' || urn == "" {
		l.refuse(importer.RejectNotAPost, "is no post of LinkedIn")
		return
	}
	p := &model.Post{
		Platform: "linkedin", NativeID: urn, Kind: model.KindPost, PageType: model.PageSocial,
		Text: first(v, "commentary.text.text"), URL: "https://www.linkedin.com/feed/update/urn:li:activity:" + urn,
	}
	ago, _, _ := strings.Cut(first(actor, "subDescription.text"), "•")
	p.Created = model.Instant{Original: strings.TrimSpace(ago)}
	address, _, _ := strings.Cut(first(actor, "navigationContext.actionTarget"), "?")
	_, handle, _ := strings.Cut(address, "linkedin.com/")
	p.Author = account("linkedin", "", strings.Trim(handle, "/"), first(actor, "name.text"))
	p.Author.Description, p.Author.URL = first(actor, "description.text"), address
	p.Counts = reactions(v.Get("*socialDetail"))
	l.words(p)
	for _, path := range []string{"content.navigationContext.actionTarget", "content.articleComponent.navigationContext.actionTarget"} {
		if u := first(v, path); u != "" {
			p.Links = append(p.Links, model.Link{URL: u, Title: first(v, "content.articleComponent.title.text")})
			break
		}
	}
	for e := v.Get("content", "images").Array(); e.Next(); {
		p.Media = append(p.Media, model.Media{Type: "image", URL: vector(elem(e.Value.Get("attributes")).Get("vectorImage"))})
	}
	if v.Get("content").Has("*videoPlayMetadata") || v.Get("content", "linkedInVideoComponent").Kind() == '{' {
		p.Media = append(p.Media, model.Media{Type: "video"})
	}
	l.post(p)
}

// activity takes the number of the first activity out of a name such as
// "urn:li:fs_updateV2:(urn:li:activity:123,…)".
func activity(urn string) string {
	_, s, ok := strings.Cut(urn, "urn:li:activity:")
	if !ok {
		return ""
	}
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return s[:n]
}

// reactions reads the counts in either place where they stand.
func reactions(v jsonscan.Value) model.Counts {
	if t := v.Get("*totalSocialActivityCounts"); t.Kind() == '{' {
		return model.Counts{Likes: counted(t.Get("numLikes")), Comments: counted(t.Get("numComments")), Shares: counted(t.Get("numShares"))}
	}
	return model.Counts{
		Likes: counted(v.Get("likes", "paging", "total")), Comments: counted(v.Get("comments", "paging", "total")),
		Shares: counted(v.Get("totalShares")),
	}
}

// words reads the hashtags and mentions of the text.
func (l *line) words(p *model.Post) {
	t := l.data.Get("commentary", "text")
	last := func(urn string) string { return urn[strings.LastIndexByte(urn, ':')+1:] }
	for e := t.Get("attributes").Array(); e.Next(); {
		switch a := e.Value; first(a, "type") {
		case "HASHTAG":
			p.Hashtags = append(p.Hashtags, last(first(a, "trackingUrn")))
		case "PROFILE_MENTION":
			p.Mentions = append(p.Mentions, model.Mention{Handle: "in/" + first(a, "*miniProfile.publicIdentifier")})
		case "COMPANY_NAME":
			p.Mentions = append(p.Mentions, model.Mention{Handle: "company/" + first(a, "*miniCompany.universalName")})
		}
	}
	for e := t.Get("attributesV2").Array(); e.Next(); {
		if s := e.Value.Get("detailData", "*hashtag", "trackingUrn").Text(); s != "" {
			p.Hashtags = append(p.Hashtags, last(s))
		}
	}
}

// vector is the address of the widest form of a picture.
func vector(v jsonscan.Value) string {
	root, best, part := first(v, "rootUrl"), int64(-1), ""
	for e := v.Get("artifacts").Array(); e.Next(); {
		if w, _ := e.Value.Get("width").Int(); w > best {
			best, part = w, first(e.Value, "fileIdentifyingUrlPathSegment")
		}
	}
	if part == "" {
		return ""
	}
	return root + part
}
