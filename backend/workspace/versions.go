package workspace

import (
	"reflect"
	"time"

	"vedette/backend/model"
)

// version says how a post was seen another time; nil for one that says the same.
func version(first model.PostView, other *model.Post) *PostVersion {
	if other == nil {
		return nil
	}
	v := &PostVersion{Title: other.Title, Text: other.Text, URL: other.URL, EditedAt: stamp(other.Edited), Changed: []string{}}
	place := model.Place{}
	if first.Place != nil {
		place = *first.Place
	}
	for _, f := range []struct {
		name string
		same bool
	}{
		{"kind", first.Kind == other.Kind},
		{"type", first.Type == other.PageType},
		{"title", first.Title == other.Title},
		{"text", first.Text == other.Text},
		{"url", first.URL == other.URL},
		{"platform_lang", first.PlatformLang == other.PlatformLang},
		{"created_at", first.CreatedAt == stamp(other.Created) && first.CreatedOriginal == other.Created.Original},
		{"edited_at", first.EditedAt == stamp(other.Edited)},
		{"refs", first.Refs == other.Refs},
		{"media", len(first.Media) == len(other.Media) && (len(first.Media) == 0 || reflect.DeepEqual(first.Media, other.Media))},
		{"place", place == other.Place},
		{"visibility", first.Visibility == other.Visibility},
	} {
		if !f.same {
			v.Changed = append(v.Changed, f.name)
		}
	}
	return v
}

// stamp writes an instant as posts are printed.
func stamp(i model.Instant) string {
	if i.Time.IsZero() {
		return ""
	}
	return i.Time.UTC().Format(time.RFC3339Nano)
}
