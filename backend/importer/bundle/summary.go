package bundle

import (
	"fmt"
	"strings"

	"vedette/backend/importer"
)

// shown is how many members of a kind are named.
const shown = 10

// summary tells what became of the members.
type summary struct {
	order []string
	count map[string]int
	names map[string][]string
}

func (s *summary) add(kind, path string) {
	if s.count == nil {
		s.count, s.names = map[string]int{}, map[string][]string{}
	}
	if s.count[kind] == 0 {
		s.order = append(s.order, kind)
	}
	s.count[kind]++
	if len(s.names[kind]) < shown {
		s.names[kind] = append(s.names[kind], path)
	}
}

// tell notes each kind with the names of the first members.
func (s *summary) tell(to importer.Sink) {
	for _, kind := range s.order {
		list := strings.Join(s.names[kind], ", ")
		if more := s.count[kind] - len(s.names[kind]); more > 0 {
			list += fmt.Sprintf(", and %d more", more)
		}
		to.Assume("members_"+kind, fmt.Sprintf("%d: %s", s.count[kind], list))
	}
}
