package zeeschuimer

import (
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/xtweet"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// read reads the item as its platform writes it.
func (l *line) read() {
	switch l.platform() {
	case "x":
		l.tweet()
		return
	case "tiktok":
		l.tiktok()
		return
	}
	if !l.b.Check(l.record) {
		return
	}
	if l.data.Kind() != '{' {
		l.refuse(importer.RejectNotAPost, "holds no object of its platform")
		return
	}
	switch l.platform() {
	case "instagram":
		l.instagram()
	case "threads":
		l.threads()
	case "linkedin":
		l.linkedin()
	case "douyin":
		l.douyin()
	case "9gag":
		l.ninegag()
	case "imgur":
		l.imgur()
	case "pinterest":
		l.pinterest()
	case "truthsocial":
		l.truth()
	default:
		l.refuse("platform_unread", "is of the platform "+text.Clip(l.from, 60)+", whose items are not read")
	}
}

// platform is the platform's name: Zeeschuimer has domains and, for comments,
// words of its own.
func (l *line) platform() string {
	name := strings.TrimPrefix(strings.ToLower(l.from), "www.")
	for _, cut := range []string{".com", ".net", "-comments", "-search"} {
		name = strings.TrimSuffix(name, cut)
	}
	switch name {
	case "twitter", "x":
		return "x"
	case "truth":
		return "truthsocial"
	case "ninegag":
		return "9gag"
	}
	return name
}

// tweet reads a post of X.
func (l *line) tweet() {
	v := l.data
	if v.Kind() != '{' && l.b.Valid(l.record) {
		l.refuse(importer.RejectNotAPost, "holds no object of X")
		return
	}
	r := xtweet.Reader{Batch: l.b, Captured: l.seen}
	r.Tweet(l.record, v)
}

// counted reads a count. Platforms write −1 for one that they hide.
func counted(v jsonscan.Value) model.Count {
	c := importer.Count(v)
	if n, ok := c.Value(); ok && n < 0 {
		return model.Count{}
	}
	return c
}

// first returns the first text at the paths that is filled; a path is keys joined
// by dots.
func first(v jsonscan.Value, paths ...string) string {
	for _, p := range paths {
		if s := v.Get(strings.Split(p, ".")...).Text(); s != "" {
			return s
		}
	}
	return ""
}

// account makes an account of an id and a handle; without an id the handle is it.
func account(platform, id, handle, name string) model.Account {
	a := model.Account{Platform: platform, NativeID: id, Handle: handle, Name: name}
	if id == "" && handle != "" {
		a.NativeID = "@" + strings.ToLower(handle)
	}
	if a.IsZero() {
		return model.Account{}
	}
	return a
}

// hashtags lists the tags of an array, without "#".
func hashtags(list jsonscan.Value, path ...string) []string {
	var out []string
	for e := list.Array(); e.Next(); {
		if s := e.Value.Get(path...).Text(); s != "" {
			out = append(out, strings.TrimPrefix(s, "#"))
		}
	}
	return out
}

// elem returns the first element of an array.
func elem(v jsonscan.Value) jsonscan.Value {
	it := v.Array()
	it.Next()
	return it.Value
}
