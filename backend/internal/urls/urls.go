// Package urls brings web addresses into one comparable form: scheme and host
// lower-cased, host in ASCII (punycode), default port, user name, fragment and
// tracking parameters off, bytes outside ASCII percent-encoded. It also gives
// the registrable domain (public suffix list) and knows link shorteners. It is
// pure: nothing is ever resolved or fetched.
package urls

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// MaxLen is the longest address, in bytes, that Normalise reads.
const MaxLen = 8192

// Errors of Normalise; every error it returns wraps one of them.
var (
	// ErrNotWeb means that the text is not an http or https address.
	ErrNotWeb = errors.New("not a web address")
	// ErrHost means that the host is missing or cannot be a host.
	ErrHost = errors.New("bad host")
	// ErrTooLong means more than MaxLen bytes.
	ErrTooLong = errors.New("address too long")
)

// Normalise returns raw in comparable form and its registrable domain (for an IP
// address, a single label or a public suffix: the host itself). An address
// without a scheme ("www.example.org/a", "//example.org") is read as https.
//
// A fragment is kept only when it routes inside the page ("#!…", "#/…"). The
// order of parameters is kept. Normalise is idempotent, linear in len(raw), and
// makes no copy of an address that is already in comparable form.
func Normalise(raw string) (url, domain string, err error) {
	s := strings.TrimSpace(raw)
	if len(s) > MaxLen {
		return "", "", fmt.Errorf("normalise %d bytes: %w", len(s), ErrTooLong)
	}
	p, err := split(s)
	if err != nil {
		return "", "", err
	}
	host, err := cleanHost(p.host)
	if err != nil {
		return "", "", err
	}
	domain = Registrable(host)
	if p.port == "80" && p.scheme == "http" || p.port == "443" && p.scheme == "https" {
		p.port = ""
	}
	keepFragment := strings.HasPrefix(p.fragment, "!") || strings.HasPrefix(p.fragment, "/")
	if p.asIs && host == p.host && p.port == "" && p.fragment == "" && !p.hasFragment && !needsEscape(p.path) && p.query == "" && !p.hasQuery {
		return s, domain, nil
	}
	var b strings.Builder
	b.Grow(len(s) + 8)
	b.WriteString(p.scheme)
	b.WriteString("://")
	b.WriteString(host)
	if p.port != "" {
		b.WriteByte(':')
		b.WriteString(p.port)
	}
	if p.path == "" {
		b.WriteByte('/')
	}
	escape(&b, p.path)
	writeQuery(&b, domain, p.query)
	if keepFragment {
		b.WriteByte('#')
		escape(&b, p.fragment)
	}
	return b.String(), domain, nil
}

// Registrable returns the registrable domain of a lower-case ASCII host: the
// public suffix and one label more. An IP address, a single label and a public
// suffix are returned as they are.
func Registrable(host string) string {
	if host == "" || host[0] == '[' || isIPv4(host) {
		return host
	}
	d, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil { // the host is a suffix or a single label: nothing above it
		return host
	}
	return d
}

// parts are the pieces of an address, as written. asIs says that scheme and
// separators are already in comparable form, with a path and without user name.
type parts struct {
	scheme, host, port, path, query, fragment string
	hasQuery, hasFragment, asIs               bool
}

// split cuts an address into its parts. It follows what browsers agree on, and
// refuses what they read differently (backslashes and control characters).
func split(s string) (parts, error) {
	var p parts
	for i := range len(s) {
		if s[i] < 0x20 || s[i] == 0x7f || s[i] == '\\' {
			return p, fmt.Errorf("character 0x%02x: %w", s[i], ErrNotWeb)
		}
	}
	rest := s
	switch {
	case strings.HasPrefix(s, "https://"):
		p.scheme, rest, p.asIs = "https", s[8:], true
	case strings.HasPrefix(s, "http://"):
		p.scheme, rest, p.asIs = "http", s[7:], true
	case strings.HasPrefix(s, "//"):
		p.scheme, rest = "https", s[2:]
	case hasFold(s, "https://"):
		p.scheme, rest = "https", s[8:]
	case hasFold(s, "http://"):
		p.scheme, rest = "http", s[7:]
	case bareHost(s):
		p.scheme = "https"
	default:
		return p, fmt.Errorf("%w: no http or https", ErrNotWeb)
	}
	if i := strings.IndexByte(rest, '#'); i >= 0 {
		rest, p.fragment, p.hasFragment = rest[:i], rest[i+1:], true
	}
	if i := strings.IndexByte(rest, '?'); i >= 0 {
		rest, p.query, p.hasQuery = rest[:i], rest[i+1:], true
	}
	p.host = rest
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		p.host, p.path = rest[:i], rest[i:]
	} else {
		p.asIs = false
	}
	if i := strings.LastIndexByte(p.host, '@'); i >= 0 {
		p.host, p.asIs = p.host[i+1:], false
	}
	err := p.cutPort()
	return p, err
}

// cutPort moves a port from host to port, without leading zeros.
func (p *parts) cutPort() error {
	i := strings.LastIndexByte(p.host, ':')
	if i < 0 || strings.IndexByte(p.host[i:], ']') >= 0 {
		return nil
	}
	port := strings.TrimLeft(p.host[i+1:], "0")
	p.host, p.port, p.asIs = p.host[:i], port, false
	if len(port) > 5 {
		return fmt.Errorf("%w: port %q", ErrHost, port)
	}
	n := 0
	for _, c := range []byte(port) {
		if c < '0' || c > '9' {
			return fmt.Errorf("%w: port %q", ErrHost, port)
		}
		n = n*10 + int(c-'0')
	}
	if n > 65535 {
		return fmt.Errorf("%w: port %q", ErrHost, port)
	}
	return nil
}

// bareHost reports whether s begins like "www.example.org" or
// "example.org/path": a dotted name with nothing before it. A name followed by
// ":" is a scheme unless digits follow.
func bareHost(s string) bool {
	end := strings.IndexAny(s, "/?#")
	if end < 0 {
		end = len(s)
	}
	h := s[:end]
	if i := strings.IndexByte(h, ':'); i >= 0 {
		if i+1 == len(h) || strings.Trim(h[i+1:], "0123456789") != "" {
			return false
		}
		h = h[:i]
	}
	dot := strings.IndexByte(h, '.')
	return dot > 0 && dot < len(h)-1 && !strings.ContainsAny(h, "@ ")
}

// cleanHost returns the host lower-cased, in ASCII, without a trailing dot.
func cleanHost(h string) (string, error) {
	h = strings.TrimSuffix(h, ".")
	if h == "" {
		return "", fmt.Errorf("%w: empty", ErrHost)
	}
	if h[0] == '[' {
		a, err := netip.ParseAddr(strings.TrimSuffix(h[1:], "]"))
		if err != nil || !a.Is6() || a.Zone() != "" || h[len(h)-1] != ']' {
			return "", fmt.Errorf("%w: %q", ErrHost, h)
		}
		return "[" + a.String() + "]", nil
	}
	ascii, lower := true, true
	for i := range len(h) {
		switch c := h[i]; {
		case c >= 0x80:
			ascii = false
		case c >= 'A' && c <= 'Z':
			lower = false
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '-', c == '.', c == '_':
		default:
			return "", fmt.Errorf("%w: %q", ErrHost, h)
		}
	}
	if !ascii {
		a, err := idna.Lookup.ToASCII(h)
		if err != nil {
			return "", fmt.Errorf("%w: %q: %w", ErrHost, h, err)
		}
		return checkLabels(strings.TrimSuffix(a, "."))
	}
	if !lower {
		h = strings.ToLower(h)
	}
	return checkLabels(h)
}

// checkLabels refuses empty and over-long labels and names (RFC 1035 §2.3.4).
func checkLabels(h string) (string, error) {
	n := 0
	for i := 0; i <= len(h); i++ {
		if i < len(h) && h[i] != '.' {
			n++
			continue
		}
		if n == 0 || n > 63 {
			return "", fmt.Errorf("%w: %q", ErrHost, h)
		}
		n = 0
	}
	if len(h) > 253 {
		return "", fmt.Errorf("%w: %d bytes", ErrHost, len(h))
	}
	return h, nil
}

func isIPv4(h string) bool {
	if c := h[len(h)-1]; c < '0' || c > '9' {
		return false
	}
	a, err := netip.ParseAddr(h)
	return err == nil && a.Is4()
}

func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// needsEscape reports whether escape would change s.
func needsEscape(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' || c == '%' && lowerHex(s, i) {
			return true
		}
	}
	return false
}

// lowerHex reports whether s[i:] is a percent-escape with a lower-case digit.
func lowerHex(s string, i int) bool {
	return i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) && (s[i+1] >= 'a' || s[i+2] >= 'a')
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// escape writes s with everything that a browser would percent-encode encoded,
// and with percent-escapes in upper case.
func escape(b *strings.Builder, s string) {
	if !needsEscape(s) {
		b.WriteString(s)
		return
	}
	const hex = "0123456789ABCDEF"
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%' && lowerHex(s, i):
			b.WriteByte('%')
			b.WriteString(strings.ToUpper(s[i+1 : i+3]))
			i += 2
		case c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>':
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		default:
			b.WriteByte(c)
		}
	}
}
