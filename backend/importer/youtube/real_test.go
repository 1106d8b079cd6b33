package youtube_test

import (
	"testing"

	"vedette/backend/importer/importertest"
	"vedette/backend/importer/youtube"
)

func TestRealFiles(t *testing.T) {
	importertest.Real(t, youtube.Format{}, "posts/youtube-api", "testdata/real.json")
}
