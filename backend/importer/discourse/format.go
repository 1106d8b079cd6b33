// Package discourse reads posts of Discourse forums in the shape of their JSON:
// a topic (topic.json), the latest posts (posts.json), search results
// (search.json), and single posts.
//
// Identity: the post's address in the forum, t/slug/topic/number, behind the
// forum's host where the file says it; the JSON itself does not. So a reply's
// parent, which is given by its number in the topic, can be named.
package discourse

import (
	"context"
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/importer/anchors"
	"vedette/backend/importer/pages"
	"vedette/backend/internal/jsonscan"
)

// Platform is the platform of every post that this format reads.
const Platform = "discourse"

// Format reads JSON of Discourse. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "discourse" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// large are the lists of an answer that may be too large for the memory.
var large = []string{"post_stream.posts", "latest_posts", "posts"}

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	r := &reader{o: o, host: anchors.Host(f.Name)}
	j := importer.JSON{
		Unit: r.unit,
		Large: func(l *importer.Large) (bool, error) {
			return r.shape(topic{}).Large(large...)(l)
		},
	}
	if err := j.Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("discourse: %w", err)
	}
	return nil
}

// reader reads the posts of one file.
type reader struct {
	o importer.Options
	// host is that of the forum, "" when the file does not come from its address.
	host string
}

// topic is what an answer says about the posts in it.
type topic struct {
	title, archetype string
	views            jsonscan.Value
	// slugs and titles are those of the topics that a list of posts names by id.
	slugs, titles map[string]string
}

// maxTopics is how many topics of one answer are kept.
const maxTopics = 10000

// topicOf reads what an answer says about its posts.
func topicOf(v jsonscan.Value) topic {
	t := topic{title: v.Get("title").Text(), archetype: v.Get("archetype").Text(), views: v.Get("views")}
	for it := v.Get("topics").Array(); it.Next() && len(t.slugs) < maxTopics; {
		if t.slugs == nil {
			t.slugs, t.titles = map[string]string{}, map[string]string{}
		}
		id := it.Value.Get("id").Text()
		t.slugs[id], t.titles[id] = it.Value.Get("slug").Text(), it.Value.Get("title").Text()
	}
	return t
}

func (r *reader) shape(t topic) pages.Shape {
	return pages.Shape{
		Record: isPost, Holder: holder, Passed: passed, Page: page,
		Read: func(v jsonscan.Value, b *importer.Batch) { r.post(v, t, b) },
	}
}

// unit reads one top-level value.
func (r *reader) unit(v jsonscan.Value, b *importer.Batch) { r.shape(topicOf(v)).Unit(v, b) }

// isPost tells a post by its place in a topic.
func isPost(v jsonscan.Value) bool {
	return v.Has("post_number") && v.Has("topic_id") && v.Has("cooked", "raw", "blurb", "excerpt")
}

// holder tells the members that hold posts.
func holder(key string, _ jsonscan.Value, inPost bool) bool {
	switch key {
	case "post_stream", "posts", "latest_posts":
		return !inPost
	}
	return false
}

// page notes what an answer leaves out: a topic gives its first 20 posts and the
// ids of all.
func page(v jsonscan.Value, b *importer.Batch) {
	stream := v.Get("post_stream")
	if stream.Empty() {
		return
	}
	held, all := 0, 0
	for it := stream.Get("posts").Array(); it.Next(); {
		held++
	}
	for it := stream.Get("stream").Array(); it.Next(); {
		all++
	}
	if n, ok := v.Get("posts_count").Int(); ok && n > int64(all) && n < 1<<31 {
		all = int(n)
	}
	if all > held {
		b.Assume("topic_incomplete", fmt.Sprintf("the topic %s has %d posts, the file holds %d of them", v.Get("id").Text(), all, held))
	}
}

// Detect implements importer.Format. It looks at the first values of the file.
func (Format) Detect(h importer.Head) importer.Match {
	return pages.Detect(h, "no topic or post of Discourse in the first values", judge)
}

// judge looks at one top-level value.
func judge(v jsonscan.Value) importer.Match {
	if v.Kind() != '{' {
		return importer.Match{}
	}
	m := importer.Match{Score: 82, Why: "an answer of Discourse without posts"}
	switch {
	case isPost(pages.First(v, "post_stream", "posts")):
		return importer.Match{Score: 97, Why: "a topic of Discourse"}
	case isPost(pages.First(v, "latest_posts")):
		return importer.Match{Score: 97, Why: "the latest posts of a Discourse forum"}
	case isPost(pages.First(v, "posts")):
		return importer.Match{Score: 95, Why: "search results of a Discourse forum"}
	case isPost(v) && v.Has("cooked"):
		return importer.Match{Score: 93, Why: "posts of Discourse"}
	case v.Has("grouped_search_result"):
		return importer.Match{Score: 82, Why: "search results of a Discourse forum"}
	case v.Get("topic_list").Has("topics"):
		m.Refuse = "it lists the topics of a Discourse forum, not their posts."
	case v.Get("category_list").Has("categories"):
		m.Refuse = "it lists the categories of a Discourse forum."
	case v.Has("directory_items"), v.Get("user").Has("trust_level"):
		m.Refuse = "it is a list of accounts of a Discourse forum."
	default:
		return importer.Match{}
	}
	return m
}
