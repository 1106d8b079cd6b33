package xtweet

import (
	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// account is a user while it is read.
type account struct {
	a        *model.Account
	location string
	hidden   bool
}

// read reads the members of a user, of its "core" and of its "legacy".
func (u *account) read(v jsonscan.Value) {
	for it := v.Object(); it.Next(); {
		x := it.Value
		switch string(it.Key) {
		case "id_str", "rest_id":
			if s := id(x); s != "" {
				u.a.NativeID = s
			}
		case "id":
			if s := id(x); s != "" && u.a.NativeID == "" {
				u.a.NativeID = s
			}
		case "screen_name":
			set(&u.a.Handle, x)
		case "name":
			set(&u.a.Name, x)
		case "description":
			set(&u.a.Description, x)
		case "created_at":
			if s := x.Text(); s != "" {
				u.a.Created = Time(s)
			}
		case "location":
			set(&u.location, x)
			set(&u.location, x.Get("location"))
		case "verified", "is_blue_verified":
			u.verified(x)
		case "protected":
			yes, _ := x.Bool()
			u.hidden = u.hidden || yes
		case "followers_count":
			u.a.Followers = importer.Count(x)
		case "friends_count":
			u.a.Following = importer.Count(x)
		case "statuses_count":
			u.a.Posts = importer.Count(x)
		}
	}
	for _, part := range []string{"core", "legacy", "privacy", "verification"} {
		if x := v.Get(part); x.Kind() == '{' {
			u.part(x)
		}
	}
}

// part reads a member of a user that holds others of its members.
func (u *account) part(v jsonscan.Value) {
	if !v.Has("core", "legacy", "privacy", "verification") {
		u.read(v)
	}
}

// verified keeps either of the two ways in which X marks an account.
func (u *account) verified(v jsonscan.Value) {
	if yes, ok := v.Bool(); ok && (yes || u.a.Verified == nil) {
		u.a.Verified = &yes
	}
}
