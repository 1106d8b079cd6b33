package app

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Licence is one text about whose work the program is made of. Name is the
// file's, without its ending.
type Licence struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// notices is where the texts about others' work lie among the legal ones.
const notices = "assets/NOTICE.d/*.txt"

// Licences gives the program's own notice and licence, then a text for each of
// what it ships of others' work, in the order of their names.
func (s *SystemService) Licences() ([]Licence, error) {
	out := []Licence{}
	legal := s.host.opt.Legal
	if legal == nil {
		return out, nil
	}
	others, err := fs.Glob(legal, notices)
	if err != nil {
		return nil, fmt.Errorf("list notices: %w", err)
	}
	for _, name := range append([]string{"NOTICE", "LICENSE"}, others...) {
		l, err := licence(legal, name)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

func licence(files fs.FS, name string) (Licence, error) {
	b, err := fs.ReadFile(files, name)
	if err != nil {
		return Licence{}, fmt.Errorf("read %s: %w", name, err)
	}
	return Licence{Name: strings.TrimSuffix(path.Base(name), ".txt"), Text: string(b)}, nil
}
