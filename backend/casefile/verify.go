package casefile

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// VerifyOptions are what Verify needs from outside.
type VerifyOptions struct {
	// ConfigDir is where the checkpoint of the case is kept; empty or without
	// one, the case can only be found consistent in itself.
	ConfigDir string
	// Checkpoint is a signed checkpoint from elsewhere, for example from a
	// report, that the case is compared with as well.
	Checkpoint []byte
	// PublicKey is whose signature the Checkpoint must have; empty means the
	// key in ConfigDir, and when there is none, the signature is not checked.
	PublicKey string
	// Progress, when given, is told how many of how many items are done.
	Progress func(done, total int64)
	// Understand makes a post's enrichment again; nil leaves the stored ones
	// unchecked. It is called from several goroutines. Those that another
	// version made cannot be compared, and are noted.
	Understand func(*model.Post) model.Enrichment
	// Engine is the version that Understand gives its enrichments.
	Engine string
	// MaxFindings bounds the findings that are listed; 0 means 1,000. All are
	// counted.
	MaxFindings int
}

// The claims that a verification can make when it finds nothing.
const (
	// ClaimCheckpoint: the case is what its checkpoint outside says it was.
	ClaimCheckpoint = "checkpoint"
	// ClaimConsistent: everything in the case fits together, but nothing
	// outside it says that it is all there.
	ClaimConsistent = "internally_consistent"
)

// VerifyReport is what a verification found. OK means that there are no
// findings; Notes are remarkable but no differences. Checkpoint was recomputed
// from the rows; Outside is the one that was kept, when there was one.
type VerifyReport struct {
	OK         bool                `json:"ok"`
	Claim      string              `json:"claim"`
	Case       model.CaseMeta      `json:"case"`
	Checkpoint custody.Checkpoint  `json:"-"`
	Outside    *custody.Checkpoint `json:"-"`
	PublicKey  string              `json:"public_key,omitempty"`
	Records    int64               `json:"records"` // of the custody log
	Posts      int64               `json:"posts"`
	Sightings  int64               `json:"sightings"`
	Rejects    int64               `json:"rejects"`
	Containers int64               `json:"containers"`
	Found      int64               `json:"found"` // findings, listed or not
	Findings   []Finding           `json:"findings"`
	Notes      []Finding           `json:"notes,omitempty"`
}

// Codes of findings of Verify; see also those of the outside checkpoint.
const (
	FindUnreadable      = "store_unreadable"
	FindSchema          = "schema_changed"
	FindDatabase        = "database_damaged"
	FindLogGap          = "log_record_missing"
	FindLogChanged      = "log_record_changed"
	FindLogChain        = "log_chain_broken"
	FindPayload         = "log_payload_changed"
	FindTree            = "log_tree_changed"
	FindChunk           = "chunk_changed"
	FindChunkMissing    = "chunk_missing"
	FindRowMissing      = "row_missing"
	FindRowUnknown      = "row_unknown"
	FindRowDamaged      = "row_damaged"
	FindPlace           = "place_changed"
	FindRaw             = "evidence_changed"
	FindItem            = "record_changed"
	FindDerived         = "derived_changed"
	FindContainerGone   = "container_missing"
	FindContainerBroken = "container_damaged"
	FindObject          = "object_changed"
	FindObjectMissing   = "object_missing"
	FindObjectUnknown   = "object_unknown"
	FindMarks           = "marks_changed"
	FindEnrichment      = "enrichment_changed"
	FindBatchCounts     = "batch_counts_changed"
	NoteClock           = "clock_set_back"
	NoteOrphan          = "container_unnamed"
	NoteAdopted         = "case_adopted"
	NoteUnderstood      = "enrichment_unchecked"
)

// verifier is one verification at work. It reads one snapshot of the database,
// and trusts no hash in it.
type verifier struct {
	ctx context.Context
	dir string
	opt VerifyOptions
	rep *VerifyReport
	tx  *sql.Tx

	log     custody.Log
	want    map[string]wanted // objects as the custody log left them
	caseID  string
	marks   markFold
	batches map[int64]*batchSeen
	conts   map[string]bool // containers that cannot be read
	done    int64
	total   int64

	seenAccounts []accountSeen  // what the sightings say of accounts
	moved        map[int64]bool // posts whose counts have yet to be explained
}

// stopped is an error once the verification was cancelled.
func (v *verifier) stopped() error {
	if err := v.ctx.Err(); err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	return nil
}

// bg is the context of long queries: they are cancelled between rows, because
// the driver would otherwise watch every step.
func (v *verifier) bg() context.Context { return context.WithoutCancel(v.ctx) }

// wanted is what the custody log says of an object's latest content.
type wanted struct {
	seq    int64
	commit model.Hash
}

// Verify recomputes the custody of a case from its stored bytes and compares
// it with what is stored, and with the checkpoint kept outside. It changes
// nothing and works beside a writer. The error is non-nil only when verifying
// itself was not possible (no such folder, cancelled); damage is a finding.
func Verify(ctx context.Context, dir string, o VerifyOptions) (VerifyReport, error) {
	if o.MaxFindings == 0 {
		o.MaxFindings = 1000
	}
	v := &verifier{
		ctx: ctx, dir: dir, opt: o, rep: &VerifyReport{Findings: []Finding{}},
		want: map[string]wanted{}, batches: map[int64]*batchSeen{}, conts: map[string]bool{}, marks: newMarkFold(),
	}
	if _, err := os.Stat(filepath.Join(dir, dbFile)); err != nil {
		return *v.rep, fault(CodeNotFound, fmt.Sprintf("there is no case in %q", v.dir), err)
	}
	err := v.run(ctx)
	if err == nil {
		err = v.stopped()
	}
	if err != nil {
		return *v.rep, err
	}
	v.rep.OK = v.rep.Found == 0
	v.rep.Claim = ClaimConsistent
	if v.rep.Outside != nil {
		v.rep.Claim = ClaimCheckpoint
	}
	return *v.rep, nil
}

func (v *verifier) find(code, object, format string, args ...any) {
	v.rep.Found++
	if len(v.rep.Findings) < v.opt.MaxFindings {
		v.rep.Findings = append(v.rep.Findings, Finding{Code: code, Object: object, Message: fmt.Sprintf(format, args...)})
	}
}

func (v *verifier) note(code, object, format string, args ...any) {
	if len(v.rep.Notes) < v.opt.MaxFindings {
		v.rep.Notes = append(v.rep.Notes, Finding{Code: code, Object: object, Message: fmt.Sprintf(format, args...)})
	}
}

// run opens the store and makes every pass. The outside checkpoint is read
// before the snapshot is taken: a writer at work is then never behind it.
func (v *verifier) run(ctx context.Context) (err error) {
	out, err := readOutside(v.opt.ConfigDir)
	if err != nil {
		v.find(FindCheckpointBad, "signing key", "the signing key cannot be read: %v", err)
		out = &outside{}
	}
	v.rep.PublicKey = out.key.Public()
	outsides := v.outsides(out)
	db, temp, err := openReaders(v.dir)
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, db.Close())
		if temp != "" {
			err = errors.Join(err, os.RemoveAll(temp))
		}
	}()
	v.tx, err = db.BeginTx(context.WithoutCancel(ctx), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		v.unreadable("case.db", err)
		return nil
	}
	defer func() {
		if rerr := v.tx.Rollback(); rerr != nil && !errors.Is(rerr, sql.ErrTxDone) {
			err = errors.Join(err, rerr)
		}
	}()
	if !v.schema() {
		return nil
	}
	v.passes(out, outsides)
	return nil
}

func (v *verifier) passes(out *outside, outsides []named) {
	for _, p := range []struct {
		what string
		run  func() error
	}{
		{"case.db", v.integrity},
		{"table log", v.custodyLog},
		{"table objects", v.objects},
		{"table batches", v.batchRows},
		{"table containers", v.containers},
		{"table runs", v.runs},
		{"table requests", v.requests},
		{"the custody log's objects", v.leftOver},
		{"tables posts, sightings and rejects", v.items},
		{"table posts", v.latest},
		{"table accounts", v.accounts},
		{"table marks", v.markRows},
		{"table enrichments", v.enrichments},
		{"checkpoint", func() error { return v.checkpoints(out, outsides) }},
	} {
		if v.ctx.Err() != nil {
			return
		}
		if err := p.run(); err != nil {
			v.unreadable(p.what, err)
		}
	}
}

func (v *verifier) unreadable(what string, err error) {
	if v.ctx.Err() == nil {
		v.find(FindUnreadable, what, "%s cannot be read: %v", what, err)
	}
}

// schema reports whether there is anything to go on with.
func (v *verifier) schema() bool {
	steps, err := migrations(migrationFiles)
	var have int64
	if err == nil {
		err = v.tx.QueryRowContext(v.ctx, "PRAGMA user_version").Scan(&have)
	}
	if err == nil && (have < 1 || have > int64(len(steps))) {
		v.find(FindSchema, "case.db", "the database has schema version %d, which this program does not know", have)
		return false
	}
	var diff []string
	if err == nil {
		diff, err = checkSchema(v.ctx, v.tx, steps[:have])
	}
	if err != nil {
		v.unreadable(dbFile, err)
		return false
	}
	for _, d := range diff {
		v.find(FindSchema, d, "the database's schema is not Vedette's: %s", d)
	}
	return true
}

// integrity lets SQLite look at its own structures. It sees little of what
// matters, but a broken index could hide rows from a reader.
func (v *verifier) integrity() error {
	return queryRows(v.ctx, v.tx, 1, func(r *row) error {
		if s := r.some(); s != "ok" {
			v.find(FindDatabase, dbFile, "SQLite finds its file damaged: %s", s)
		}
		return nil
	}, "PRAGMA integrity_check(20)")
}

// named is a checkpoint and where it came from.
type named struct {
	from string
	cp   custody.SignedCheckpoint
}

// outsides reads the checkpoints to compare with.
func (v *verifier) outsides(out *outside) []named {
	var list []named
	id, err := peekCaseID(v.ctx, v.dir)
	if err == nil {
		s, err := out.read(id)
		if err != nil {
			f := badCheckpoint(err)
			v.find(f.Code, f.Object, "%s", f.Message)
		} else if s != nil {
			list = append(list, named{from: "checkpoint", cp: *s})
		}
	}
	if v.opt.Checkpoint == nil {
		return list
	}
	s, err := custody.ParseSignedCheckpoint(v.opt.Checkpoint)
	key := v.opt.PublicKey
	if key == "" {
		key = out.key.Public()
	}
	if err == nil && key != "" {
		err = s.Verify(key)
	}
	if err != nil {
		v.find(FindCheckpointBad, "given checkpoint", "the given checkpoint cannot be used: %v", err)
		return list
	}
	return append(list, named{from: "given checkpoint", cp: s})
}

// peekCaseID reads the case's id as the database gives it, before the snapshot.
func peekCaseID(ctx context.Context, dir string) (id string, err error) {
	db, temp, err := openReaders(dir)
	if err != nil {
		return "", err
	}
	defer func() {
		err = errors.Join(err, db.Close())
		if temp != "" {
			err = errors.Join(err, os.RemoveAll(temp))
		}
	}()
	err = queryRows(ctx, db, 1, func(r *row) error { id = r.some(); return nil }, "SELECT id FROM objects WHERE kind = ?", kindMeta)
	return id, err
}

// checkpoints compares the recomputed log with those kept elsewhere.
func (v *verifier) checkpoints(out *outside, list []named) error {
	v.rep.Checkpoint = v.log.Checkpoint(v.caseID, v.log.Last)
	v.rep.Records = v.log.Tree.Size()
	for i := range list {
		cp := list[i].cp.Checkpoint
		found, err := compareCheckpoint(v.ctx, v.tx, v.dir, &cp, v.caseID, &v.log)
		if err != nil {
			return err
		}
		for _, f := range found {
			v.rep.Found++
			v.rep.Findings = append(v.rep.Findings, f)
		}
		v.rep.Outside = &cp
	}
	return nil
}

// meta reads the case's metadata for the report.
func (v *verifier) meta(body []byte) {
	if err := json.Unmarshal(body, &v.rep.Case); err != nil {
		v.find(FindObject, "case", "the case's metadata cannot be read: %v", err)
	}
}
