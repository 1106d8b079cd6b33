// Package formats lists every format that files are recognised by.
package formats

import (
	"vedette/backend/importer"
	"vedette/backend/importer/activitypub"
	"vedette/backend/importer/bluesky"
	"vedette/backend/importer/bundle"
	"vedette/backend/importer/discord"
	"vedette/backend/importer/discourse"
	"vedette/backend/importer/facebook"
	"vedette/backend/importer/feeds"
	"vedette/backend/importer/graphapi"
	"vedette/backend/importer/hackernews"
	"vedette/backend/importer/har"
	"vedette/backend/importer/image"
	"vedette/backend/importer/lemmy"
	"vedette/backend/importer/manual"
	"vedette/backend/importer/mastodon"
	"vedette/backend/importer/mbox"
	"vedette/backend/importer/mhtml"
	"vedette/backend/importer/phpbb"
	"vedette/backend/importer/reddit"
	"vedette/backend/importer/slack"
	"vedette/backend/importer/snscrape"
	"vedette/backend/importer/stackexchange"
	"vedette/backend/importer/table"
	"vedette/backend/importer/telegram"
	"vedette/backend/importer/tiktok"
	"vedette/backend/importer/warc"
	"vedette/backend/importer/webpage"
	"vedette/backend/importer/whatsapp"
	"vedette/backend/importer/xapi1"
	"vedette/backend/importer/xapi2"
	"vedette/backend/importer/xarchive"
	"vedette/backend/importer/xgraphql"
	"vedette/backend/importer/youtube"
	"vedette/backend/importer/zeeschuimer"
)

// All returns every format. The order decides between equally sure ones: the
// more particular come first, tables last; archives of them at the very end.
func All() []importer.Format {
	files := single()
	return append(files, bundle.Format{Inner: files})
}

// single lists the formats that read one file as it is.
func single() []importer.Format {
	return []importer.Format{
		manual.Format{},
		xapi2.Format{},
		xapi1.Format{},
		xarchive.Format{},
		snscrape.Format{},
		xgraphql.Format{},
		zeeschuimer.Format{},
		tiktok.Format{},
		bluesky.Format{},
		reddit.Format{},
		feeds.Format{},
		feeds.Sitemap{},
		feeds.OPML{},
		mhtml.Format{},
		har.Format{},
		telegram.Format{},
		telegram.HTML{},
		warc.Format{},
		warc.WACZ{},
		webpage.Format{},
		image.Format{},
		mastodon.Format{},
		activitypub.Format{},
		lemmy.Format{},
		whatsapp.Format{},
		discourse.Format{},
		hackernews.Format{},
		stackexchange.Format{},
		youtube.Format{},
		youtube.YtDlp{},
		discord.Format{},
		slack.Format{},
		phpbb.Format{},
		graphapi.Format{},
		facebook.Format{},
		facebook.InstagramFormat{},
		mbox.Format{},
		bluesky.CAR{},
		table.Format{},
	}
}
