package casefile

import (
	"crypto/sha256"
	"math"
	"strings"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// accountTable remembers every account's id and latest profile, so that an
// unchanged profile is stored once. What is known of the latest is written back
// once per transaction.
type accountTable struct {
	byUID map[string]int32 // to index of list
	list  []account
	dirty []int32
	state int64      // last id given
	none  model.Hash // content of a profile without anything
	buf   []byte
}

type account struct {
	state     int64 // latest profile
	content   model.Hash
	known     bool // content is loaded
	dirty     bool
	seen      int64
	followers model.Count
}

func loadAccounts(w *writer) (*accountTable, error) {
	t := &accountTable{byUID: map[string]int32{}}
	t.none = t.hashProfile(&model.Account{})
	err := w.query(5, func(r *row) error {
		id, uid := r.num(), r.text()
		if id != int64(len(t.list)+1) || id > math.MaxInt32 {
			return damaged(errGap)
		}
		t.list = append(t.list, account{state: r.num(), seen: r.num(), followers: r.count()})
		if uid != "" {
			t.byUID[uid] = int32(id - 1)
		}
		return nil
	}, "SELECT id, uid, state, seen, followers FROM accounts ORDER BY id")
	if err != nil {
		return nil, err
	}
	err = w.query(1, func(r *row) error { t.state = r.num(); return nil }, "SELECT coalesce(max(id), 0) FROM account_states")
	return t, err
}

// hashProfile identifies a profile's content.
func (t *accountTable) hashProfile(a *model.Account) model.Hash {
	t.buf = custody.AppendProfile(t.buf[:0], a)
	return sha256.Sum256(t.buf)
}

// take returns the ids of an author and of the profile as shown now, storing
// what is new. Both are 0 for a post without an author. seen is when it was
// shown, in Unix seconds; the latest, or the later of two, stays.
func (t *accountTable) take(w *writer, a *model.Account, seen int64) (id, state int64, err error) {
	content := t.hashProfile(a)
	if content == t.none {
		return 0, 0, nil
	}
	uid := a.UID()
	i, ok := t.byUID[uid]
	if !ok || uid == "" {
		return t.add(w, a, uid, content, seen)
	}
	acc := &t.list[i]
	if !acc.known {
		if err := t.recall(w, acc); err != nil {
			return 0, 0, err
		}
	}
	state = acc.state
	if acc.content != content {
		if state, err = t.insertState(w, int64(i)+1, a); err != nil {
			return 0, 0, err
		}
	}
	if seen >= acc.seen {
		acc.state, acc.content, acc.seen = state, content, seen
		if _, ok := a.Followers.Value(); ok {
			acc.followers = a.Followers
		}
		if !acc.dirty {
			acc.dirty = true
			t.dirty = append(t.dirty, i)
		}
	}
	return int64(i) + 1, state, nil
}

func (t *accountTable) add(w *writer, a *model.Account, uid string, content model.Hash, seen int64) (id, state int64, err error) {
	id = int64(len(t.list) + 1)
	if state, err = t.insertState(w, id, a); err != nil {
		return 0, 0, err
	}
	t.list = append(t.list, account{state: state, content: content, known: true, seen: seen, followers: a.Followers})
	if uid != "" {
		t.byUID[uid] = int32(id - 1)
	}
	return id, state, w.exec("INSERT INTO accounts VALUES (?,?,?,?,?)", id, putText(uid), state, seen, putCount(a.Followers))
}

// recall loads the content of an account's latest profile.
func (t *accountTable) recall(w *writer, acc *account) error {
	return w.query(stateColumns, func(r *row) error {
		var a model.Account
		r.profile(&a)
		acc.content, acc.known = t.hashProfile(&a), true
		return nil
	}, "SELECT "+stateList+" FROM account_states s WHERE s.id = ?", acc.state)
}

func (t *accountTable) insertState(w *writer, account int64, a *model.Account) (int64, error) {
	t.state++
	var verified any
	if a.Verified != nil {
		verified = boolInt(*a.Verified)
	}
	return t.state, w.exec("INSERT INTO account_states VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
		t.state, account, putText(a.Platform), putText(a.NativeID), putText(a.Handle), putText(a.Name), putText(a.URL),
		putSeconds(a.Created.Time), putNanos(a.Created.Time), putText(a.Created.Original), putText(string(a.Created.Zone)),
		verified, putFlag(a.DeclaredBot),
		putText(a.Place.Name), putText(a.Place.Country), putReal(a.Place.Lat), putReal(a.Place.Lon), putFlag(a.Place.HasPoint), putText(string(a.Place.Provenance)),
		putText(a.Gender.Value), putText(string(a.Gender.Provenance)), putText(a.Age.Value), putText(string(a.Age.Provenance)),
		putText(a.Description))
}

// flush writes the latest states back.
func (t *accountTable) flush(w *writer) error {
	for _, i := range t.dirty {
		acc := &t.list[i]
		acc.dirty = false
		err := w.exec("UPDATE accounts SET state = ?, seen = ?, followers = ? WHERE id = ?",
			acc.state, acc.seen, putCount(acc.followers), int64(i)+1)
		if err != nil {
			return err
		}
	}
	t.dirty = t.dirty[:0]
	return nil
}

// The columns of a profile, from table account_states as s.
const (
	stateList = "s.platform, s.native_id, s.handle, s.name, s.url, s.created, s.created_ns, s.created_original, s.created_zone, " +
		"s.verified, s.bot, s.place_name, s.country, s.lat, s.lon, s.has_point, s.place_from, " +
		"s.gender, s.gender_from, s.age, s.age_from, s.description"
	stateColumns = 22
)

// stateListAs is stateList for a table that goes by another name.
func stateListAs(name string) string { return strings.ReplaceAll(stateList, "s.", name+".") }

// profile reads stateList into a; its counts stay.
func (r *row) profile(a *model.Account) {
	a.Platform, a.NativeID, a.Handle, a.Name, a.URL = r.text(), r.text(), r.text(), r.text(), r.text()
	a.Created = r.instant()
	a.Verified, a.DeclaredBot = r.verified(), r.flag()
	a.Place = r.place()
	a.Gender = model.Attributed{Value: r.text(), Provenance: model.Provenance(r.text())}
	a.Age = model.Attributed{Value: r.text(), Provenance: model.Provenance(r.text())}
	a.Description = r.text()
}

// instant reads seconds, nanoseconds, original, zone.
func (r *row) instant() model.Instant {
	return model.Instant{Time: r.moment(), Original: r.text(), Zone: model.ZoneBasis(r.text())}
}
