package coordination

import "vedette/backend/analytics/names"

// Micros is how many units of time a second has: instants and spans are whole
// microseconds.
const Micros = 1_000_000

// Shares is a table of shares: which account shared which object in which
// content (post), and when. The zero value is an empty table. Rows are taken as
// they are given: a row that is there twice counts twice.
type Shares struct {
	ids      names.Table // of objects and contents, since the two are compared
	accounts names.Table
	object   []uint32
	content  []uint32
	account  []uint32
	at       []int64
}

// Add appends a share at an instant in microseconds since 1970.
func (s *Shares) Add(object, account, content string, at int64) {
	s.object = append(s.object, s.ids.Code(object))
	s.account = append(s.account, s.accounts.Code(account))
	s.content = append(s.content, s.ids.Code(content))
	s.at = append(s.at, at)
}

// Len is the number of rows.
func (s *Shares) Len() int { return len(s.at) }

// Account gives the id of an account by the number that edges and pairs have.
func (s *Shares) Account(code uint32) string { return s.accounts.Value(code) }

// ID gives the id of an object or content by its number.
func (s *Shares) ID(code uint32) string { return s.ids.Value(code) }
