package search

// HasSubject reports whether the query refers to a watched subject.
func (q *Query) HasSubject() bool { return refers(q.root) }

func refers(n node) bool {
	switch n := n.(type) {
	case subjectNode, *subjectNode:
		return true
	case notNode:
		return refers(n.kid)
	case andNode:
		return refersAny(n.kids)
	case orNode:
		return refersAny(n.kids)
	}
	return false
}

func refersAny(kids []node) bool {
	for _, k := range kids {
		if refers(k) {
			return true
		}
	}
	return false
}
