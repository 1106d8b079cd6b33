package collect

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"
)

func TestBlocked(t *testing.T) {
	for _, a := range []string{
		"0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255",
		"192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
		"::", "::1", "::7f00:1", "fe80::1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "100::1",
		"::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "4000::1", "2606:4700::1%eth0",
	} {
		if Blocked(netip.MustParseAddr(a)) == "" {
			t.Errorf("%s is let through", a)
		}
	}
	if Blocked(netip.Addr{}) == "" {
		t.Error("the zero address is let through")
	}
	for _, a := range []string{"1.1.1.1", "8.8.8.8", "100.63.255.255", "172.32.0.1", "192.0.1.1", "2606:4700:4700::1111", "2a00:1450::1", "64:ff9b::808:808", "::ffff:8.8.8.8"} {
		if why := Blocked(netip.MustParseAddr(a)); why != "" {
			t.Errorf("%s is refused: %s", a, why)
		}
	}
}

func TestAddressesThatAreRefusedUnresolved(t *testing.T) {
	w := newWorld(t, func(http.ResponseWriter, *http.Request) { t.Error("a request arrived") }, func(o *ClientOptions) { o.Allow = nil })
	for u, code := range map[string]string{
		"file:///etc/passwd":           "url_not_web",
		"ftp://site.test/":             "url_not_web",
		"gopher://site.test/":          "url_not_web",
		"http:site.test":               "url_not_web",
		"http://":                      "url_not_web",
		"http://[::1":                  "url_not_web",
		"":                             "url_not_web",
		"http://u:secret@site.test/":   "url_has_password",
		"http://2130706433/":           "address_blocked",
		"http://0x7f000001/":           "address_blocked",
		"http://0X7F.1/":               "address_blocked",
		"http://127.1/":                "address_blocked",
		"http://0177.0.0.1/":           "address_blocked",
		"http://127.0.0.1./":           "address_blocked",
		"http://127.0.0.1/":            "address_blocked",
		"http://[::1]/":                "address_blocked",
		"http://[::ffff:127.0.0.1]/":   "address_blocked",
		"http://[64:ff9b::7f00:1]/":    "address_blocked",
		"http://[fe80::1%25lo]/":       "address_blocked",
		"http://169.254.169.254/meta":  "address_blocked",
		"http://[2002:7f00:1::]:8080/": "address_blocked",
	} {
		rows := len(w.rows)
		_, err := w.client.Get(t.Context(), Get{URL: u})
		wantCode(t, err, code)
		if len(w.rows) == rows {
			t.Errorf("%q: the refusal is not in the ledger", u)
		}
		for _, r := range w.rows[rows:] {
			if strings.Contains(r.URL, "secret") || r.Error == "" {
				t.Errorf("ledger row %+v", r)
			}
		}
	}
}

func TestRebindingIsCaughtAtTheDial(t *testing.T) {
	// Every answer closes its connection, so that every request dials anew.
	w := newWorld(t, func(rw http.ResponseWriter, _ *http.Request) { rw.Header().Set("Connection", "close") }, nil)
	w.names["rebind.test"] = []netip.Addr{loopback, loopback, netip.MustParseAddr("127.0.0.2")}
	// The first two answers stand for a public address: it is allowed here; the
	// third, given for the same name a moment later, is not.
	get := func() error {
		_, err := w.client.Get(t.Context(), Get{URL: w.url("rebind.test", "/")})
		return err
	}
	if err := get(); err != nil {
		t.Fatal(err)
	}
	wantCode(t, get(), "address_blocked")
	if last := w.rows[len(w.rows)-1]; last.Address != "127.0.0.2:"+w.port {
		t.Errorf("row %+v does not name the refused address", last)
	}
}

func TestRedirectToLinkLocal(t *testing.T) {
	w := newWorld(t, noRobots(func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/named" {
			http.Redirect(rw, r, "http://metadata.test/", http.StatusFound)
			return
		}
		http.Redirect(rw, r, "http://169.254.169.254/latest/meta-data/", http.StatusFound)
	}), nil)
	w.names["metadata.test"] = []netip.Addr{netip.MustParseAddr("169.254.169.254")}
	for _, path := range []string{"/", "/named"} {
		_, err := w.get(path)
		wantCode(t, err, "address_blocked")
	}
}

func TestNameWithoutAddress(t *testing.T) {
	w := newWorld(t, func(http.ResponseWriter, *http.Request) {}, nil)
	_, err := w.client.Get(t.Context(), Get{URL: "http://unknown.example/"})
	wantCode(t, err, "network_failed")
}
