package cli

import (
	"errors"
	"maps"
	"slices"

	"vedette/backend/model"
)

// faultOf finds the fault in an error, nil when there is none.
func faultOf(err error) *model.Fault {
	var f *model.Fault
	if errors.As(err, &f) {
		return f
	}
	return nil
}

// orEmpty makes a nil list an empty one, so that JSON says [] and not null.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
