package collect

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// dialTimeout caps one attempt to connect to one address.
const dialTimeout = 10 * time.Second

// dial connects to the first address of a host that answers. The check that
// counts is in Control, on the very address that the socket is about to
// connect to: a name that resolves to something else the second time gains
// nothing.
func (c *Client) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("dial %s: %w", address, err)
	}
	addrs, err := c.resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	d := net.Dialer{Timeout: dialTimeout, ControlContext: c.control}
	var errs []error
	for _, a := range addrs {
		conn, err := d.DialContext(ctx, network, net.JoinHostPort(a.String(), port))
		if err == nil {
			return conn, nil
		}
		errs = append(errs, err)
	}
	return nil, fmt.Errorf("dial %s: %w", host, errors.Join(errs...))
}

// resolve returns the addresses of a host; at most eight are tried.
func (c *Client) resolve(ctx context.Context, host string) ([]netip.Addr, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{a}, nil
	}
	addrs, err := c.o.Lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	if len(addrs) == 0 {
		return nil, fmt.Errorf("look up %s: no address", host)
	}
	return addrs[:min(len(addrs), 8)], nil
}

// control refuses a socket whose peer is not a public address.
func (c *Client) control(_ context.Context, network, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return fault("address_blocked", "the address "+address+" cannot be read", err, "address", address)
	}
	if network != "tcp4" && network != "tcp6" {
		return fault("address_blocked", "only TCP is allowed, not "+network, nil, "address", address)
	}
	if c.o.Allow != nil && c.o.Allow(ap.Addr().Unmap()) {
		return nil
	}
	if why := Blocked(ap.Addr()); why != "" {
		return fault("address_blocked", fmt.Sprintf("%s is not a public address (%s)", ap.Addr(), why), nil, "address", address)
	}
	return nil
}

// Blocked says why an address is not a public one, or "" when it is. IPv4 in
// IPv6 clothes (mapped, NAT64) is judged by the IPv4 address; 6to4 and Teredo are
// refused altogether. Sources: the IANA special-purpose registries (RFC 6890).
func Blocked(a netip.Addr) string {
	if a.Zone() != "" {
		return "zone"
	}
	a = a.Unmap()
	if a.Is6() && netip.MustParsePrefix("64:ff9b::/96").Contains(a) {
		b := a.As16()
		if why := Blocked(netip.AddrFrom4([4]byte(b[12:]))); why != "" {
			return "NAT64 of " + why
		}
		return ""
	}
	for _, r := range [...]struct{ prefix, why string }{
		{"0.0.0.0/8", "unspecified"},
		{"10.0.0.0/8", "private"},
		{"100.64.0.0/10", "carrier NAT"},
		{"127.0.0.0/8", "loopback"},
		{"169.254.0.0/16", "link-local"},
		{"172.16.0.0/12", "private"},
		{"192.0.0.0/24", "protocol"},
		{"192.0.2.0/24", "documentation"},
		{"192.88.99.0/24", "6to4 relay"},
		{"192.168.0.0/16", "private"},
		{"198.18.0.0/15", "benchmark"},
		{"198.51.100.0/24", "documentation"},
		{"203.0.113.0/24", "documentation"},
		{"224.0.0.0/4", "multicast"},
		{"240.0.0.0/4", "reserved"},
		{"::1/128", "loopback"},
		{"::/96", "unspecified"},
		{"fe80::/10", "link-local"},
		{"fec0::/10", "site-local"},
		{"fc00::/7", "unique local"},
		{"ff00::/8", "multicast"},
		{"2001::/32", "Teredo"},
		{"2001::/23", "protocol"},
		{"2001:db8::/32", "documentation"},
		{"2002::/16", "6to4"},
		{"3fff::/20", "documentation"},
		{"100::/64", "discard"},
	} {
		if netip.MustParsePrefix(r.prefix).Contains(a) {
			return r.why
		}
	}
	if a.Is6() && !netip.MustParsePrefix("2000::/3").Contains(a) {
		return "not global"
	}
	if !a.IsValid() {
		return "invalid"
	}
	return ""
}

// parseURL reads an address that may be fetched. Spellings that only some
// resolvers read as an IP address (decimal, octal, hexadecimal, short forms) are
// refused before anybody resolves them.
func parseURL(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return nil, fault("url_not_web", "the address cannot be read", err)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Opaque != "" || u.Hostname() == "" {
		return nil, fault("url_not_web", "only http and https addresses are fetched", nil)
	}
	if u.User != nil {
		return nil, fault("url_has_password", "the address carries a user name or password", nil)
	}
	host := u.Hostname()
	if _, err := netip.ParseAddr(host); err != nil {
		name := strings.TrimSuffix(host, ".")
		last := name[strings.LastIndexByte(name, '.')+1:]
		if last == "" || looksNumeric(last) {
			return nil, fault("address_blocked", fmt.Sprintf("%q is not the ordinary spelling of an address", host), nil, "address", host)
		}
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// looksNumeric reports whether a host's last label makes it an IPv4 address to
// some resolvers (URL standard, "ends in a number").
func looksNumeric(label string) bool {
	if strings.Trim(label, "0123456789") == "" {
		return true
	}
	return len(label) >= 2 && strings.EqualFold(label[:2], "0x") && strings.Trim(label[2:], "0123456789abcdefABCDEF") == ""
}

// originOf is scheme, host and port: what credentials belong to.
func originOf(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = "80"
		if u.Scheme == "https" {
			port = "443"
		}
	}
	return u.Scheme + "://" + net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// redact takes user name and password out of an address for the ledger.
func redact(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err == nil {
		u.User = nil
		return u.String()
	}
	// Unreadable: keep what shows what was asked, never what precedes an "@".
	if i := strings.LastIndexByte(raw, '@'); i >= 0 {
		raw = "…" + raw[i:]
	}
	return strings.ToValidUTF8(raw[:min(len(raw), 500)], "\uFFFD")
}
