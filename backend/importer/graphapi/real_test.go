package graphapi_test

import (
	"testing"

	"vedette/backend/importer/graphapi"
	"vedette/backend/importer/importertest"
)

func TestRealFacebook(t *testing.T) {
	importertest.Real(t, graphapi.Format{}, "posts/facebook-graph-api", "testdata/real-facebook.json")
}

func TestRealInstagram(t *testing.T) {
	importertest.Real(t, graphapi.Format{}, "posts/instagram-graph-api", "testdata/real-instagram.json")
}
