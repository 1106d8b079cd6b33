package xapi2_test

import (
	"testing"

	"vedette/backend/importer/importertest"
	"vedette/backend/importer/xapi2"
)

func TestRealFiles(t *testing.T) {
	importertest.Real(t, xapi2.Format{}, "posts/x-api-v2-twarc", "testdata/real.json")
}
