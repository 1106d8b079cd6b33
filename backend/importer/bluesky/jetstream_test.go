package bluesky_test

import (
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/bluesky"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

func TestStreamsAndRecords(t *testing.T) {
	importertest.Run(t, bluesky.Format{}, []importertest.Case{
		{Name: "jetstream", File: "testdata/jetstream.jsonl", Accepted: 6, Rejected: 3, Golden: "testdata/jetstream.golden.json"},
		{Name: "records", File: "testdata/records.json", Accepted: 2, Golden: "testdata/records.golden.json"},
		{Name: "records that are likes", Data: []byte(`{"records":[{"uri":"at://did:plc:a/app.bsky.feed.like/1","value":{"$type":"app.bsky.feed.like"}}]}`), Refused: "app.bsky.feed.like"},
	})
}

func TestJetstream(t *testing.T) {
	p, c := posts(t, "testdata/jetstream.jsonl")
	const uri = "at://did:plc:aaa/app.bsky.feed.post/3l3qo2vuowo2b"
	post := p[uri]
	if post.Text != "O mar #mar" || post.Kind != model.KindComment || post.Refs.ReplyTo != "bluesky:at://did:plc:bbb/app.bsky.feed.post/1" || post.Refs.Thread != "bluesky:at://did:plc:ccc/app.bsky.feed.post/0" ||
		post.PlatformLang != "pt" || post.Author.NativeID != "did:plc:aaa" || post.Author.Handle != "" || !post.Counts.IsZero() || post.Hashtags[0] != "mar" {
		t.Errorf("post: %+v", post)
	}
	if at := post.CapturedAt; at.Time.UnixMicro() != 1725911162329308 || at.Original != "1725911162329308" || at.Zone != model.ZoneStated {
		t.Errorf("captured: %+v", at)
	}
	if r := p["at://did:plc:bbb/app.bsky.feed.repost/3l4"]; r.Kind != model.KindRepost || r.Refs.RepostOf != post.UID() || r.Created.Time.Second() != 3 {
		t.Errorf("repost: %+v", r)
	}
	if d := p[uri+"#deleted"]; d.Kind != model.KindEvent || d.Refs.Thread != post.UID() {
		t.Errorf("deleted: %+v", d)
	}
	if i := p["event/did:plc:ddd/1725911170000001"]; i.Kind != model.KindEvent || i.Author.Handle != "dora.example" {
		t.Errorf("identity: %+v", i)
	}
	if m := p["at://did:plc:fff/app.bsky.feed.post/3lb"]; m.Kind != model.KindMedia || m.Media[0].Alt != "a boat" || m.Created.Original != "1970-13-01" || !m.Created.Time.IsZero() {
		t.Errorf("picture: %+v", m)
	}
	codes := map[string]int{}
	for _, r := range c.Rejects() {
		codes[r.Code]++
	}
	if codes[importer.RejectNotAPost] != 2 || codes[importer.RejectNoID] != 1 || len(c.Fields) != 0 {
		t.Errorf("rejected %v, unknown %v", codes, c.Fields)
	}
}
