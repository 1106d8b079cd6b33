// Package graphapi reads answers of Meta's Graph API: posts, comments, videos,
// photos and messages of Facebook, and media, stories and comments of Instagram,
// in pages, alone, by id, and nested in one another or in their page or account.
package graphapi

import (
	"context"
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
)

// Format reads Graph API JSON. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "meta-graph-api" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if err := (importer.JSON{Unit: unit, Large: large}).Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("meta-graph-api: %w", err)
	}
	return nil
}

// Detect implements importer.Format. It looks at the first values of the file.
func (Format) Detect(h importer.Head) importer.Match {
	values := jsonscan.Sniff(h.Text, 4)
	if len(values) == 0 {
		return importer.Match{Why: "not JSON"}
	}
	best := importer.Match{Why: "no post, comment or media of the Graph API in the first values"}
	for _, v := range values {
		if m := judge(v); m.Score > best.Score || (m.Score == best.Score && best.Refuse != "" && m.Refuse == "") {
			best = m
		}
	}
	return best
}

// judged is how many objects of a list are looked at.
const judged = 25

// judge looks at one top-level value.
func judge(v jsonscan.Value) importer.Match {
	if v.Kind() != '{' {
		return importer.Match{}
	}
	refuse := refusal(v)
	n, found := 0, importer.Match{}
	walk{each: func(x jsonscan.Value, _ around) bool {
		n++
		if w := classify(x); w != "" {
			found = importer.Match{Score: 90, Why: "a " + string(w) + " of the Graph API"}
		} else if m := refusal(x); m.Score > refuse.Score {
			refuse = m
		}
		return found.Score == 0 && n < judged
	}}.value(v)
	if found.Score > 0 {
		return found
	}
	return refuse
}

// refusal names objects of the Graph API that are no posts.
func refusal(v jsonscan.Value) importer.Match {
	no := func(why, sentence string) importer.Match {
		return importer.Match{Score: 75, Why: why, Refuse: sentence}
	}
	id, dated := v.Get("id").Text(), isGraphTime(v.Get("created_time").Text())
	switch {
	case v.Has("name") && v.Has("period") && v.Has("values", "total_value"):
		return no("insights of the Graph API", "it holds insights (numbers about a page or its media), and no posts.")
	case v.Has("fan_count", "talking_about_count") || v.Get("category_list").Kind() == '[':
		return no("pages of the Graph API", "it describes Facebook pages.")
	case v.Has("verification_status") && dated:
		return no("businesses of the Graph API", "it describes businesses.")
	case v.Has("username") && digits(id) && v.Has("media_count", "account_type", "profile_picture_url"):
		return no("users of the Graph API", "it describes an Instagram account.")
	case v.Has("business_discovery"):
		return no("an account of the Graph API", "it describes an Instagram account, without its media.")
	case v.Has("first_name", "name_format") && v.Has("short_name", "last_name") && digits(id):
		return no("users of the Graph API", "it describes Facebook users.")
	case v.Has("member_count") && v.Has("name") && dated:
		return no("groups of the Graph API", "it describes Facebook groups.")
	case isGraphTime(v.Get("start_time").Text()) && v.Has("name") && digits(id):
		return no("events of the Graph API", "it describes events.")
	case v.Has("snippet") && v.Has("message_count") && strings.HasPrefix(id, "t_"):
		return no("conversations of the Graph API", "it lists conversations, without their messages.")
	case dated && v.Has("name") && id != "":
		return no("albums of the Graph API", "it lists albums, without the photos in them.")
	case dated && id != "":
		return no("photos of the Graph API", "it lists photos by their ids only.")
	case v.Has("pic_square", "pic_large") || v.Has("can_post") && v.Has("name") && digits(id):
		return no("likes of the Graph API", "it lists who liked something.")
	case v.Has("quota_usage"), v.Has("status_code") && v.Has("status") && digits(id), v.Has("product_id") && v.Has("review_status", "merchant_id"),
		v.Has("catalog_id") && v.Has("catalog_name"), v.Has("access_token") && v.Has("login_url", "tasks"):
		return no("an answer of the Graph API", "it is an answer of the Graph API about an account's settings or shop, and holds no posts.")
	}
	return importer.Match{}
}
