package workspace

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"maps"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/assets"
	"vedette/backend/analytics"
	"vedette/backend/model"
)

// AnalysisKinds lists the kinds of analysis, in the order they are shown.
func AnalysisKinds() []string {
	var out []string
	for _, k := range analytics.Kinds() {
		out = append(out, k.Name)
	}
	return out
}

// Analyze makes an analysis and records it. It waits until the text index has
// caught up, so that the same selection means the same posts. Private and direct
// posts are left out unless the selection filters by visibility. In a read-only
// session the run is made but not recorded, and its ID is 0.
func (s *Session) Analyze(ctx context.Context, spec model.RunSpec, progress ProgressFunc) (model.Run, error) {
	if err := s.waitIndexed(ctx, progress); err != nil {
		return model.Run{}, err
	}
	spec.Selection = s.withoutPrivate(spec.Selection)
	run, err := s.compute(ctx, s.withZone(spec))
	if err != nil || s.c.ReadOnly() {
		return run, err
	}
	s.write.Lock()
	defer s.write.Unlock()
	result := run.Result
	run, err = s.c.SaveRun(ctx, run)
	if err != nil {
		return run, fmt.Errorf("record the run: %w", err)
	}
	run.Result = result
	return run, nil
}

// Preview computes an analysis for the screen without recording it.
func (s *Session) Preview(ctx context.Context, spec model.RunSpec) (json.RawMessage, error) {
	spec.Selection = s.withoutPrivate(spec.Selection)
	sel, err := s.selectPosts(ctx, spec.Selection)
	if err != nil {
		return nil, err
	}
	return s.result(ctx, spec, sel)
}

// withZone writes the case's zone into a run that depends on one and names none:
// a later change of the case's zone must not change what the run is made of.
func (s *Session) withZone(spec model.RunSpec) model.RunSpec {
	const zone = "zone"
	if spec.Params[zone] != "" {
		return spec
	}
	for _, k := range analytics.Kinds() {
		takes := slices.ContainsFunc(k.Params, func(p analytics.Param) bool { return p.Name == zone })
		if k.Name == spec.Kind && takes {
			params := maps.Clone(spec.Params)
			if params == nil {
				params = map[string]string{}
			}
			params[zone] = s.zone().String()
			spec.Params = params
		}
	}
	return spec
}

// compute makes a run: the result in canonical form and what it rests on.
func (s *Session) compute(ctx context.Context, spec model.RunSpec) (model.Run, error) {
	sel, err := s.selectPosts(ctx, spec.Selection)
	if err != nil {
		return model.Run{}, err
	}
	result, err := s.result(ctx, spec, sel)
	if err != nil {
		return model.Run{}, err
	}
	print, err := s.fingerprint(ctx, sel.posts)
	if err != nil {
		return model.Run{}, err
	}
	engine, err := s.desk.engine()
	if err != nil {
		return model.Run{}, err
	}
	sum := sha256.Sum256(result)
	return model.Run{
		Spec: spec, Engine: analytics.Engine + " " + engine.Version(), Posts: int64(sel.posts.GetCardinality()),
		Fingerprint: print, LogIndex: s.c.LogSize(), ResultHash: hex.EncodeToString(sum[:]),
		At: s.desk.opt.Now().UTC(), Result: result,
	}, nil
}

// result computes an analysis over an evaluated selection, as canonical JSON.
func (s *Session) result(ctx context.Context, spec model.RunSpec, sel selected) (json.RawMessage, error) {
	in := analytics.Inputs{
		View: sel.view, Selection: sel.posts, Zone: s.zone(),
		Each: s.postsOf(sel), Automation: assets.AutomationModel, StopWords: assets.StopWords,
	}
	subjects, err := s.Subjects(ctx)
	if err != nil {
		return nil, err
	}
	for _, x := range subjects {
		mentions, err := s.subjectPosts(ctx, x.ID, sel.view)
		if err != nil {
			return nil, err
		}
		in.Subjects = append(in.Subjects, analytics.SubjectPosts{Subject: x, Posts: mentions})
	}
	v, err := analytics.Compute(ctx, spec, in)
	if err != nil {
		return nil, fmt.Errorf("analyse %s: %w", spec.Kind, err)
	}
	b, err := analytics.CanonicalJSON(v)
	if err != nil {
		return nil, fmt.Errorf("write the result of %s: %w", spec.Kind, err)
	}
	return b, nil
}

// fingerprint is the SHA-256 over the ids and commitments of the posts, in
// order of id, as lower-case hexadecimal: it names exactly what was read.
func (s *Session) fingerprint(ctx context.Context, posts *roaring.Bitmap) (string, error) {
	h := sha256.New()
	it := posts.ManyIterator()
	buf := make([]uint32, 4096)
	for {
		n := it.NextMany(buf)
		if n == 0 {
			break
		}
		ids := make([]int64, n)
		for i, o := range buf[:n] {
			ids[i] = int64(o) + 1
		}
		if err := s.c.Commitments(ctx, ids, func(id int64, c model.Hash) error { return hashPost(h, id, c) }); err != nil {
			return "", fmt.Errorf("fingerprint the posts: %w", err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func hashPost(h hash.Hash, id int64, c model.Hash) error {
	var b [40]byte
	binary.BigEndian.PutUint64(b[:8], uint64(id))
	copy(b[8:], c[:])
	h.Write(b[:])
	return nil
}

// Runs lists the recorded analyses, without their results.
func (s *Session) Runs(ctx context.Context) ([]model.Run, error) {
	list, err := s.c.Runs(ctx)
	if err != nil {
		return nil, fmt.Errorf("list runs: %w", err)
	}
	return list, nil
}

// Rerun makes a recorded analysis again and compares the bytes. Nothing is
// recorded.
func (s *Session) Rerun(ctx context.Context, id int64) (RerunResult, error) {
	old, err := s.c.Run(ctx, id)
	if err != nil {
		return RerunResult{}, fmt.Errorf("read run %d: %w", id, err)
	}
	if err := s.waitIndexed(ctx, nil); err != nil {
		return RerunResult{}, err
	}
	now, err := s.compute(ctx, old.Spec)
	if err != nil {
		return RerunResult{}, err
	}
	return RerunResult{
		Run: old, Same: now.ResultHash == old.ResultHash && bytes.Equal(now.Result, old.Result), NewHash: now.ResultHash,
		NewPrint: now.Fingerprint, DataSame: now.Fingerprint == old.Fingerprint, FirstDiff: firstDifference(old.Result, now.Result),
	}, nil
}

// firstDifference shows where two results part, with a little of what is around.
func firstDifference(a, b []byte) string {
	if bytes.Equal(a, b) {
		return ""
	}
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	around := func(x []byte) string { return string(x[max(0, min(i, len(x))-30):min(len(x), i+30)]) }
	return fmt.Sprintf("at byte %d: recorded …%s…, now …%s…", i, around(a), around(b))
}
