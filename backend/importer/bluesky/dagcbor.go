package bluesky

import (
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"vedette/backend/internal/jsonscan"
)

// linkTag is the CBOR tag of an address of another block.
const linkTag = 42

// dagCBOR decodes with bounds: records of atproto are small and flat.
var dagCBOR = mustDecoder(cbor.DecOptions{
	MaxNestedLevels: 64, MaxArrayElements: 1 << 16, MaxMapPairs: 1 << 16,
	DefaultMapType: reflect.TypeFor[map[string]any](),
	IndefLength:    cbor.IndefLengthForbidden,
})

func mustDecoder(o cbor.DecOptions) cbor.DecMode {
	m, err := o.DecMode()
	if err != nil {
		panic(err) // the options above are constant
	}
	return m
}

// decode reads a block that is a map.
func decode(b []byte) (map[string]any, error) {
	var v any
	if err := dagCBOR.Unmarshal(b, &v); err != nil {
		return nil, fmt.Errorf("decode block: %w", err)
	}
	m, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("the block is not a map")
	}
	return m, nil
}

// link is the address in a value, which has a zero byte before it.
func link(v any) (cid, bool) {
	t, ok := v.(cbor.Tag)
	if !ok || t.Number != linkTag {
		return "", false
	}
	b, ok := t.Content.([]byte)
	if !ok || len(b) < 2 || b[0] != 0 {
		return "", false
	}
	return cid(b[1:]), true
}

// recordJSON writes a record as JSON, in the form in which atproto does.
func recordJSON(b []byte) (jsonscan.Value, error) {
	m, err := decode(b)
	if err != nil {
		return jsonscan.Value{}, err
	}
	out, err := json.Marshal(plain(m))
	if err != nil {
		return jsonscan.Value{}, fmt.Errorf("write record: %w", err)
	}
	return jsonscan.Value{Raw: out}, nil
}

var base32Lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// plain makes of a decoded value one that JSON has. Its depth is that of the
// block, which is bounded.
func plain(v any) any {
	switch x := v.(type) {
	case map[string]any:
		for k, e := range x {
			x[k] = plain(e)
		}
		return x
	case []any:
		for i, e := range x {
			x[i] = plain(e)
		}
		return x
	case []byte:
		return map[string]any{"$bytes": base64.RawStdEncoding.EncodeToString(x)}
	case cbor.Tag:
		if id, ok := link(x); ok {
			return map[string]any{"$link": "b" + base32Lower.EncodeToString([]byte(id))}
		}
		return plain(x.Content)
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil
		}
		return x
	case string:
		return strings.ReplaceAll(x, "\x00", "")
	case uint64, int64, bool, nil:
		return x
	}
	return fmt.Sprint(v)
}
