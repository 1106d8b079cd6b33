package table

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
)

// readJSON reads lines or an array of objects by the profile.
func readJSON(ctx context.Context, f importer.File, h importer.Head, o importer.Options, s importer.Sink) error {
	p := o.Profile
	if p == nil {
		m := detectJSON(h)
		for _, known := range Shipped() {
			if strings.HasSuffix(m.Why, " "+Label(&known)) {
				p = &known
			}
		}
		if p == nil {
			return &importer.NeedsMapping{Name: f.Name, Columns: m.Columns}
		}
	}
	m, err := newMapper(p, o)
	if err != nil {
		return err
	}
	paths := make([][]string, len(m.columns))
	known := map[string]bool{}
	for i, c := range m.columns {
		paths[i] = strings.Split(c, ".")
		known[paths[i][0]] = true
	}
	for _, c := range append(slices.Clone(p.Ignore), p.Header...) {
		top, _, _ := strings.Cut(c, ".")
		known[top] = true
	}
	j := importer.JSON{Unit: func(v jsonscan.Value, b *importer.Batch) {
		if !b.Check(v) {
			return
		}
		if v.Kind() != '{' {
			b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is not an object.", v.Pos))
			return
		}
		for fs := v.Object(); fs.Next(); {
			if !known[string(fs.Key)] {
				b.Unknown(string(fs.Key))
			}
		}
		post, reject := m.post(&jsonRecord{v: v, paths: paths})
		if reject != nil {
			b.Reject(v, reject.Code, strings.Replace(reject.Reason, "The row", fmt.Sprintf("The object at byte %d", v.Pos), 1))
			return
		}
		b.Post(v, post)
	}}
	if err := j.Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("read objects: %w", err)
	}
	m.tell(s)
	return nil
}

// jsonRecord is an object seen through the mapper's paths.
type jsonRecord struct {
	v     jsonscan.Value
	paths [][]string
}

func (r *jsonRecord) get(col int) jsonscan.Value {
	if whole := strings.Join(r.paths[col], "."); len(r.paths[col]) > 1 && r.v.Has(whole) {
		return r.v.Get(whole) // a key that has dots in it
	}
	return r.v.Get(r.paths[col]...)
}

func (r *jsonRecord) cell(col int) string { return scalar(r.get(col)) }

// scalar is a value as text; lists and objects have none.
func scalar(v jsonscan.Value) string {
	switch v.Kind() {
	case 't':
		return "true"
	case 'f':
		return "false"
	}
	return v.Text()
}

func (r *jsonRecord) list(col int) []string {
	v := r.get(col)
	if v.Kind() != '[' {
		return nil
	}
	out := []string{}
	for es := v.Array(); es.Next(); {
		if s := scalar(es.Value); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// members lists the members of an object as dotted paths, to a depth.
func members(v jsonscan.Value, prefix string, depth int) []string {
	var out []string
	for fs := v.Object(); fs.Next(); {
		name := prefix + string(fs.Key)
		if fs.Value.Kind() == '{' && depth > 1 {
			out = append(out, members(fs.Value, name+".", depth-1)...)
			continue
		}
		out = append(out, name)
	}
	return out
}
