package parquet

import (
	"encoding/hex"
	"math/big"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"vedette/backend/internal/text"
)

// reader chooses how the values of a type become text.
func reader(t parquet.Type) func(parquet.Value) string {
	if l := t.LogicalType(); l != nil {
		switch v := l.Value.(type) {
		case *format.TimestampType:
			if v.Unit.Value != nil {
				return func(x parquet.Value) string { return instant(x.Int64(), v.Unit.Value.Duration(), v.IsAdjustedToUTC) }
			}
		case *format.TimeType:
			if v.Unit.Value != nil {
				return func(x parquet.Value) string { return clock(whole(x), v.Unit.Value.Duration()) }
			}
		case *format.DateType:
			return func(x parquet.Value) string {
				return time.Unix(int64(x.Int32())*86400, 0).UTC().Format("2006-01-02")
			}
		case *format.DecimalType:
			return func(x parquet.Value) string { return decimal(x, int(v.Scale)) }
		case *format.IntType:
			if !v.IsSigned {
				return unsigned
			}
		case *format.UUIDType:
			return uuid
		}
	}
	return plain
}

// instant writes a number of units since 1970.
func instant(n int64, unit time.Duration, utc bool) string {
	per := int64(time.Second / unit)
	sec, frac := n/per, n%per
	if frac < 0 {
		sec, frac = sec-1, frac+per
	}
	layout := "2006-01-02T15:04:05.999999999"
	if utc {
		layout += "Z"
	}
	return time.Unix(sec, frac*int64(unit)).UTC().Format(layout)
}

// clock writes a time of day.
func clock(n int64, unit time.Duration) string {
	if n < 0 || n > int64(24*time.Hour/unit) {
		return ""
	}
	return time.Time{}.Add(time.Duration(n) * unit).Format("15:04:05.999999999")
}

// whole is a value of either size of integers.
func whole(v parquet.Value) int64 {
	if v.Kind() == parquet.Int32 {
		return int64(v.Int32())
	}
	return v.Int64()
}

func unsigned(v parquet.Value) string {
	if v.Kind() == parquet.Int32 {
		return strconv.FormatUint(uint64(v.Uint32()), 10)
	}
	return strconv.FormatUint(v.Uint64(), 10)
}

// maxScale is how many decimals a number may have.
const maxScale = 100

// decimal writes an unscaled number with its decimals.
func decimal(v parquet.Value, scale int) string {
	n := new(big.Int)
	switch v.Kind() {
	case parquet.Int32, parquet.Int64:
		n.SetInt64(whole(v))
	default:
		b := v.ByteArray()
		n.SetBytes(b)
		if len(b) > 0 && b[0] >= 0x80 { // two's complement
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
		}
	}
	if scale <= 0 || scale > maxScale {
		return n.String()
	}
	return new(big.Rat).SetFrac(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)).FloatString(scale)
}

func uuid(v parquet.Value) string {
	b := v.ByteArray()
	if len(b) != 16 {
		return hex.EncodeToString(b)
	}
	h := hex.EncodeToString(b)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// julian1970 is the Julian day of 1970-01-01, from which old files count.
const julian1970 = 2440588

// plain writes a value by its physical type.
func plain(v parquet.Value) string {
	switch v.Kind() {
	case parquet.Boolean:
		return strconv.FormatBool(v.Boolean())
	case parquet.Int32, parquet.Int64:
		return strconv.FormatInt(whole(v), 10)
	case parquet.Int96:
		x := v.Int96()
		return time.Unix((int64(x[2])-julian1970)*86400, int64(uint64(x[1])<<32|uint64(x[0]))).UTC().Format("2006-01-02T15:04:05.999999999Z")
	case parquet.Float:
		return strconv.FormatFloat(float64(v.Float()), 'f', -1, 32)
	case parquet.Double:
		return strconv.FormatFloat(v.Double(), 'f', -1, 64)
	}
	b := v.ByteArray()
	if !utf8.Valid(b) {
		return hex.EncodeToString(b)
	}
	return text.Clean(string(b))
}
