package workspace

import (
	"bytes"
	"context"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"vedette/backend/collect"
	"vedette/backend/collect/feed"
	"vedette/backend/model"
)

// AddressRule lets an address through that the network guard would refuse.
type AddressRule func(netip.Addr) bool

// CollectResult says what each collector did.
type CollectResult struct {
	Collected []Collected `json:"collected"`
}

// Collected is one collector's run. Batch is nil when nothing new was fetched.
type Collected struct {
	Collector   string       `json:"collector"`
	URL         string       `json:"url"`
	NotModified bool         `json:"not_modified,omitempty"`
	Error       string       `json:"error,omitempty"`
	Batch       *model.Batch `json:"batch,omitempty"`
}

// Collectors lists the collectors of the case.
func (s *Session) Collectors(ctx context.Context) ([]model.Collector, error) {
	list, err := s.c.Collectors(ctx)
	if err != nil {
		return nil, fmt.Errorf("list collectors: %w", err)
	}
	return list, nil
}

// PutCollector adds a collector, or replaces the one with the same id. Nothing
// is fetched. A closed or covert source needs the reference of its authority.
func (s *Session) PutCollector(ctx context.Context, x model.Collector) (model.Collector, error) {
	u, err := url.Parse(strings.TrimSpace(x.URL))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return x, &model.Fault{Code: "bad_url", Params: map[string]string{"url": x.URL, "message": fmt.Sprintf("%q is not an http or https address", x.URL)}}
	}
	if u.User != nil { // it would stand in the case, its log and its ledger
		return x, &model.Fault{Code: "url_has_password", Params: map[string]string{"message": "the address carries a user name or password"}}
	}
	x.URL = u.String()
	if x.Type == "" {
		x.Type = feed.Type
	}
	if x.Type != feed.Type {
		return x, &model.Fault{Code: "bad_kind", Params: map[string]string{"kind": x.Type, "message": fmt.Sprintf("there is no collector of type %q", x.Type)}}
	}
	if x.Source, err = checkSource(x.Source); err != nil {
		return x, err
	}
	if x.Source.Mode == model.ModeClosed && x.Source.Authority == "" {
		return x, &model.Fault{Code: "authority_missing", Params: map[string]string{"message": "a closed source needs the reference of its authority"}}
	}
	if x.ID == "" {
		id, err := uuid.NewRandomFromReader(s.desk.opt.Rand)
		if err != nil {
			return x, fmt.Errorf("make a collector id: %w", err)
		}
		x.ID, x.Created = id.String()[:8], s.desk.opt.Now().UTC()
	}
	s.write.Lock()
	defer s.write.Unlock()
	if x, err = s.c.PutCollector(ctx, x); err != nil {
		return x, fmt.Errorf("store collector: %w", err)
	}
	return x, nil
}

// RemoveCollector stops watching; what was collected stays.
func (s *Session) RemoveCollector(ctx context.Context, id string) error {
	list, err := s.Collectors(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(list, func(c model.Collector) bool { return c.ID == id }) {
		return collectorNotFound(id)
	}
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.c.RemoveCollector(ctx, id); err != nil {
		return fmt.Errorf("remove collector: %w", err)
	}
	return nil
}

func collectorNotFound(id string) error {
	return &model.Fault{Code: "collector_not_found", Params: map[string]string{"collector": id, "message": fmt.Sprintf("no collector has the id %q", id)}}
}

// Ledger lists the requests that the case made, oldest first.
func (s *Session) Ledger(ctx context.Context, after int64, limit int) ([]model.Request, error) {
	list, err := s.c.Requests(ctx, after, limit)
	if err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	return list, nil
}

// Collect runs the named collectors, or all. A collector that fails is in the
// result with its error, and the others go on.
func (s *Session) Collect(ctx context.Context, ids []string, progress ProgressFunc) (CollectResult, error) {
	res := CollectResult{Collected: []Collected{}}
	list, err := s.Collectors(ctx)
	if err != nil {
		return res, err
	}
	for _, id := range ids {
		if !slices.ContainsFunc(list, func(c model.Collector) bool { return c.ID == id }) {
			return res, collectorNotFound(id)
		}
	}
	client, err := collect.NewClient(collect.ClientOptions{
		Now: s.desk.opt.Now, Allow: s.desk.opt.CollectAllow, Wait: s.desk.opt.CollectWait,
		Ledger: func(r model.Request) error {
			s.write.Lock()
			defer s.write.Unlock()
			if err := s.c.AppendRequest(context.WithoutCancel(ctx), r); err != nil {
				return fmt.Errorf("write the ledger: %w", err)
			}
			return nil
		},
	})
	if err != nil {
		return res, fmt.Errorf("start the network client: %w", err)
	}
	defer client.Close()
	for _, x := range list {
		if len(ids) > 0 && !slices.Contains(ids, x.ID) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return res, fmt.Errorf("collect: %w", err)
		}
		got, err := s.collectOne(ctx, client, x, progress)
		res.Collected = append(res.Collected, got)
		if err != nil {
			return res, err
		}
	}
	return res, s.waitIndexed(ctx, progress)
}

// collectOne fetches one feed and reads what came. What goes wrong on the
// network is in the result; the error is for what goes wrong in the case.
func (s *Session) collectOne(ctx context.Context, client *collect.Client, x model.Collector, progress ProgressFunc) (Collected, error) {
	got := Collected{Collector: x.ID, URL: x.URL}
	if now := s.desk.opt.Now(); now.Before(x.NotBefore) {
		got.Error = "the server asked to be left alone until " + x.NotBefore.UTC().Format(time.RFC3339)
		return got, nil
	}
	resp, err := feed.Fetch(ctx, client, x)
	x.LastRun, x.LastError, x.NotBefore = s.desk.opt.Now().UTC(), "", resp.NotBefore
	switch {
	case err != nil:
		got.Error = err.Error()
		x.LastError = got.Error
	case resp.NotModified:
		got.NotModified = true
	default:
		b, err := s.importResponse(ctx, x, resp, progress)
		if err != nil {
			return got, fmt.Errorf("collect %s: %w", x.URL, err)
		}
		got.Batch = &b
		x.ETag, x.LastModified = resp.ETag, resp.LastModified
		if b.Error != "" {
			got.Error = b.Error
			x.LastError = b.Error
		}
	}
	s.write.Lock()
	defer s.write.Unlock()
	if _, err := s.c.PutCollector(ctx, x); err != nil {
		return got, fmt.Errorf("store collector: %w", err)
	}
	return got, nil
}

// importResponse keeps an answer as evidence and reads it like any other file.
func (s *Session) importResponse(ctx context.Context, x model.Collector, resp collect.Response, progress ProgressFunc) (model.Batch, error) {
	kept, err := s.c.StoreContainer(ctx, x.URL, bytes.NewReader(resp.Body), nil)
	if err != nil {
		return model.Batch{}, fmt.Errorf("keep the evidence: %w", err)
	}
	src := x.Source
	src.URL = resp.FinalURL
	return s.importContainer(ctx, evidence{kept: kept, name: x.URL}, src, readOptions{}, progress)
}
