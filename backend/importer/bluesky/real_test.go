package bluesky_test

import (
	"testing"

	"vedette/backend/importer/bluesky"
	"vedette/backend/importer/importertest"
)

func TestRealFiles(t *testing.T) {
	importertest.Real(t, bluesky.Format{}, "posts/bluesky", "testdata/real.json")
}
