// Package feed collects web feeds (RSS, Atom, JSON Feed): it fetches one feed
// address through the guarded client. Reading the answer is the work of the
// importer for feeds, which gets the body as a file.
package feed

import (
	"context"
	"fmt"
	"net/http"

	"vedette/backend/collect"
	"vedette/backend/model"
)

// Type is the model.Collector.Type that this package serves.
const Type = "feed"

// accept prefers feeds and takes whatever there is.
const accept = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, application/json;q=0.8, */*;q=0.5"

// Fetch fetches the collector's feed, conditionally when it was fetched before.
// An unchanged feed gives NotModified and no body. A status that carries no
// feed is a fault http_status; the Response is returned with it, because its
// NotBefore says when to come back. Other faults are those of collect.
func Fetch(ctx context.Context, c *collect.Client, m model.Collector) (collect.Response, error) {
	if m.Type != Type {
		return collect.Response{}, fmt.Errorf("fetch collector %s: type %q is not %q", m.ID, m.Type, Type)
	}
	res, err := c.Get(ctx, collect.Get{URL: m.URL, Collector: m.ID, ETag: m.ETag, LastModified: m.LastModified, Accept: accept})
	if err != nil {
		return res, fmt.Errorf("fetch feed: %w", err)
	}
	if res.NotModified && m.ETag == "" && m.LastModified == "" {
		return res, status(res, "an unconditional request was answered with \"not modified\"")
	}
	if res.NotModified || res.Status == http.StatusOK {
		return res, nil
	}
	return res, status(res, "")
}

// status is the fault of an answer that carries no feed.
func status(res collect.Response, why string) error {
	if why == "" {
		why = fmt.Sprintf("the server answered %d %s", res.Status, http.StatusText(res.Status))
	}
	return &model.Fault{Code: "http_status", Params: map[string]string{
		"message": why, "status": fmt.Sprint(res.Status), "url": res.FinalURL,
	}}
}
