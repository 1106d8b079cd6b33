package reddit_test

import (
	"testing"

	"vedette/backend/importer/importertest"
	"vedette/backend/importer/reddit"
)

func TestRealFiles(t *testing.T) {
	importertest.Real(t, reddit.Format{}, "posts/reddit-listing", "testdata/real.json")
}
