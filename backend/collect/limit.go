package collect

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxRetryAfter caps what a server can ask for.
const maxRetryAfter = 7 * 24 * time.Hour

// hostState is when a host may be asked again: next by our own pace, notBefore
// by what the host asked for.
type hostState struct{ next, notBefore time.Time }

// turn waits until the host may be asked, and reserves the following slot. gap
// is the host's own pace when robots.txt states one.
func (c *Client) turn(ctx context.Context, host string, gap time.Duration) error {
	now := c.o.Now()
	c.mu.Lock()
	c.prune(now)
	st := c.hosts[host]
	if now.Before(st.notBefore) {
		c.mu.Unlock()
		return fault("retry_later", host+" asked not to be asked again before "+st.notBefore.UTC().Format(time.RFC3339), nil,
			"host", host, "until", st.notBefore.UTC().Format(time.RFC3339))
	}
	at := st.next
	if at.Before(now) {
		at = now
	}
	st.next = at.Add(max(c.o.PerHost, gap))
	c.hosts[host] = st
	c.mu.Unlock()
	if d := at.Sub(now); d > 0 {
		if err := c.o.Wait(ctx, d); err != nil {
			return fmt.Errorf("wait for %s: %w", host, err)
		}
	}
	return nil
}

// prune forgets hosts whose time has passed, so that a long-running client does
// not grow. Called with mu held.
func (c *Client) prune(now time.Time) {
	if len(c.hosts) < 1024 {
		return
	}
	for h, st := range c.hosts {
		if st.next.Before(now) && st.notBefore.Before(now) {
			delete(c.hosts, h)
		}
	}
}

// holdOff remembers Retry-After of a 429 or 503 answer, and returns its instant.
// Seconds and HTTP dates are read (RFC 9110 §10.2.3); anything else is none.
func (c *Client) holdOff(host string, res *http.Response) time.Time {
	if res.StatusCode != http.StatusTooManyRequests && res.StatusCode != http.StatusServiceUnavailable {
		return time.Time{}
	}
	now := c.o.Now().UTC()
	v := strings.TrimSpace(res.Header.Get("Retry-After"))
	var at time.Time
	if n, err := strconv.ParseInt(v, 10, 64); err == nil {
		at = now.Add(time.Duration(max(0, min(n, int64(maxRetryAfter/time.Second)))) * time.Second)
	} else if t, err := http.ParseTime(v); err == nil {
		at = t.UTC()
	}
	if !at.After(now) {
		return time.Time{}
	}
	if latest := now.Add(maxRetryAfter); at.After(latest) {
		at = latest
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	st := c.hosts[host]
	st.notBefore = at
	c.hosts[host] = st
	return at
}
