package mastodon_test

import (
	"testing"

	"vedette/backend/importer/importertest"
	"vedette/backend/importer/mastodon"
)

func TestRealFiles(t *testing.T) {
	importertest.Real(t, mastodon.Format{}, "posts/mastodon-rest", "testdata/real.json")
}
