package columns

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"vedette/backend/model"
)

// The single-valued facets, in the order of their columns.
const (
	colPlatform = iota
	colType
	colKind
	colLang
	colAuthor
	colSource
	colMode
	colCountry
	colPlace
	colPolarity
	colGrade
	colBatch
	colVisibility
	singleColumns
)

// The multi-valued facets that are kept as codes; labels are bitmaps.
const (
	colHashtag = iota
	colMention
	colDomain
	multiColumns
)

// The number columns. colTime and the metrics; sentiment in units of 1e-9; the
// conversation as a hash (see threadKey).
const (
	colLikes = iota
	colComments
	colShares
	colViews
	colFollowers
	colTime
	colSentiment
	colThread
	numberColumns
)

// The sets of posts.
const (
	setMedia = iota
	setGeo
	setLink
	setStarred
	setWithdrawn
	setColumns
)

var (
	singleNames = [singleColumns]string{
		"platform", "type", "kind", "lang", "author", "source", "mode", "country", "place", "polarity", "grade", "batch", "visibility",
	}
	multiNames = [multiColumns]string{"hashtag", "mention", "domain"}
	hasNames   = [3]string{"media", "geo", "link"}
)

// ungraded is the grade facet's value of a post without a grade: 6, cannot be judged.
const ungraded = "6"

// Table is the case's columns. Its methods may be called from several
// goroutines; they take turns. Reading goes through View.
type Table struct {
	mu      sync.Mutex
	n       int
	singles [singleColumns]codeColumn
	dicts   [singleColumns]*dict
	multis  [multiColumns]multiColumn
	tags    [multiColumns]*dict
	numbers [numberColumns]numberColumn
	sets    [setColumns]*flags
	labels  []*flags
	names   *dict // labels
	// handles and display are each author's latest handle and name, as codes
	// of people.
	people  *dict
	handles array[uint32]
	display array[uint32]
	order   *orderCache
	view    atomic.Pointer[View]
	scratch []uint32
}

// New gives an empty table.
func New() *Table {
	t := &Table{names: newDict(), people: newDict(), order: new(orderCache)}
	for i := range t.dicts {
		t.dicts[i] = newDict()
	}
	for i := range t.tags {
		t.tags[i] = newDict()
	}
	for i := range t.sets {
		t.sets[i] = newFlags()
	}
	t.numbers[colTime].base = timeBase
	return t
}

// Append adds posts in id order; the first id must be the number of posts so
// far plus one. On an error the rows before the bad one are in the table.
func (t *Table) Append(rows []model.FacetRow) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	defer t.view.Store(nil)
	for i := range rows {
		if err := t.appendRow(&rows[i]); err != nil {
			return fmt.Errorf("append post %d: %w", rows[i].ID, err)
		}
	}
	return nil
}

// rowCodes are the dictionary codes of one row, looked up before anything is
// written so that a full dictionary leaves the columns equally long.
type rowCodes struct {
	single [singleColumns]uint32
	multi  [multiColumns][]uint32
	labels []uint32
}

func (t *Table) appendRow(r *model.FacetRow) error {
	if r.ID != int64(t.n)+1 {
		return fmt.Errorf("ids have a gap: expected %d", t.n+1)
	}
	if t.n == math.MaxInt32 {
		return fmt.Errorf("table is full: %d posts", t.n)
	}
	var c rowCodes
	if err := t.lookUp(r, &c); err != nil {
		return err
	}
	ord := uint32(t.n)
	for i := range t.singles {
		t.singles[i].append(c.single[i])
	}
	for i := range t.multis {
		t.multis[i].append(c.multi[i])
	}
	for i, v := range [numberColumns]int64{
		number(r.Counts.Likes), number(r.Counts.Comments), number(r.Counts.Shares), number(r.Counts.Views),
		number(r.Followers), r.Time, sentimentOf(r.Polarity, r.Sentiment),
		threadKey(r.Thread),
	} {
		t.numbers[i].append(ord, v)
	}
	for i, on := range [setColumns]bool{r.HasMedia, r.HasGeo, r.HasLink, r.Marks.Starred, r.Withdrawn} {
		t.sets[i].put(ord, on)
	}
	for _, l := range c.labels {
		t.labels[l].put(ord, true)
	}
	t.n++
	return nil
}

func (t *Table) lookUp(r *model.FacetRow, c *rowCodes) error {
	grade := r.Marks.Grade
	if grade == "" {
		grade = ungraded
	}
	for i, s := range [singleColumns]string{
		r.Platform, string(r.Type), string(r.Kind), r.Lang, r.Author, r.Source, string(r.Mode), r.Country, r.PlaceName,
		string(r.Polarity), grade, strconv.FormatInt(r.Batch, 10), string(r.Visibility),
	} {
		code, err := t.dicts[i].code(s)
		if err != nil {
			return err
		}
		c.single[i] = code
	}
	if err := t.nameAuthor(c.single[colAuthor], r.AuthorHandle, r.AuthorName); err != nil {
		return err
	}
	t.scratch = t.scratch[:0]
	for i, values := range [multiColumns][]string{r.Hashtags, r.Mentions, r.Domains} {
		start := len(t.scratch)
		if err := t.addCodes(t.tags[i], values); err != nil {
			return err
		}
		c.multi[i] = t.scratch[start:len(t.scratch):len(t.scratch)]
	}
	start := len(t.scratch)
	if err := t.addLabels(r.Marks.Labels); err != nil {
		return err
	}
	c.labels = t.scratch[start:]
	return nil
}

// addCodes appends the codes of the distinct values to the scratch space.
func (t *Table) addCodes(d *dict, values []string) error {
	start := len(t.scratch)
	for _, s := range values {
		code, err := d.code(s)
		if err != nil {
			return err
		}
		if code >= lastBit {
			return errTooManyValues
		}
		if !slices.Contains(t.scratch[start:], code) {
			t.scratch = append(t.scratch, code)
		}
	}
	return nil
}

func (t *Table) addLabels(labels []string) error {
	if err := t.addCodes(t.names, labels); err != nil {
		return err
	}
	for len(t.labels) < len(t.names.ends) {
		t.labels = append(t.labels, newFlags())
	}
	return nil
}

// nameAuthor keeps the latest handle and name that an author was seen with.
func (t *Table) nameAuthor(author uint32, handle, name string) error {
	for _, x := range [...]struct {
		column *array[uint32]
		text   string
	}{{&t.handles, handle}, {&t.display, name}} {
		code, err := t.people.code(x.text)
		if err != nil {
			return err
		}
		if x.column.len() == int(author) {
			x.column.append(code)
		}
		if x.text != "" && x.column.get(author) != code {
			x.column.set(author, code)
		}
	}
	return nil
}

// number is a count as the columns keep it.
func number(c model.Count) int64 {
	if n, ok := c.Value(); ok {
		return n
	}
	return noNumber
}

// sentimentOf is a sentiment as the columns keep it: missing when the polarity
// is unknown, else in units of 1e-9.
func sentimentOf(p model.Polarity, s float64) int64 {
	if p == "" || p == model.PolarityUnknown || math.IsNaN(s) {
		return noNumber
	}
	return int64(math.Round(max(-1, min(1, s)) * sentimentUnit))
}
