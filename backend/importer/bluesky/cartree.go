package bluesky

import (
	"cmp"
	"slices"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/text"
)

// Bounds of the tree of keys: levels, and the bytes of a key.
const (
	maxTree = 128
	maxKey  = 1024
	// maxNames is how many keys one record may have; equal records share a block.
	maxNames = 8
)

// entry is a record of the repository: its block, and its key (the collection and
// the record's own, joined by a slash), "" when no part of the tree names it. code
// and why say what is wrong with the block as a whole.
type entry struct {
	block
	id        cid
	key       string
	code, why string
}

// collection is the first part of the key.
func (e *entry) collection() string {
	c, _, _ := strings.Cut(e.key, "/")
	return c
}

// tree walks the tree of keys.
type tree struct {
	c    *car
	seen map[cid]bool // parts of the tree, and the commit
	used map[cid]int  // how many keys a record has
	out  []entry
}

// records lists the records of the repository in the order of the file.
func (c *car) records() []entry {
	t := &tree{c: c, seen: map[cid]bool{}, used: map[cid]int{}}
	if commit, ok := c.node(c.root); ok {
		t.seen[c.root] = true
		c.did, _ = commit["did"].(string)
		c.did = text.Clean(c.did)
		if data, ok := link(commit["data"]); ok {
			t.walk(data, 0)
		}
	}
	t.rest()
	out := append(t.out, c.problem...)
	slices.SortFunc(out, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.offset, b.offset), strings.Compare(a.key, b.key))
	})
	return out
}

// node reads a block that is a part of the repository's own.
func (c *car) node(id cid) (map[string]any, bool) {
	at, ok := c.blocks[id]
	if !ok || at.length > maxNode {
		c.missing++
		return nil, false
	}
	b, err := c.bytes(at.offset, at.length)
	if err != nil || !id.matches(b) {
		return nil, false
	}
	m, err := decode(b)
	return m, err == nil
}

// walk goes through a part of the tree: what is left of its first key, then each
// key with what is between it and the next.
func (t *tree) walk(id cid, level int) {
	if t.seen[id] || level > maxTree {
		return
	}
	n, ok := t.c.node(id)
	if !ok {
		return
	}
	t.seen[id] = true
	if left, ok := link(n["l"]); ok {
		t.walk(left, level+1)
	}
	entries, _ := n["e"].([]any)
	key := ""
	for _, x := range entries {
		e, _ := x.(map[string]any)
		shared, _ := e["p"].(uint64)
		rest, _ := e["k"].([]byte)
		if shared > uint64(len(key)) || int(shared)+len(rest) > maxKey {
			return
		}
		key = key[:shared] + string(rest)
		if value, ok := link(e["v"]); ok {
			t.add(text.Clean(key), value)
		}
		if right, ok := link(e["t"]); ok {
			t.walk(right, level+1)
		}
	}
}

// add notes a record and its key.
func (t *tree) add(key string, id cid) {
	at, ok := t.c.blocks[id]
	if !ok {
		t.c.missing++
		return
	}
	t.used[id]++
	e := t.c.sized(entry{block: at, id: id, key: key})
	if t.used[id] > maxNames {
		e.length, e.code, e.why = 0, "too_many_keys", "has too many keys: one more is "+key
	}
	t.out = append(t.out, e)
}

// sized marks a record that is too long to be read.
func (c *car) sized(e entry) entry {
	if e.length > c.limit {
		e.code, e.why = importer.RejectTooLong, "is longer than the limit; its beginning is kept"
	}
	return e
}

// rest notes the blocks that no part of the tree names. Among them are records
// only where the file is not whole.
func (t *tree) rest() {
	for id, at := range t.c.blocks {
		if t.seen[id] || t.used[id] > 0 {
			continue
		}
		if at.length > maxNode {
			t.out = append(t.out, t.c.sized(entry{block: at, id: id}))
			continue
		}
		b, err := t.c.bytes(at.offset, at.length)
		if err != nil {
			continue
		}
		m, err := decode(b)
		_, record := m["$type"].(string)
		if record || err != nil {
			t.out = append(t.out, t.c.sized(entry{block: at, id: id}))
		}
	}
}
