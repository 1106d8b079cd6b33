package casefile

import (
	"encoding/json"
	"errors"
	"fmt"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// custodyLog recomputes the chain and the tree from the records, and gathers
// what they say the objects are.
func (v *verifier) custodyLog() error {
	nodes, err := v.cursor(2, "SELECT id, hash FROM nodes ORDER BY id")
	if err != nil {
		return err
	}
	var prev model.Hash // as stored
	err = queryRows(v.bg(), v.tx, logColumns, func(r *row) error {
		rec := r.logRow()
		if r.err != nil {
			v.find(FindRowDamaged, logName(v.log.Tree.Size()+1), "custody record %d is damaged: %v", v.log.Tree.Size()+1, r.err)
			r.err = nil
		}
		v.record(&rec, prev, nodes)
		prev = rec.hash
		return v.stopped()
	}, "SELECT "+logList+" FROM log ORDER BY seq")
	if err == nil && nodes.ok {
		v.find(FindTree, "nodes", "the custody log's tree has nodes beyond its last record")
	}
	err = errors.Join(err, nodes.close())
	if v.log.Tree.Size() == 0 {
		v.find(FindLogGap, logName(1), "the custody log is empty")
	}
	return err
}

func logName(seq int64) string { return fmt.Sprintf("log:%d", seq) }

func (v *verifier) record(rec *logRow, prev model.Hash, nodes *cursor) {
	want := v.log.Tree.Size() + 1
	name := logName(rec.Seq)
	if rec.Seq != want {
		v.find(FindLogGap, logName(want), "custody record %d is missing; the next one is %d", want, rec.Seq)
	}
	enc := rec.Encode()
	if custody.RecordHash(enc) != rec.hash {
		v.find(FindLogChanged, name, "custody record %d (%s %s) is not what its hash was made of", rec.Seq, rec.Action, rec.Object)
	}
	if rec.Prev != prev {
		v.find(FindLogChain, name, "custody record %d does not follow on from the one before it", rec.Seq)
	}
	if rec.At.Before(v.log.Last) {
		v.note(NoteClock, name, "the clock was set back: custody record %d says %s, the one before it %s",
			rec.Seq, rec.At.Format(custody.TimeLayout), v.log.Last.Format(custody.TimeLayout))
	}
	at := custody.NodeIndex(v.log.Tree.Size())
	for i, h := range v.log.Tree.Append(enc) {
		if !nodes.ok || nodes.r.num() != at+int64(i) || nodes.r.hash() != h {
			v.find(FindTree, name, "a node of the custody log's tree at record %d is missing or changed", rec.Seq)
		}
		nodes.step()
	}
	v.log.Head, v.log.Last = custody.RecordHash(enc), rec.At
	v.payload(rec, name)
}

// payload checks what the record committed to, as far as it carries it, and
// notes what the record says of its object.
func (v *verifier) payload(rec *logRow, name string) {
	if rec.Action == actItems {
		if rec.payload != nil {
			v.find(FindPayload, name, "custody record %d has content that it should not have", rec.Seq)
		}
		return
	}
	if custody.PayloadCommit(rec.payload) != rec.Commit {
		v.find(FindPayload, name, "the content of custody record %d (%s %s) is not what it committed to", rec.Seq, rec.Action, rec.Object)
	}
	if first := rec.Action == actCreate; first != (rec.Seq == 1) {
		v.find(FindLogChanged, name, "custody record %d is out of place", rec.Seq)
	}
	switch rec.Action {
	case actCreate:
		v.caseID = rec.Object[min(len(rec.Object), len(kindMeta)+1):]
		v.want[rec.Object] = wanted{rec.Seq, rec.Commit}
	case actPut, actBatch, actContainer, actRun, actRequest:
		v.want[rec.Object] = wanted{rec.Seq, rec.Commit}
	case actRemove:
		delete(v.want, rec.Object)
	case actMarks:
		if err := v.marks.apply(rec.payload); err != nil {
			v.find(FindPayload, name, "the change of marks in custody record %d cannot be read: %v", rec.Seq, err)
		}
	case actAdopt:
		v.note(NoteAdopted, name, "when the case was opened at %s by %s, no checkpoint of it was kept there: "+
			"that the %d custody records before are all there, only a checkpoint from elsewhere can say", rec.At.Format(custody.TimeLayout), rec.Actor, rec.Seq-1)
	case actLoss:
		v.recordedLoss(rec, name)
	}
}

// recordedLoss repeats a loss that was found when the case was opened once.
func (v *verifier) recordedLoss(rec *logRow, name string) {
	var found []Finding
	if err := json.Unmarshal(rec.payload, &found); err != nil {
		v.find(FindPayload, name, "the loss in custody record %d cannot be read: %v", rec.Seq, err)
	}
	for _, f := range found {
		v.find(FindRecordedLoss, name, "when the case was opened at %s: %s", rec.At.Format(custody.TimeLayout), f.Message)
	}
}

// object compares a stored row's content with what the custody log says of it.
func (v *verifier) object(name string, seq int64, body []byte) {
	w, ok := v.want[name]
	delete(v.want, name)
	switch {
	case !ok:
		v.find(FindObjectUnknown, name, "%s is in the case, but not in its custody log", name)
	case custody.PayloadCommit(body) != w.commit:
		v.find(FindObject, name, "%s is not what custody record %d says", name, w.seq)
	case seq != w.seq:
		v.find(FindObject, name, "%s names custody record %d instead of %d", name, seq, w.seq)
	}
}

// leftOver names objects that the custody log knows and the case has not.
func (v *verifier) leftOver() error {
	for name, w := range v.want {
		v.find(FindObjectMissing, name, "%s is gone from the case; custody record %d put it there", name, w.seq)
	}
	return nil
}

func (v *verifier) objects() error {
	return queryRows(v.bg(), v.tx, 4, func(r *row) error {
		kind, id, seq, body := r.some(), r.some(), r.num(), r.blob()
		if r.odd1(v, "objects") {
			return nil
		}
		if kind == kindMeta && id == v.caseID {
			v.meta(body)
		}
		v.object(objectName(kind, id), seq, body)
		return nil
	}, "SELECT kind, id, log, body FROM objects ORDER BY kind, id")
}

// odd1 turns a damaged row into a finding.
func (r *row) odd1(v *verifier, object string) bool {
	if r.err == nil {
		return false
	}
	v.find(FindRowDamaged, object, "a row of %s is damaged: %v", object, r.err)
	r.err = nil
	return true
}

// markFold is the marks as the custody log left them: every distinct state
// once, and which posts have it.
type markFold struct {
	states []model.Marks
	byText map[string]uint32
	posts  map[int64]uint32
}

func newMarkFold() markFold {
	return markFold{states: []model.Marks{{}}, byText: map[string]uint32{markText(&model.Marks{}): 0}, posts: map[int64]uint32{}}
}

func (f *markFold) apply(payload []byte) error {
	var rec markRecord
	if err := json.Unmarshal(payload, &rec); err != nil {
		return fmt.Errorf("read marks: %w", err)
	}
	return eachRange(rec.Posts, func(from, to int64) {
		next := map[uint32]uint32{} // a change maps states to states
		for id := from; id <= to; id++ {
			was := f.posts[id]
			now, ok := next[was]
			if !ok {
				now = f.changed(was, &rec.Change)
				next[was] = now
			}
			if now == 0 {
				delete(f.posts, id)
			} else {
				f.posts[id] = now
			}
		}
	})
}

func (f *markFold) changed(was uint32, ch *MarkChange) uint32 {
	m := f.states[was]
	ch.apply(&m)
	text := markText(&m)
	n, ok := f.byText[text]
	if !ok {
		n = uint32(len(f.states))
		f.states = append(f.states, m)
		f.byText[text] = n
	}
	return n
}

// markText identifies a state of marks.
func markText(m *model.Marks) string {
	labels, _ := putStrings(m.Labels).(string)
	return fmt.Sprintf("%v %q %q %s", m.Starred, m.Grade, m.Note, labels)
}

func (v *verifier) markRows() error {
	err := queryRows(v.bg(), v.tx, 6, func(r *row) error {
		id := r.num()
		var m model.Marks
		if err := r.marked(&m); err != nil || r.err != nil {
			v.find(FindMarks, postName(id), "the marks of post %d are damaged", id)
			r.err = nil
			delete(v.marks.posts, id)
			return nil
		}
		state, ok := v.marks.posts[id]
		if !ok || markText(&v.marks.states[state]) != markText(&m) {
			v.find(FindMarks, postName(id), "the marks of post %d are not those that the custody log says", id)
		}
		delete(v.marks.posts, id)
		return nil
	}, "SELECT post, 1, starred, grade, note, labels FROM marks ORDER BY post")
	for id := range v.marks.posts {
		v.find(FindMarks, postName(id), "the marks of post %d are gone", id)
	}
	return err
}

func postName(id int64) string { return fmt.Sprintf("post:%d", id) }
