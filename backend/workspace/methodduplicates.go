package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"vedette/backend/enrich/near"
)

// duplicateRow is a row that MethodDuplicates writes.
type duplicateRow struct {
	ID      json.RawMessage `json:"id"`
	Cluster json.RawMessage `json:"cluster"`
}

// MethodDuplicates reads JSON lines {"id","text"} and writes {"id","cluster"} in
// the same order: the cluster is the id of its first text. A text that is nearly
// the same as no other is a cluster of its own. The texts are held in memory.
func MethodDuplicates(ctx context.Context, in io.Reader, out io.Writer) error {
	var ids []json.RawMessage
	var texts []string
	x := near.NewIndex(0)
	err := eachLine(ctx, in, func(row methodLine) error {
		ids = append(ids, row.ID)
		texts = append(texts, *row.Text)
		x.Add(*row.Text)
		return nil
	})
	if err != nil {
		return err
	}
	groups, err := x.Groups(ctx, func(i int) string { return texts[i] })
	if err != nil {
		return fmt.Errorf("find near-duplicates: %w", err)
	}
	w := newLineWriter(out)
	for i, g := range groups {
		if err := w.write(duplicateRow{ID: ids[i], Cluster: ids[g]}); err != nil {
			return err
		}
	}
	return w.flush()
}
