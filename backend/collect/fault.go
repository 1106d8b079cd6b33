package collect

import (
	"context"
	"errors"
	"fmt"
	"net"

	"vedette/backend/model"
)

// Fault codes of this room:
//
//	url_not_web         not an http or https address, or one that cannot be read
//	url_has_password    the address carries a user name or password
//	address_blocked     the host is, or resolves to, an address that is not public
//	too_many_redirects  more than MaxRedirects
//	response_too_large  the answer is over the cap, as sent or decompressed
//	response_broken     the answer cannot be decompressed or ended early
//	robots_refused      robots.txt forbids the address
//	robots_unreadable   robots.txt could not be fetched or read, so nothing is
//	retry_later         the host asked to be left alone until params["until"]
//	timed_out           no answer in time
//	network_failed      anything else between here and the server
//	ledger_failed       the request could not be recorded, so its result is not used
//	http_status         a status that a collector cannot use, params["status"]

// fault makes a Fault with an English sentence; params are name, value pairs.
func fault(code, message string, err error, params ...string) *model.Fault {
	p := map[string]string{"message": message}
	for i := 0; i+1 < len(params); i += 2 {
		p[params[i]] = params[i+1]
	}
	return &model.Fault{Code: code, Params: p, Err: err}
}

func ledgerFault(err error) error {
	return fault("ledger_failed", "the request could not be recorded", err)
}

// networkFault classifies what http.Client.Do or a body read returned.
func networkFault(host string, err error) error {
	var f *model.Fault
	if errors.As(err, &f) {
		return f
	}
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("fetch from %s: %w", host, err)
	}
	var ne net.Error
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &ne) && ne.Timeout() {
		return fault("timed_out", host+" did not answer in time", err, "host", host)
	}
	return fault("network_failed", host+" could not be reached", err, "host", host)
}
