package slack

import (
	"bytes"
	"crypto/sha256"
	"path"
	"regexp"
	"sync"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// maxCompanion is the largest list of users or channels that is looked at, in
// bytes.
const maxCompanion = 64 << 20

// room is what is known about the channel of a file, and about its users. It is
// only read once it is made.
type room struct {
	folder     string // the name of the channel
	key        string // its id, else its name
	visibility model.Visibility
	users      map[string]model.Account
	channels   map[string]string // names by id
}

// perDay is the name of a file with the messages of one day.
var perDay = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}\.json$`)

// newRoom looks at the place of a file in an export, and at the lists beside it.
func newRoom(f importer.File) *room {
	r := &room{visibility: model.VisibilityPrivate, channels: map[string]string{}}
	dir, base := path.Split(f.Name)
	if folder := path.Base(dir); perDay.MatchString(base) && folder != "." && folder != "/" {
		r.folder, r.key = folder, folder
	}
	if data, ok := f.Companion("../users.json", maxCompanion); ok {
		r.users = lastUsers.of(data)
	}
	for _, list := range []struct {
		file       string
		visibility model.Visibility
	}{
		{"../channels.json", model.VisibilityUnlisted},
		{"../groups.json", model.VisibilityPrivate},
		{"../mpims.json", model.VisibilityDirect},
		{"../dms.json", model.VisibilityDirect},
	} {
		data, _ := f.Companion(list.file, maxCompanion)
		each(data, func(v jsonscan.Value) {
			id, name := v.Get("id").Text(), v.Get("name").Text()
			if id == "" {
				return
			}
			r.channels[id] = name
			if r.folder != "" && (name == r.folder || id == r.folder) {
				r.key, r.visibility = id, list.visibility
			}
		})
	}
	return r
}

// each reads the elements of a list.
func each(data []byte, fn func(v jsonscan.Value)) {
	sc := jsonscan.NewScanner(bytes.NewReader(data), jsonscan.Options{})
	for {
		it, err := sc.Next()
		if err != nil {
			return
		}
		if it.Problem == "" && it.Kind() == '{' {
			fn(it.Value)
		}
	}
}

// userList remembers the users of the list that was read last: an export has a
// file for every channel and day, all beside the same list.
type userList struct {
	mu    sync.Mutex
	sum   [sha256.Size]byte
	users map[string]model.Account // never changed once it is here
}

var lastUsers userList

// of reads a list of users.
func (l *userList) of(data []byte) map[string]model.Account {
	sum := sha256.Sum256(data)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.users != nil && l.sum == sum {
		return l.users
	}
	users := map[string]model.Account{}
	each(data, func(v jsonscan.Value) {
		if a := userOf(v); a.NativeID != "" {
			users[a.NativeID] = a
		}
	})
	l.sum, l.users = sum, users
	return users
}

// userOf reads a user of the workspace: the name is the handle, the name that is
// shown the name.
func userOf(v jsonscan.Value) model.Account {
	a := model.Account{Platform: Platform, NativeID: v.Get("id").Text(), Handle: v.Get("name").Text()}
	for _, x := range []jsonscan.Value{v.Get("profile", "display_name"), v.Get("profile", "real_name"), v.Get("real_name")} {
		if a.Name = x.Text(); a.Name != "" {
			break
		}
	}
	a.DeclaredBot, _ = v.Get("is_bot").Bool()
	return a
}

// shown is the name of a user in a text.
func (r *room) shown(id string) string {
	a := r.users[id]
	switch {
	case a.Name != "":
		return a.Name
	case a.Handle != "":
		return a.Handle
	}
	return id
}
