package stackexchange

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/anchors"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// dump reads the rows of one file of a dump.
type dump struct {
	site string
	// names are those of the accounts by their ids, where Users.xml is at hand.
	names map[string]string
}

// maxUsers is how large the list of accounts beside the posts may be to be read
// for their names.
const maxUsers = 32 << 20

// companion reads the names of accounts from the file beside this one.
func companion(f importer.File) map[string]string {
	data, ok := f.Companion("Users.xml", maxUsers)
	if !ok {
		return nil
	}
	names := map[string]string{}
	r := &rowReader{r: bufio.NewReader(bytes.NewReader(data)), limit: importer.DefaultMaxRecord}
	for {
		w, err := r.next()
		if errors.Is(err, io.EOF) || err != nil {
			return names
		}
		if a, ok := attributes(w.text); ok && w.problem == "" {
			names[a.get("Id")] = a.get("DisplayName")
		}
	}
}

// attribute is one name and its value, entities decoded.
type attribute struct{ name, value string }

type attrs []attribute

// get is the value of an attribute, "" when it is not there.
func (a attrs) get(name string) string {
	for i := range a {
		if a[i].name == name {
			return a[i].value
		}
	}
	return ""
}

// maxAttributes is how many attributes a row may have.
const maxAttributes = 64

// attributes reads those of a row, and reports whether all of it could be read.
func attributes(t []byte) (attrs, bool) {
	b := bytes.TrimSuffix(bytes.TrimSuffix(bytes.TrimPrefix(t, []byte("<row")), []byte(">")), []byte("/"))
	var out attrs
	for {
		b = bytes.TrimLeft(b, " \t\r\n")
		if len(b) == 0 {
			return out, true
		}
		name, rest, ok := bytes.Cut(b, []byte("="))
		rest = bytes.TrimLeft(rest, " \t\r\n")
		if !ok || len(rest) == 0 || (rest[0] != '"' && rest[0] != '\'') || len(out) >= maxAttributes {
			return out, false
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return out, false
		}
		value := string(rest[1 : end+1])
		out = append(out, attribute{name: text.Clean(string(bytes.TrimSpace(name))), value: text.Clean(text.Unescape(value))})
		b = rest[end+2:]
	}
}

// row makes a post of a row, or rejects it.
func (d *dump) row(w *found, b *importer.Batch) {
	rec := w.rec
	reject := func(code, why string) {
		rec.Reject = &model.Reject{Code: code, Reason: fmt.Sprintf("The row at byte %d cannot be read: %s.", w.pos, why)}
		b.Record(rec)
	}
	if w.problem != "" {
		reject(w.problem, w.why)
		return
	}
	a, ok := attributes(w.text)
	switch {
	case !ok:
		reject("bad_xml", "its attributes are broken")
	case a.get("Id") == "":
		reject(importer.RejectNoID, "it has no Id")
	case a.get("PostTypeId") != "":
		rec.Post = d.post(a, b)
		b.Record(rec)
	case a.get("PostId") != "" && has(a, "Text"):
		rec.Post = d.comment(a, b)
		b.Record(rec)
	default:
		reject(importer.RejectNotAPost, "it is neither a post nor a comment")
	}
}

func has(a attrs, name string) bool {
	for i := range a {
		if a[i].name == name {
			return true
		}
	}
	return false
}

// base is what posts and comments have in common.
func (d *dump) base(a attrs, what string, b *importer.Batch) *model.Post {
	if d.site == "" {
		b.Assume("site", "the file does not say which site it is of; name its folder for the site")
	}
	b.Assume("zone", "times of a dump are UTC, which it does not state")
	p := &model.Post{Platform: Platform, Kind: model.KindPost, PageType: model.PageForum, Visibility: model.VisibilityPublic, Created: at(a.get("CreationDate"))}
	p.NativeID, p.URL = place(d.site, what, a.get("Id"))
	p.Counts.Likes = count(a, "Score")
	for i := range a {
		if !known(a[i].name) {
			b.Unknown("row." + a[i].name)
		}
	}
	return p
}

// post reads a row of Posts.xml.
func (d *dump) post(a attrs, b *importer.Batch) *model.Post {
	p := d.base(a, "posts", b)
	p.Title, p.Text = a.get("Title"), text.PlainHTML(a.get("Body"))
	p.Edited = at(a.get("LastEditDate"))
	p.Links = anchors.Links(a.get("Body"), nil)
	p.Hashtags = tags(a.get("Tags"))
	p.Author = d.person(a.get("OwnerUserId"), a.get("OwnerDisplayName"))
	p.Counts.Views = count(a, "ViewCount")
	if p.Counts.Comments = count(a, "AnswerCount"); p.Counts.Comments.IsZero() {
		p.Counts.Comments = count(a, "CommentCount")
	}
	p.Refs.ReplyTo = uid(d.site, a.get("ParentId"))
	switch a.get("PostTypeId") {
	case "1":
		p.Refs.Thread = p.UID()
	case "2":
		p.Kind, p.Refs.Thread = model.KindComment, p.Refs.ReplyTo
	}
	return p
}

// comment reads a row of Comments.xml.
func (d *dump) comment(a attrs, b *importer.Batch) *model.Post {
	p := d.base(a, "comments", b)
	p.Kind, p.Text = model.KindComment, a.get("Text")
	p.Refs.ReplyTo = uid(d.site, a.get("PostId"))
	p.Author = d.person(a.get("UserId"), a.get("UserDisplayName"))
	return p
}

// person is who wrote a row; a deleted account leaves only a name.
func (d *dump) person(id, name string) model.Account {
	if id == "" && name == "" {
		return model.Account{}
	}
	if name == "" {
		name = d.names[id]
	}
	a := model.Account{Platform: Platform, NativeID: "@" + strings.ToLower(name), Name: name}
	if id == "" {
		return a
	}
	if a.NativeID = "users/" + id; d.site != "" {
		a.NativeID = d.site + "/users/" + id
		a.URL = "https://" + a.NativeID
	}
	return a
}

// at reads an instant of a dump: UTC, whatever zone is chosen for others.
func at(s string) model.Instant { return importer.Local(s, importer.Options{}) }

// count reads a number; one that is not there is missing.
func count(a attrs, name string) model.Count {
	s := a.get(name)
	if s == "" {
		return model.Count{}
	}
	return importer.Count(jsonscan.Value{Raw: []byte(s)})
}

// tags cuts "<a><b>" or "|a|b|".
func tags(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == '<' || r == '>' || r == '|' })
}

// known lists the attributes that are read, or understood and say nothing that a
// post keeps.
func known(name string) bool {
	switch name {
	case "Id", "PostTypeId", "ParentId", "CreationDate", "Score", "ViewCount", "Body", "OwnerUserId", "OwnerDisplayName",
		"LastEditDate", "Title", "Tags", "AnswerCount", "CommentCount", "PostId", "Text", "UserId", "UserDisplayName":
		return true
	case "AcceptedAnswerId", "LastEditorUserId", "LastEditorDisplayName", "LastActivityDate", "FavoriteCount", "ClosedDate",
		"CommunityOwnedDate", "ContentLicense", "DeletionDate":
		return true
	}
	return false
}
