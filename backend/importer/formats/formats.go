// Package formats lists every format that files are recognised by.
package formats

import (
	"vedette/backend/importer"
	"vedette/backend/importer/bluesky"
	"vedette/backend/importer/feeds"
	"vedette/backend/importer/manual"
	"vedette/backend/importer/reddit"
	"vedette/backend/importer/table"
	"vedette/backend/importer/xapi2"
)

// All returns every format. The order decides between equally sure ones: the
// more particular come first, tables last.
func All() []importer.Format {
	return []importer.Format{
		manual.Format{},
		xapi2.Format{},
		bluesky.Format{},
		reddit.Format{},
		feeds.Format{},
		table.Format{},
	}
}
