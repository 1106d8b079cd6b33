package warc_test

import (
	"testing"

	"vedette/backend/importer/importertest"
	"vedette/backend/importer/warc"
)

func TestReal(t *testing.T) {
	importertest.Real(t, warc.Format{}, "web/warc", "testdata/real.golden.json")
}
