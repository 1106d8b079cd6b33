package urls

import "strings"

// writeQuery writes "?" and the parameters of query that are not tracking
// parameters, in their order; nothing when none is left.
func writeQuery(b *strings.Builder, domain, query string) {
	sep := byte('?')
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		name, _, _ := strings.Cut(pair, "=")
		if pair == "" || IsTracking(domain, name) {
			continue
		}
		b.WriteByte(sep)
		escape(b, pair)
		sep = '&'
	}
}

// IsTracking reports whether a parameter only says where a reader came from, so
// that two addresses which differ in it lead to the same page. Names are as in
// the address (compared without case); some count only on their own platform,
// given by its registrable domain. Sources: the parameters documented by the ad
// and mail platforms themselves; ambiguous names such as "ref" are kept.
func IsTracking(domain, name string) bool {
	if len(name) == 0 || len(name) > 24 {
		return false
	}
	var buf [24]byte
	n := buf[:len(name)]
	for i := range len(name) {
		c := name[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		n[i] = c
	}
	if i := strings.IndexByte(name, '_'); i > 0 {
		switch string(n[:i]) {
		case "utm", "mtm", "piwik", "pk", "hsa", "stm":
			return true
		}
	}
	switch string(n) {
	case "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "gad_campaignid", "msclkid", "twclid", "ttclid",
		"yclid", "ysclid", "igshid", "igsh", "li_fat_id", "rdt_cid", "epik", "scclid", "srsltid", "_openstat",
		"mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "hsctatracking",
		"vero_id", "vero_conv", "wickedid", "oly_enc_id", "oly_anon_id", "_ga", "_gl", "_branch_match_id",
		"ref_src", "ref_url", "ns_campaign", "ns_source", "ns_mchannel", "ns_linkname", "ns_fee",
		"at_medium", "at_campaign", "at_link_id", "at_link_type", "at_format", "at_ptr_name", "at_bbc_team", "at_link_origin",
		"xtor", "guccounter", "guce_referrer", "guce_referrer_sig", "cmpid", "ocid", "wt_mc", "wt.mc_id", "sr_share", "ftag":
		return true
	}
	return ownTracking(domain, string(n))
}

// ownTracking knows the share markers that count on one platform only.
func ownTracking(domain, name string) bool {
	switch domain {
	case "x.com", "twitter.com":
		return name == "s" || name == "t" || name == "cxt"
	case "youtube.com", "youtu.be":
		return name == "si" || name == "feature" || name == "pp"
	case "spotify.com":
		return name == "si"
	case "linkedin.com":
		return name == "trk" || name == "trackingid" || name == "lipi" || name == "rcm"
	case "reddit.com":
		return name == "share_id" || name == "rdt"
	case "facebook.com", "instagram.com", "threads.net", "threads.com":
		return name == "mibextid" || name == "rdid" || name == "__tn__" || name == "xmt" || name == "share_url"
	case "tiktok.com":
		return name == "_r" || name == "_t" || name == "is_from_webapp" || name == "sender_device" || name == "web_id"
	}
	return false
}

// IsShortener reports whether a registrable domain is a link shortener, behind
// which the real address is unknown until it is followed (which Vedette does
// not do on its own).
func IsShortener(domain string) bool {
	switch domain {
	case "adf.ly", "amzn.to", "bit.ly", "bitly.com", "bl.ink", "buff.ly", "cutt.ly", "dlvr.it", "fb.me", "flip.it", "goo.gl",
		"git.io", "ht.ly", "ift.tt", "is.gd", "j.mp", "lnk.bio", "lnkd.in", "mcaf.ee", "ow.ly", "po.st", "pin.it",
		"qr.ae", "rb.gy", "rebrand.ly", "redd.it", "s.id", "shorturl.at", "shrtco.de", "smarturl.it", "snip.ly", "t.co", "t.ly",
		"t1p.de", "tiny.cc", "tiny.one", "tinyurl.com", "trib.al", "tr.im", "urlz.fr", "v.gd", "wp.me",
		"x.co", "4sq.com", "apple.co", "bbc.in", "cnn.it", "nyti.ms", "reut.rs", "wapo.st", "econ.st",
		"gu.com", "lemde.fr", "spr.ly", "sco.lt", "clck.ru", "vk.cc", "u.to", "2.gp", "dld.bz", "su.pr", "hubs.ly", "hubs.la":
		return true
	}
	return false
}
