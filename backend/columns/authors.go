package columns

import "vedette/backend/model"

// Author is what is known last of an author.
type Author struct {
	ID, Handle, Name string
	Followers        model.Count
}

// UpdateAuthors shows the latest handle, name and followers of authors on all
// of their posts, those before as well: the same that a table loaded anew from
// the case has. Authors without posts are passed over. The error says that a
// dictionary is full. It reads every post's author once.
func (t *Table) UpdateAuthors(authors []Author) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	known := t.dicts[colAuthor].view()
	latest := make([]int64, known.len())
	changed := make([]bool, known.len())
	for i := range authors {
		a := &authors[i]
		code, ok := known.find(a.ID)
		if !ok || a.ID == "" {
			continue
		}
		if err := t.nameAuthor(code, a.Handle, a.Name); err != nil {
			return err
		}
		latest[code], changed[code] = number(a.Followers), true
	}
	t.view.Store(nil)
	for ord := range uint32(t.n) {
		if code := t.singles[colAuthor].get(ord); changed[code] {
			t.numbers[colFollowers].set(ord, latest[code])
		}
	}
	return nil
}
