package slack

import (
	"strings"

	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// maxMark is the longest markup in angle brackets, in bytes.
const maxMark = 8 << 10

// plain turns Slack's markup into plain text: <@U1>, <#C1|name>, <!here> and
// <https://…|label> become what readers see, and the links and mentions in them
// are kept. Entities are decoded once.
func (r *room) plain(s string, p *model.Post) string {
	if !strings.ContainsAny(s, "<&") {
		return strings.TrimSpace(s)
	}
	var out strings.Builder
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			break
		}
		out.WriteString(text.Unescape(s[:i]))
		s = s[i:]
		end := strings.IndexAny(s[1:min(len(s), maxMark)], "<>\n") + 1
		if end == 0 || s[end] != '>' {
			out.WriteByte('<')
			s = s[1:]
			continue
		}
		out.WriteString(r.mark(text.Unescape(s[1:end]), p))
		s = s[end+1:]
	}
	out.WriteString(text.Unescape(s))
	return strings.TrimSpace(out.String())
}

// mark is what readers see of one piece of markup.
func (r *room) mark(s string, p *model.Post) string {
	target, label, labelled := strings.Cut(s, "|")
	switch {
	case strings.HasPrefix(target, "@"):
		id := target[1:]
		name := r.shown(id)
		if label != "" && name == id {
			name = label
		}
		m := model.Mention{AccountID: id}
		if name != id {
			m.Handle = name
		}
		p.Mentions = append(p.Mentions, m)
		return "@" + name
	case strings.HasPrefix(target, "#"):
		if label == "" {
			label = r.channels[target[1:]]
		}
		if label == "" {
			label = target[1:]
		}
		return "#" + label
	case strings.HasPrefix(target, "!"):
		if label != "" {
			return label
		}
		word, _, _ := strings.Cut(target[1:], "^")
		return "@" + word
	case strings.HasPrefix(target, "http://"), strings.HasPrefix(target, "https://"):
		p.Links = append(p.Links, model.Link{URL: target, Title: label})
	case strings.Contains(target, ":"): // mailto: and the like
	default:
		return "<" + s + ">"
	}
	if labelled && label != "" {
		return label
	}
	return strings.TrimPrefix(target, "mailto:")
}
