package workspace

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"slices"

	"vedette/backend/casefile"
	"vedette/backend/model"
)

// Verification is what verifying a case found, with the root and head that were
// recomputed from the rows, as lower-case hexadecimal.
type Verification struct {
	casefile.VerifyReport
	Custody CustodyHead  `json:"custody"`
	Outside *CustodyHead `json:"outside,omitempty"` // what was kept outside the case
}

// Verify recomputes a case's custody from its raw bytes and trusts nothing that
// is stored. What is wrong with the case is in the answer, not an error.
// checkpoint may name a signed checkpoint file kept elsewhere.
func (d *Desk) Verify(ctx context.Context, dir, checkpoint string, progress ProgressFunc) (Verification, error) {
	m := newMeter(progress, d.opt.Now, "verify", "records", "", "records", 0)
	opt := casefile.VerifyOptions{ConfigDir: d.opt.ConfigDir, Progress: func(done, total int64) { m.of(done, total) }}
	if checkpoint != "" {
		b, err := os.ReadFile(checkpoint)
		if err != nil {
			return Verification{}, fmt.Errorf("read the checkpoint: %w", err)
		}
		opt.Checkpoint = b
	}
	engine, err := d.engine()
	if err != nil {
		return Verification{}, err
	}
	opt.Engine, opt.Understand = engine.Version(), func(p *model.Post) model.Enrichment { return understand(engine, p) }
	r, err := casefile.Verify(ctx, dir, opt)
	if err != nil {
		return Verification{}, fmt.Errorf("verify %s: %w", dir, err)
	}
	v := Verification{VerifyReport: r, Custody: CustodyHead{
		Size: r.Checkpoint.Size, Root: hex.EncodeToString(r.Checkpoint.Root[:]), Head: hex.EncodeToString(r.Checkpoint.Head[:]),
	}}
	if o := r.Outside; o != nil {
		v.Outside = &CustodyHead{Size: o.Size, Root: hex.EncodeToString(o.Root[:]), Head: hex.EncodeToString(o.Head[:])}
	}
	return v, nil
}

// WriteVerification says in words what a verification found.
func WriteVerification(w io.Writer, v Verification) {
	fmt.Fprintf(w, "%s: %d custody records, %d posts, %d sightings, %d rejected records, %d containers\n", v.Case.Name, v.Records, v.Posts, v.Sightings, v.Rejects, v.Containers)
	fmt.Fprintf(w, "root %s\n", v.Custody.Root)
	for _, f := range v.Findings {
		fmt.Fprintf(w, "  BROKEN %s: %s\n", f.Object, f.Message)
	}
	if more := v.Found - int64(len(v.Findings)); more > 0 {
		fmt.Fprintf(w, "  and %d more\n", more)
	}
	for _, f := range v.Notes {
		fmt.Fprintf(w, "  note   %s: %s\n", f.Object, f.Message)
	}
	switch {
	case !v.OK:
		fmt.Fprintf(w, "NOT VERIFIED: %d finding(s); the first broken link is at the top.\n", v.Found)
	case v.Claim == casefile.ClaimCheckpoint && limited(v):
		fmt.Fprintln(w, "VERIFIED, WITHIN THE NOTES ABOVE: everything else was recomputed from the raw bytes, and equals the checkpoint that is kept outside the case.")
	case v.Claim == casefile.ClaimCheckpoint:
		fmt.Fprintln(w, "VERIFIED: everything was recomputed from the raw bytes, and equals the checkpoint that is kept outside the case.")
	default:
		fmt.Fprintln(w, "INTERNALLY CONSISTENT: everything fits together, but no checkpoint outside the case says that it is all there.")
	}
}

// limited reports whether a note says of something that it could not be verified.
func limited(v Verification) bool {
	return slices.ContainsFunc(v.Notes, func(f casefile.Finding) bool {
		return f.Code == casefile.NoteAdopted || f.Code == casefile.NoteUnderstood
	})
}
