package casefile

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"vedette/backend/model"
)

// batchSeen is a batch and what the rows were found to say of it.
type batchSeen struct {
	batch                         model.Batch
	started                       int64
	read, accepted, dup, rejected int64
}

func (v *verifier) batchRows() error {
	return queryRows(v.bg(), v.tx, 7, func(r *row) error {
		id, state, source, mode, withdrawn, seq, body := r.num(), r.some(), r.text(), r.text(), r.bit(), r.num(), r.blob()
		name := objectName(kindBatch, strconv.FormatInt(id, 10))
		if r.odd1(v, name) {
			return nil
		}
		v.object(name, seq, body)
		var b model.Batch
		if err := json.Unmarshal(body, &b); err != nil {
			v.find(FindRowDamaged, name, "%s cannot be read: %v", name, err)
			return nil
		}
		if b.ID != id || string(b.State) != state || b.Source.Name != source || string(b.Source.Mode) != mode || b.Withdrawn != withdrawn {
			v.find(FindObject, name, "the columns of %s differ from what was logged", name)
		}
		v.batches[id] = &batchSeen{batch: b, started: b.Started.Unix()}
		return nil
	}, "SELECT id, state, source, mode, withdrawn, log, body FROM batches ORDER BY id")
}

// batchCounts compares finished batches with their rows.
func (v *verifier) batchCounts() {
	for id, s := range v.batches {
		b := &s.batch
		if b.State != model.BatchRunning && (b.Read != s.read || b.Accepted != s.accepted || b.Duplicate != s.dup || b.Rejected != s.rejected) {
			v.find(FindBatchCounts, objectName(kindBatch, strconv.FormatInt(id, 10)),
				"batch %d says %d read, %d accepted, %d duplicates, %d rejected; its rows say %d, %d, %d, %d",
				id, b.Read, b.Accepted, b.Duplicate, b.Rejected, s.read, s.accepted, s.dup, s.rejected)
		}
	}
}

func (v *verifier) runs() error {
	return queryRows(v.bg(), v.tx, 4, func(r *row) error {
		id, seq, body, result := r.num(), r.num(), r.blob(), r.blob()
		name := objectName(kindRun, strconv.FormatInt(id, 10))
		if r.odd1(v, name) {
			return nil
		}
		v.object(name, seq, body)
		var run model.Run
		if err := json.Unmarshal(body, &run); err != nil {
			v.find(FindRowDamaged, name, "%s cannot be read: %v", name, err)
			return nil
		}
		if sum := sha256.Sum256(result); hex.EncodeToString(sum[:]) != run.ResultHash {
			v.find(FindObject, name, "the result of %s is not the one that was logged", name)
		}
		return nil
	}, "SELECT id, log, body, result FROM runs ORDER BY id")
}

func (v *verifier) requests() error {
	return queryRows(v.bg(), v.tx, 3, func(r *row) error {
		id, seq, body := r.num(), r.num(), r.blob()
		name := objectName(kindRequest, strconv.FormatInt(id, 10))
		if !r.odd1(v, name) {
			v.object(name, seq, body)
		}
		return nil
	}, "SELECT id, log, body FROM requests ORDER BY id")
}

// containers reads every original file whole, as stored and unpacked.
func (v *verifier) containers() error {
	var list []containerRecord
	err := queryRows(v.bg(), v.tx, 6, func(r *row) error {
		rec := containerRecord{SHA256: r.some(), Name: r.some(), Size: r.num(), Stored: r.num(), File: r.some()}
		seq := r.num()
		name := objectName("container", rec.SHA256)
		if r.odd1(v, name) {
			return nil
		}
		body, err := json.Marshal(rec)
		if err != nil {
			return fmt.Errorf("encode container: %w", err)
		}
		v.object(name, seq, body)
		list = append(list, rec)
		return nil
	}, "SELECT sha256, name, size, stored, file, log FROM containers ORDER BY id")
	if err != nil {
		return err
	}
	for i := range list {
		v.rep.Containers++
		v.container(&list[i])
		if err := v.ctx.Err(); err != nil {
			return fmt.Errorf("read containers: %w", err)
		}
	}
	orphans, err := unnamedContainers(v.ctx, v.tx, v.dir)
	for _, o := range orphans {
		v.note(NoteOrphan, objectName("container", o), "the file %s in the container folder is unknown to the case", o)
	}
	return err
}

func (v *verifier) container(rec *containerRecord) {
	name := objectName("container", rec.SHA256)
	if !isHash(rec.SHA256) {
		v.find(FindContainerBroken, name, "a container has no proper name")
		return
	}
	f, err := os.Open(filepath.Join(v.dir, containerFolder, rec.SHA256))
	if err != nil {
		v.conts[rec.SHA256] = true
		v.find(FindContainerGone, name, "the original file %q (%s) is missing: %v", rec.Name, rec.SHA256, err)
		return
	}
	original, stored, size, err := digestContainer(v, f)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	switch {
	case err != nil:
		v.conts[rec.SHA256] = true
		v.find(FindContainerBroken, name, "the original file %q (%s) cannot be unpacked: %v", rec.Name, rec.SHA256, err)
	case original != rec.SHA256 || size != rec.Size:
		v.conts[rec.SHA256] = true
		v.find(FindContainerBroken, name, "the original file %q is not the one with SHA-256 %s", rec.Name, rec.SHA256)
	case stored != rec.File:
		v.find(FindContainerBroken, name, "the stored form of the original file %q (%s) was changed, though it unpacks to the same", rec.Name, rec.SHA256)
	}
}

// digestContainer hashes a container as unpacked and as stored, reading every
// byte once.
func digestContainer(v *verifier, f *os.File) (original, stored string, size int64, err error) {
	st, err := f.Stat()
	if err != nil {
		return "", "", 0, fmt.Errorf("read container: %w", err)
	}
	table, err := readSeekTable(f, st.Size())
	if err != nil {
		return "", "", 0, err
	}
	dec, err := newDecoder()
	if err != nil {
		return "", "", 0, err
	}
	defer dec.Close()
	o, s := sha256.New(), sha256.New()
	r := io.TeeReader(io.NewSectionReader(f, 0, st.Size()), s)
	var packed, data []byte
	for i := range table.frames() {
		packed = append(packed[:0], make([]byte, table.starts[i+1]-table.starts[i])...)
		if _, err := io.ReadFull(r, packed); err != nil {
			return "", "", 0, fmt.Errorf("read container: %w", err)
		}
		if data, err = dec.DecodeAll(packed, data[:0]); err != nil {
			return "", "", 0, fmt.Errorf("unpack frame %d: %w", i, err)
		}
		if int64(len(data)) != table.offsets[i+1]-table.offsets[i] {
			return "", "", 0, fmt.Errorf("frame %d: %w", i, errSeekTable)
		}
		o.Write(data)
		if v.ctx.Err() != nil {
			return "", "", 0, errors.New("cancelled")
		}
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		return "", "", 0, fmt.Errorf("read container: %w", err)
	}
	return hexSum(o), hexSum(s), table.size(), nil
}
