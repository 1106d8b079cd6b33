package analytics

import (
	"context"
	"fmt"
	"hash/fnv"
	"strings"

	"vedette/backend/analytics/graph"
	"vedette/backend/analytics/names"
	"vedette/backend/columns"
	"vedette/backend/internal/urls"
	"vedette/backend/model"
)

// each hands the posts of a run to fn.
func (in *Inputs) each(ctx context.Context, fn func(ord uint32, p *model.Post) error) error {
	if in.Each == nil {
		return ctx.Err()
	}
	if err := in.Each(ctx, fn); err != nil {
		return fmt.Errorf("read the posts: %w", err)
	}
	return ctx.Err()
}

// label is how people read an account.
func (in *Inputs) label(uid string) string {
	f, _ := in.View.Facet("author")
	if c, ok := f.Code(uid); ok {
		return f.Label(c)
	}
	_, name, _ := strings.Cut(uid, ":")
	return name
}

func (in *Inputs) party(uid string) model.Party { return model.Party{Key: uid, Label: in.label(uid)} }

// linksOf gives the comparable addresses of a post's links, each once.
func linksOf(p *model.Post, domains bool) []string {
	var out []string
	seen := map[string]bool{}
	for _, l := range p.Links {
		url, domain, err := urls.Normalise(l.URL)
		if err != nil {
			continue
		}
		if domains {
			url = domain
		}
		if url != "" && !seen[url] {
			seen[url] = true
			out = append(out, url)
		}
	}
	return out
}

// tagsOf gives a post's hashtags as the columns have them, those of its text among
// them.
func tagsOf(v *columns.View, ord uint32) []string {
	f, _ := v.Facet("hashtag")
	var out []string
	f.Each(ord, func(c uint32) { out = append(out, f.Value(c)) })
	return out
}

// textKey is a hash of a text's words without links, mentions and case; 0 for
// fewer than four words, which many people write by themselves.
func textKey(text string) uint64 {
	h := fnv.New64a()
	n := 0
	for _, w := range strings.Fields(strings.ToLower(text)) {
		if strings.HasPrefix(w, "@") || strings.Contains(w, "://") {
			continue
		}
		h.Write([]byte(w + " "))
		n++
	}
	if n < 4 {
		return 0
	}
	return max(h.Sum64(), 1)
}

// network is accounts, and what joins them.
type network struct {
	accounts   names.Table
	edges      []graph.Edge
	unresolved int64
}

// mostHolders bounds the accounts that a hashtag or link joins with each other:
// what everyone uses joins nobody.
const mostHolders = 100

// build joins the accounts of a run: the one that acts to the one that it acts on,
// or accounts that use the same hashtag or link.
func (in *Inputs) build(ctx context.Context, kind string) (*network, error) {
	n := &network{}
	if kind == "hashtags" || kind == sharedLinks {
		return n, in.joinBy(ctx, n, kind)
	}
	authors, handles := map[string]uint32{}, map[string]uint32{}
	type act struct {
		from uint32
		to   string // UID of a post, or platform and handle
	}
	var acts, named []act
	err := in.each(ctx, func(_ uint32, p *model.Post) error {
		uid := p.Author.UID()
		if uid == "" {
			return nil
		}
		from := n.accounts.Code(uid)
		authors[p.UID()] = from
		if p.Author.Handle != "" {
			handles[p.Platform+":"+strings.ToLower(p.Author.Handle)] = from
		}
		for _, r := range [][2]string{{"repost", p.Refs.RepostOf}, {"reply", p.Refs.ReplyTo}, {"quote", p.Refs.QuoteOf}} {
			if r[1] != "" && (kind == interactions || kind == r[0]) {
				acts = append(acts, act{from, r[1]})
			}
		}
		if kind == interactions || kind == "mention" {
			for _, m := range p.Mentions {
				if m.Handle != "" {
					named = append(named, act{from, p.Platform + ":" + strings.ToLower(m.Handle)})
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	add := func(list []act, known map[string]uint32) {
		for _, a := range list {
			if to, ok := known[a.to]; !ok {
				n.unresolved++
			} else if to != a.from {
				n.edges = append(n.edges, graph.Edge{From: a.from, To: to, Weight: 1})
			}
		}
	}
	add(acts, authors)
	add(named, handles)
	return n, nil
}

// joinBy joins accounts that use the same hashtags or links: each pair by the
// number of them, of those that 2 to mostHolders accounts use.
func (in *Inputs) joinBy(ctx context.Context, n *network, kind string) error {
	var objects names.Table
	var holders [][]uint32
	err := in.each(ctx, func(ord uint32, p *model.Post) error {
		uid := p.Author.UID()
		if uid == "" {
			return nil
		}
		from := n.accounts.Code(uid)
		list := linksOf(p, false)
		if kind == "hashtags" {
			list = tagsOf(in.View, ord)
		}
		for _, o := range list {
			c := objects.Code(o)
			if int(c) == len(holders) {
				holders = append(holders, nil)
			}
			if h := holders[c]; len(h) <= mostHolders && !contains(h, from) {
				holders[c] = append(h, from)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, h := range holders {
		if len(h) > mostHolders {
			continue
		}
		for i, a := range h {
			for _, b := range h[i+1:] {
				n.edges = append(n.edges, graph.Edge{From: a, To: b, Weight: 1})
			}
		}
	}
	return nil
}

func contains(list []uint32, x uint32) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}
