package facebook

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// reader reads one file of an export.
type reader struct {
	owner model.Account // whose export it is, where a file beside says so
	chats string        // the platform of messages
}

// say is a text, mended.
func say(v jsonscan.Value) string { return text.Clean(text.MendLatin1(v.Text())) }

// maxCompanion is the largest file about the account that is read, in bytes.
const maxCompanion = 4 << 20

// beside finds the first of the files beside this one that is there.
func beside(f importer.File, paths ...string) jsonscan.Value {
	for _, p := range paths {
		if b, ok := f.Companion(p, maxCompanion); ok {
			if values := jsonscan.Sniff(b, 1); len(values) > 0 {
				return values[0]
			}
		}
	}
	return jsonscan.Value{}
}

// facebookOwner reads whose export it is from the profile in it.
func facebookOwner(f importer.File) model.Account {
	v := beside(f, "../profile_information/profile_information.json", "../../personal_information/profile_information/profile_information.json",
		"../personal_information/profile_information/profile_information.json")
	p := v.Get("profile_v2")
	if !p.Exists() {
		p = v.Get("profile")
	}
	name := say(p.Get("name", "full_name"))
	if name == "" {
		name = say(p.Get("name"))
	}
	a := person(Platform, name)
	if handle := say(p.Get("username")); handle != "" {
		a.Platform, a.Handle, a.NativeID = Platform, handle, "@"+strings.ToLower(handle)
	}
	return a
}

// instagramOwner reads whose export it is from the profile in it.
func instagramOwner(f importer.File) model.Account {
	v := beside(f, "../../personal_information/personal_information/personal_information.json", "../personal_information/personal_information.json",
		"../../personal_information/personal_information.json", "../account_information/personal_information.json")
	m := firstIn(v.Get("profile_user")).Get("string_map_data")
	handle := say(m.Get("Username", "value"))
	if handle == "" {
		return model.Account{}
	}
	return model.Account{Platform: Instagram, NativeID: "@" + strings.ToLower(handle), Handle: handle, Name: say(m.Get("Name", "value")), URL: "https://www.instagram.com/" + handle + "/"}
}

// person is an account of which only the name is known.
func person(platform, name string) model.Account {
	if name = strings.TrimSpace(name); name == "" {
		return model.Account{}
	}
	return model.Account{Platform: platform, NativeID: "name:" + name, Name: name}
}

// seconds reads an instant in seconds since 1970; 0 is none.
func seconds(v jsonscan.Value) model.Instant {
	if n, ok := v.Int(); !ok || n == 0 {
		return model.Instant{}
	}
	return importer.Epoch(v)
}

// milliseconds reads an instant in milliseconds since 1970.
func milliseconds(v jsonscan.Value) model.Instant {
	n, ok := v.Int()
	if !ok || n <= 0 || n > 253402300799999 {
		return model.Instant{Original: text.Clip(v.Text(), 100)}
	}
	return model.Instant{Time: time.UnixMilli(n).UTC(), Original: v.Text(), Zone: model.ZoneStated}
}

// stamp is an instant as part of an id.
func stamp(i model.Instant) string { return strconv.FormatInt(i.Time.UnixMilli(), 10) }

// base is the name of a file in the archive: exports lie in folders that change.
func base(uri string) string { return path.Base(strings.TrimSuffix(uri, "/")) }

// file is a picture, video, sound or document in the archive.
func file(v jsonscan.Value) model.Media {
	uri := say(v.Get("uri"))
	kind := chats.MediaType("", uri)
	if kind == "file" && v.Get("media_metadata").Has("photo_metadata") {
		kind = "image"
	}
	if kind == "file" && v.Get("media_metadata").Has("video_metadata") {
		kind = "video"
	}
	return model.Media{Type: kind, URL: uri}
}

// maxMedia is how many media of one post are kept.
const maxMedia = 500

// identify makes a post's id of what it says.
func identify(p *model.Post, parts ...string) {
	all := append([]string{string(p.Kind), stamp(p.Created), p.Author.Name, p.Text}, parts...)
	for _, m := range p.Media {
		all = append(all, base(m.URL))
	}
	for _, l := range p.Links {
		all = append(all, l.URL)
	}
	p.NativeID = "export-" + chats.ID(all...)
}

// assume notes what the export does not say.
func assume(b *importer.Batch) {
	b.Assume("ids", "made from the content: the export has none")
	b.Assume("visibility", "private: the export does not say who could see a post")
}

// list reads the elements of a list, or the value itself when it is one.
func list(v, l jsonscan.Value, b *importer.Batch, one func(jsonscan.Value, *importer.Batch)) {
	if l.Kind() == '[' {
		chats.List(v, l, b, func(m jsonscan.Value) { one(m, b) })
		return
	}
	if b.Check(v) {
		one(v, b)
	}
}

// notPost rejects what is none.
func notPost(v jsonscan.Value, b *importer.Batch) {
	b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is no post, comment or message.", v.Pos))
}

// large reads a list that is too large for the memory.
func (r reader) large(l *importer.Large, unit func(jsonscan.Value, *importer.Batch)) (bool, error) {
	var who []string
	err := l.Each([]string{"participants"}, func(_ string, v jsonscan.Value) { who = append(who, participant(v)) })
	if err != nil {
		return false, fmt.Errorf("read participants: %w", err)
	}
	n, err := l.Records([]string{"messages"}, func(_ string, v jsonscan.Value, b *importer.Batch) {
		if b.Check(v) {
			r.message(v, chat{platform: r.chats, people: who}, b)
		}
	})
	if err != nil || n > 0 {
		return n > 0, wrap(err)
	}
	var paths []string
	for _, name := range append(append([]string{}, listsOfFacebook...), listsOfInstagram...) {
		paths = append(paths, name, name+".activity_log_data")
	}
	n, err = l.Records(paths, func(_ string, v jsonscan.Value, b *importer.Batch) { unit(v, b) })
	return n > 0, wrap(err)
}

func wrap(err error) error {
	if err != nil {
		return fmt.Errorf("read a large list: %w", err)
	}
	return nil
}
