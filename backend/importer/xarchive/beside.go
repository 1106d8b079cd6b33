package xarchive

import (
	"bytes"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/xtweet"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// besideLimit is the size in bytes above which a script beside the posts is not
// looked at.
const besideLimit = 64 << 20

// beside returns the first value of a script of the archive, wherever it lies as
// seen from the file that is read.
func beside(f importer.File, name string) jsonscan.Value {
	for _, dir := range []string{"", "../data/", "data/", "../"} {
		b, ok := f.Companion(dir+name, besideLimit)
		if !ok {
			continue
		}
		b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
		if i := bytes.IndexByte(b[:min(len(b), prefixSize)], '='); i >= 0 {
			b = b[i+1:]
		}
		b = bytes.TrimLeft(b, " \t\r\n")
		return jsonscan.Value{Raw: b}
	}
	return jsonscan.Value{}
}

// first returns the first element of a script's array.
func first(v jsonscan.Value) jsonscan.Value {
	it := v.Array()
	it.Next()
	return it.Value
}

// readOwner finds whose archive it is. What account.js says of the mail address
// and the telephone is not taken.
func readOwner(f importer.File) *archive {
	a := &archive{}
	o := &a.owner
	if x := first(beside(f, "account.js")).Get("account"); x.Kind() == '{' {
		o.NativeID, o.Handle, o.Name = x.Get("accountId").Text(), x.Get("username").Text(), x.Get("accountDisplayName").Text()
		o.Created = importer.Stated(x.Get("createdAt").Text())
	} else if x := beside(f, "manifest.js").Get("userInfo"); x.Kind() == '{' {
		o.NativeID, o.Handle, o.Name = x.Get("accountId").Text(), x.Get("userName").Text(), x.Get("displayName").Text()
	}
	if o.IsZero() {
		return a
	}
	if o.NativeID == "" && o.Handle != "" {
		o.NativeID = "@" + strings.ToLower(o.Handle)
	}
	o.Platform, o.Name = xtweet.Platform, text.Unescape(o.Name)
	if o.Handle != "" {
		o.URL = "https://x.com/" + o.Handle
	}
	d := first(beside(f, "profile.js")).Get("profile", "description")
	o.Description = text.Unescape(d.Get("bio").Text())
	if s := d.Get("location").Text(); s != "" {
		o.Place = model.Place{Name: text.Unescape(s), Provenance: model.ProvenanceDeclared}
	}
	return a
}

// readNotes reads the long texts, by the second in which they were posted. They
// do not say which post they belong to.
func readNotes(f importer.File) map[string][]string {
	notes := map[string][]string{}
	for it := beside(f, "note-tweet.js").Array(); it.Next(); {
		n := it.Value.Get("noteTweet")
		at, s := importer.Stated(n.Get("createdAt").Text()), n.Get("core", "text").Text()
		if !at.Time.IsZero() && s != "" {
			key := second(at)
			notes[key] = append(notes[key], s)
		}
	}
	return notes
}

func second(i model.Instant) string { return i.Time.Format("20060102150405") }

// cutAt is the number of bytes from which on a text may have been cut off.
const cutAt = 200

// full returns the whole of a text that was cut off, when exactly one long text
// of the same second begins with what is left of it.
func (a *archive) full(cut string, created model.Instant) string {
	if len(cut) < cutAt || created.Time.IsZero() {
		return ""
	}
	end := strings.LastIndex(cut, "…")
	if end < 0 {
		return ""
	}
	found, start := "", strings.TrimSpace(cut[:end])
	for _, s := range a.notes[second(created)] {
		if !strings.HasPrefix(s, start) {
			s = text.Unescape(s) // not all archives write entities here
		}
		if strings.HasPrefix(s, start) {
			if found != "" {
				return ""
			}
			found = s
		}
	}
	return found
}
