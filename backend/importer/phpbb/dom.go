package phpbb

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"

	"vedette/backend/internal/text"
)

// find is the first node, in the order of the document, that fits.
func find(root *html.Node, fits func(n *html.Node) bool) *html.Node {
	if root == nil {
		return nil
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && fits(n) {
			return n
		}
	}
	return nil
}

// attr is an attribute of a node, "" when it has none.
func attr(n *html.Node, name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attr {
		if a.Key == name {
			return strings.TrimSpace(text.Clean(a.Val))
		}
	}
	return ""
}

// hasClass reports whether an element has a class.
func hasClass(n *html.Node, class string) bool {
	for c := range strings.FieldsSeq(attr(n, "class")) {
		if c == class {
			return true
		}
	}
	return false
}

// words is the text of a node on one line, "" for none.
func words(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(text.Clean(b.String())), " ")
}

// render is the HTML of what is in a node, "" when it cannot be written.
func render(n *html.Node) string {
	var b bytes.Buffer
	for c := range n.ChildNodes() {
		if html.Render(&b, c) != nil {
			return ""
		}
	}
	return b.String()
}
