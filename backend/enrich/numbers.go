package enrich

import (
	"crypto/sha256"
	"math/big"
	"strconv"
	"strings"
)

// numberEntity reads what begins with a digit, a sign or a bracket: coordinates,
// a file hash, a crypto address, an amount, a telephone number.
func numberEntity(s string, prev rune) (Entity, int) {
	if e, n := coordinates(s); n > 0 {
		return e, n
	}
	if isWordByte(s[0]) {
		if e, n := wordEntity(s); n > 0 {
			return e, n
		}
	}
	if prev == '.' || prev == '/' || prev == '-' || prev == ':' {
		return Entity{}, 0
	}
	return phone(s)
}

// phone reads a telephone number: an international one ("+" and 8 to 15 digits,
// E.164), or 9 to 12 digits in groups that begin with 0 or an area code in
// brackets. Dates, amounts and version numbers are not taken for one.
func phone(s string) (Entity, int) {
	n := run(s, func(c byte) bool {
		return c >= '0' && c <= '9' || c == '+' || c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/'
	})
	if n > maxEntityBytes {
		return Entity{}, 0
	}
	end, opened := 0, false
	var digits []byte
	for i := range n {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			if len(digits) == 15 {
				return Entity{}, 0
			}
			digits = append(digits, c)
			end = i + 1
		case c == '+' && i > 0, c == '(' && opened, i > 0 && c != '(' && c == s[i-1]:
			n = i
		case c == '(':
			opened = true
		}
		if n == i {
			break
		}
	}
	if end == 0 || end < len(s) && (isWordByte(s[end]) || s[end] == ':' || s[end] == '%') {
		return Entity{}, 0
	}
	text := s[:end]
	switch {
	case s[0] == '+' && len(digits) >= 8 && digits[0] != '0':
		return Entity{Kind: EntityPhone, Value: "+" + string(digits)}, end
	case s[0] == '(' && strings.Contains(text, ")") && len(digits) >= 9 && len(digits) <= 12:
	case s[0] == '0' && strings.ContainsAny(text, " -/") && !strings.Contains(text, ".") && len(digits) >= 9 && len(digits) <= 12:
	case threeGroups(text):
	default:
		return Entity{}, 0
	}
	return Entity{Kind: EntityPhone, Value: string(digits)}, end
}

// threeGroups reports whether a number is written 555-123-4567 or 555.123.4567.
func threeGroups(s string) bool {
	if len(s) != 12 || s[3] != s[7] || s[3] != '-' && s[3] != '.' {
		return false
	}
	for i := range len(s) {
		if i != 3 && i != 7 && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}

// coordinates reads "48.8584, 2.2945", with four to eight decimals, perhaps in
// brackets or with N/S and E/W behind. The value is "lat,lon".
func coordinates(s string) (Entity, int) {
	lat, n := decimal(s, 90)
	if n == 0 {
		return Entity{}, 0
	}
	lat, n = hemisphere(s, n, lat, 'N', 'S')
	sep := run(s[n:], func(c byte) bool { return c == ' ' || c == ',' || c == ';' })
	if sep == 0 || sep > 3 {
		return Entity{}, 0
	}
	n += sep
	lon, m := decimal(s[n:], 180)
	if m == 0 {
		return Entity{}, 0
	}
	lon, n = hemisphere(s, n+m, lon, 'E', 'W')
	if n < len(s) && isWordByte(s[n]) {
		return Entity{}, 0
	}
	return Entity{Kind: EntityCoordinates, Value: lat + "," + lon}, n
}

// decimal reads a number of four to eight decimals between −most and most.
func decimal(s string, most float64) (string, int) {
	n := 0
	if n < len(s) && (s[n] == '-' || s[n] == '+') {
		n++
	}
	whole := run(s[n:], func(c byte) bool { return c >= '0' && c <= '9' })
	n += whole
	if whole < 1 || whole > 3 || n >= len(s) || s[n] != '.' {
		return "", 0
	}
	places := run(s[n+1:], func(c byte) bool { return c >= '0' && c <= '9' })
	n += 1 + places
	if places < 4 || places > 8 {
		return "", 0
	}
	text := strings.TrimPrefix(s[:n], "+")
	if v, err := strconv.ParseFloat(text, 64); err != nil || v < -most || v > most {
		return "", 0
	}
	return text, n
}

// hemisphere takes a degree sign and a letter behind a number; south and west negate.
func hemisphere(s string, n int, number string, plus, minus byte) (string, int) {
	m := n
	if strings.HasPrefix(s[m:], "°") {
		m += len("°")
	}
	if m < len(s) && s[m] == ' ' {
		m++
	}
	if m < len(s) && (s[m] == plus || s[m] == minus) && (m+1 == len(s) || !isWordByte(s[m+1])) {
		if s[m] == minus && number[0] != '-' {
			number = "-" + number
		}
		return number, m + 1
	}
	return number, n
}

// currencies are the signs and codes of money, with the code that stands for both.
var currencies = func() map[string]string {
	out := map[string]string{"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₦": "NGN", "₿": "BTC", "US$": "USD", "R$": "BRL", "A$": "AUD", "C$": "CAD"}
	for _, code := range strings.Fields("USD EUR GBP JPY INR RUB KRW TRY UAH NGN BTC BRL AUD CAD CHF CNY MXN ARS COP CLP PEN SEK NOK DKK PLN CZK HUF ZAR ETH USDT") {
		out[code] = code
	}
	return out
}()

// moneyEntity reads an amount with its currency before it ("$3.5m", "EUR 20") or
// behind it ("20 €", "1.500 EUR"). The value is as written, without spaces.
func moneyEntity(s string) (Entity, int) {
	code, n := currency(s)
	if n > 0 {
		for n < len(s) && s[n] == ' ' && n < 6 {
			n++
		}
		m := amount(s[n:])
		if m == 0 {
			return Entity{}, 0
		}
		return money(s[n:n+m], code), n + m
	}
	m := amount(s)
	if m == 0 {
		return Entity{}, 0
	}
	end := m
	if end < len(s) && s[end] == ' ' {
		end++
	}
	code, n = currency(s[end:])
	if n == 0 || isWordByte(s[end]) && end+n < len(s) && isWordByte(s[end+n]) {
		return Entity{}, 0
	}
	return money(s[:m], code), end + n
}

func money(amount, code string) Entity {
	return Entity{Kind: EntityMoney, Value: strings.ReplaceAll(amount, " ", "") + " " + code, Detail: code}
}

// currency is the code of the currency that s begins with, and its length.
func currency(s string) (string, int) {
	for _, n := range [...]int{4, 3, 2, 1} {
		if n <= len(s) {
			if code := currencies[s[:n]]; code != "" {
				return code, n
			}
		}
	}
	return "", 0
}

// amount is the length of a number with separators and perhaps a magnitude.
func amount(s string) int {
	n := run(s, func(c byte) bool { return c >= '0' && c <= '9' || c == '.' || c == ',' })
	if n > 24 || n == 0 || s[0] == '.' || s[0] == ',' {
		return 0
	}
	for s[n-1] == '.' || s[n-1] == ',' {
		n--
	}
	for _, unit := range [...]string{" million", " billion", " trillion", " millones", " millions", " Millionen", "bn", "k", "K", "m", "M", "b", "B"} {
		if strings.HasPrefix(s[n:], unit) && (n+len(unit) == len(s) || !isWordByte(s[n+len(unit)])) {
			return n + len(unit)
		}
	}
	if n < len(s) && isWordByte(s[n]) && s[n] > '9' {
		if _, m := currency(s[n:]); m == 0 {
			return 0
		}
	}
	return n
}

// cryptoName names the currency of an address: Ethereum by its form, Bitcoin and
// Tron by their check sum, Bitcoin's newer ones by form and alphabet.
func cryptoName(s string) string {
	switch {
	case len(s) == 42 && (strings.HasPrefix(s, "0x") || strings.HasPrefix(s, "0X")):
		for _, c := range []byte(s[2:]) {
			if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'f') {
				return ""
			}
		}
		return "ethereum"
	case len(s) >= 42 && len(s) <= 62 && (strings.HasPrefix(s, "bc1") || strings.HasPrefix(s, "BC1")):
		low := strings.ToLower(s)
		if low != s && strings.ToUpper(s) != s || strings.Trim(low[4:], "023456789acdefghjklmnpqrstuvwxyz") != "" {
			return ""
		}
		return "bitcoin"
	case len(s) >= 26 && len(s) <= 35 && (s[0] == '1' || s[0] == '3') && base58(s):
		return "bitcoin"
	case len(s) == 34 && s[0] == 'T' && base58(s):
		return "tron"
	}
	return ""
}

// base58 reports whether s is base 58 with a right check sum (Base58Check).
func base58(s string) bool {
	const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	v, base := new(big.Int), big.NewInt(58)
	for i := range len(s) {
		d := strings.IndexByte(alphabet, s[i])
		if d < 0 {
			return false
		}
		v.Add(v.Mul(v, base), big.NewInt(int64(d)))
	}
	var b [25]byte
	if v.BitLen() > 8*len(b) {
		return false
	}
	v.FillBytes(b[:])
	once := sha256.Sum256(b[:21])
	twice := sha256.Sum256(once[:])
	return string(twice[:4]) == string(b[21:])
}
