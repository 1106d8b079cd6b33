package webpage_test

import (
	"testing"

	"vedette/backend/importer/importertest"
	"vedette/backend/importer/webpage"
)

func TestReal(t *testing.T) {
	importertest.Real(t, webpage.Format{}, "web/readability-pages", "testdata/real.golden.json")
}
