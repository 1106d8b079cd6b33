package collect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/temoto/robotstxt"

	"vedette/backend/model"
)

// robots.txt is kept for a day (RFC 9309 §2.4), a server's failure for ten
// minutes; its size is capped at twice what the RFC asks a reader to accept.
const (
	robotsTTL      = 24 * time.Hour
	robotsErrorTTL = 10 * time.Minute
	robotsMaxBytes = 1 << 20
	maxCrawlDelay  = 30 * time.Second
)

// robotsEntry is one origin's robots.txt: its rules, or why there are none.
type robotsEntry struct {
	group   *robotstxt.Group
	err     error
	expires time.Time
}

// checkRobots asks the origin's robots.txt whether h may be fetched, fetching it
// first when it is not known. A refusal is recorded and returned as a fault.
// A missing robots.txt (4xx) allows, an unreachable one refuses (RFC 9309 §2.3.1).
func (c *Client) checkRobots(ctx context.Context, h hop) (model.RobotsVerdict, error) {
	if h.url.EscapedPath() == "/robots.txt" {
		return model.RobotsUnchecked, nil
	}
	e := c.robotsFor(ctx, h)
	if e.err != nil {
		return "", c.recordRefusal(h, e.err, model.RobotsUnchecked)
	}
	if !e.group.Test(h.url.RequestURI()) {
		err := fault("robots_refused", "robots.txt of "+h.url.Host+" forbids "+h.url.RequestURI(), nil, "host", h.url.Host)
		return "", c.recordRefusal(h, err, model.RobotsRefused)
	}
	return model.RobotsAllowed, nil
}

func (c *Client) recordRefusal(h hop, why error, verdict model.RobotsVerdict) error {
	row := model.Request{At: c.o.Now().UTC(), Collector: h.get.Collector, Method: "GET", URL: h.url.String(), Error: why.Error(), Robots: verdict}
	if err := c.o.Ledger(row); err != nil {
		return ledgerFault(err)
	}
	return why
}

// robotsFor returns the rules of the origin of h from the cache or the network.
func (c *Client) robotsFor(ctx context.Context, h hop) robotsEntry {
	origin, now := originOf(h.url), c.o.Now()
	c.mu.Lock()
	e, ok := c.robots[origin]
	c.mu.Unlock()
	if ok && now.Before(e.expires) {
		return e
	}
	e = c.fetchRobots(ctx, h)
	if e.expires.IsZero() {
		return e // a failure on the way says nothing about the site: ask again next time
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.robots) >= 1024 {
		for k, old := range c.robots {
			if !now.Before(old.expires) {
				delete(c.robots, k)
			}
		}
	}
	c.robots[origin] = e
	return e
}

// fetchRobots fetches and reads robots.txt, following redirects like any other
// request; each is in the ledger.
func (c *Client) fetchRobots(ctx context.Context, h hop) robotsEntry {
	r := hop{url: &url.URL{Scheme: h.url.Scheme, Host: h.url.Host, Path: "/robots.txt"}, get: Get{Collector: h.get.Collector}, limit: robotsMaxBytes}
	var res Response
	for n := 0; ; n++ {
		if n > MaxRedirects { // RFC 9309 §2.3.1.2: more than five count as unavailable, which allows
			res = Response{Status: 404}
			break
		}
		var next *url.URL
		var err error
		if res, next, err = c.exchange(ctx, r); err != nil {
			return robotsEntry{err: robotsFault(h.url.Host, err)}
		}
		if next == nil {
			break
		}
		r.url = next
	}
	now := c.o.Now()
	data, err := robotstxt.FromStatusAndBytes(res.Status, robotLines(res.Body))
	switch {
	case err != nil:
		return robotsEntry{err: robotsFault(h.url.Host, err), expires: now.Add(robotsErrorTTL)}
	case res.Status >= 500:
		err := fmt.Errorf("status %d", res.Status)
		return robotsEntry{err: robotsFault(h.url.Host, err), expires: now.Add(robotsErrorTTL)}
	}
	return robotsEntry{group: data.FindGroup(c.agentToken()), expires: now.Add(robotsTTL)}
}

// robotsFault passes on why the host itself cannot be asked; any other trouble
// is about robots.txt.
func robotsFault(host string, err error) error {
	var f *model.Fault
	if errors.As(err, &f) && f.Code != "response_too_large" && f.Code != "response_broken" {
		return err
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	return fault("robots_unreadable", "robots.txt of "+host+" cannot be read", err, "host", host)
}

// paceOf is the Crawl-delay that the origin's robots.txt states, capped.
func (c *Client) paceOf(u *url.URL) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	if g := c.robots[originOf(u)].group; g != nil {
		return max(0, min(g.CrawlDelay, maxCrawlDelay))
	}
	return 0
}

// robotLines keeps the lines that state rules. The parser gives up on a file
// for one line that it cannot read, where RFC 9309 §2.2 says to skip the line.
func robotLines(body []byte) []byte {
	var out bytes.Buffer
	body = bytes.TrimPrefix(body, []byte("\xEF\xBB\xBF"))
	for line := range bytes.FieldsFuncSeq(bytes.ToValidUTF8(body, []byte("?")), func(r rune) bool { return r == '\n' || r == '\r' }) {
		key, value, ok := strings.Cut(string(line), ":")
		value, _, _ = strings.Cut(value, "#")
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if !ok {
			continue
		}
		switch key {
		case "user-agent":
		case "allow", "disallow":
			if len(value) > 2048 {
				continue
			}
		case "crawl-delay":
			if f, err := strconv.ParseFloat(value, 64); err != nil || f < 0 || f > 86400 {
				continue
			}
		default:
			continue
		}
		fmt.Fprintf(&out, "%s: %s\n", key, value)
	}
	return out.Bytes()
}

func hostKey(u *url.URL) string { return strings.ToLower(u.Host) }
