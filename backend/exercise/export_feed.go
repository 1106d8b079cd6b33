package exercise

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// forum is a board whose Atom feed belongs to the exercise.
type forum struct{ key, host, title, lang, section, chat string }

func forums() []forum {
	return []forum{
		{"cotside", "https://forum.cotside.example", "Cotside – the parents' board", "en-gb", "Monitors & gadgets", "Anything else"},
		{"crianza", "https://foro.crianzaencalma.example", "Crianza en Calma", "es", "Vigilabebés y aparatos", "Charla general"},
	}
}

func forumHost(key string) string {
	for _, f := range forums() {
		if f.key == key {
			return f.host
		}
	}
	return "https://" + key + ".example"
}

// forumOf is the board of a language.
func forumOf(lang string) string {
	if lang == "es" {
		return "crianza"
	}
	return "cotside"
}

// hostOf is the host of an address without a path.
func hostOf(link string) string { return strings.TrimPrefix(link, "https://") }

// exportFeeds writes an RSS 2.0 feed for each newspaper and blog, an Atom feed
// for each board and an Atom feed for each video channel.
func (s *Scenario) exportFeeds() ([]Export, error) {
	outlets, err := loadPress()
	if err != nil {
		return nil, err
	}
	byVenue := map[string][]*post{}
	for _, p := range s.posts {
		if p.platform == "feed" || p.platform == "forum" || p.platform == "youtube" {
			byVenue[p.venue] = append([]*post{p}, byVenue[p.venue]...)
		}
	}
	var out []Export
	for _, o := range outlets {
		posts := byVenue[o.Key]
		f := Export{Name: "feeds/" + o.Key + ".xml", Format: "feed", Records: len(posts)}
		if o.Kind == "video" {
			f.data = youtubeFeed(o, posts)
		} else {
			f.data = rssFeed(o, posts)
		}
		out = append(out, f)
	}
	for _, fo := range forums() {
		posts := byVenue[fo.key]
		out = append(out, Export{Name: "feeds/forum-" + fo.key + ".atom", Format: "feed", Records: len(posts), data: forumFeed(fo, posts)})
	}
	return out, nil
}

func rssFeed(o outlet, posts []*post) []byte {
	zone := time.FixedZone("", o.Zone*60)
	const layout = "Mon, 02 Jan 2006 15:04:05 -0700"
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">` + "\n<channel>\n")
	fmt.Fprintf(&b, "\t<title>%s</title>\n\t<atom:link href=\"%s/feed/\" rel=\"self\" type=\"application/rss+xml\" />\n\t<link>%s</link>\n\t<description>%s</description>\n\t<lastBuildDate>%s</lastBuildDate>\n\t<language>%s</language>\n",
		htmlEscape(o.Title), o.Link, o.Link, htmlEscape(o.About), posts[0].at.In(zone).Format(layout), o.Lang)
	if o.Kind == "blog" {
		b.WriteString("\t<generator>https://wordpress.org/?v=6.7.2</generator>\n")
	}
	for _, p := range posts {
		paras := strings.Split(p.body, "\n\n")
		fmt.Fprintf(&b, "\t<item>\n\t\t<title>%s</title>\n\t\t<link>%s</link>\n\t\t<dc:creator><![CDATA[%s]]></dc:creator>\n\t\t<pubDate>%s</pubDate>\n\t\t<guid isPermaLink=\"true\">%s</guid>\n\t\t<description><![CDATA[%s]]></description>\n",
			htmlEscape(p.title), p.id, p.author.name, p.at.In(zone).Format(layout), p.id, paras[0])
		fmt.Fprintf(&b, "\t\t<content:encoded><![CDATA[<p>%s</p>]]></content:encoded>\n\t</item>\n", strings.Join(paras, "</p>\n<p>"))
	}
	b.WriteString("</channel>\n</rss>\n")
	return b.Bytes()
}

func forumFeed(f forum, posts []*post) []byte {
	zone := time.FixedZone("", 0)
	if f.lang == "es" {
		zone = time.FixedZone("", 3600)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="%s">
<link rel="self" type="application/atom+xml" href="%s/app.php/feed" />

<title>%s</title>

<link href="%s/index.php" />
<updated>%s</updated>

<author><name><![CDATA[%s]]></name></author>
<generator uri="https://www.phpbb.com/">phpBB</generator>
<id>%s/app.php/feed</id>
`, f.lang, f.host, htmlEscape(f.title), f.host, posts[0].at.In(zone).Format(time.RFC3339), f.title, f.host)
	for _, p := range posts {
		section, number := f.section, 7
		if p.theme == "noise" {
			section, number = f.chat, 12
		}
		title := section + " • " + p.root.title
		if p.parent != nil {
			title = section + " • Re: " + p.root.title
		}
		text := strings.ReplaceAll(htmlEscape(p.body), "\n", "<br>\n")
		if p.parent != nil && p.parent != p.root && fnvOf(p.id)%4 == 0 {
			text = "<blockquote><cite>" + p.parent.author.handle + "</cite>" + htmlEscape(cut(firstLine(p.parent.body), 90)) + "</blockquote>" + text
		}
		updated := p.at
		if !p.edited.IsZero() {
			updated = p.edited
		}
		fmt.Fprintf(&b, `
<entry>
<author><name><![CDATA[%s]]></name></author>
<updated>%s</updated>
<published>%s</published>
<id>%s</id>
<link href="%s"/>
<title type="html"><![CDATA[%s]]></title>

<category term="%s" scheme="%s/viewforum.php?f=%d" label="%s"/>
<content type="html" xml:base="%s"><![CDATA[
%s
]]></content>
</entry>
`, p.author.handle, updated.In(zone).Format(time.RFC3339), p.at.In(zone).Format(time.RFC3339), p.id, p.id, title,
			htmlEscape(section), f.host, number, htmlEscape(section), p.id, text)
	}
	b.WriteString("</feed>\n")
	return b.Bytes()
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

func youtubeFeed(o outlet, posts []*post) []byte {
	var b bytes.Buffer
	page := "https://www.youtube.com/channel/" + o.Channel
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
 <link rel="self" href="http://www.youtube.com/feeds/videos.xml?channel_id=%s"/>
 <id>yt:channel:%s</id>
 <yt:channelId>%s</yt:channelId>
 <title>%s</title>
 <link rel="alternate" href="%s"/>
 <author>
  <name>%s</name>
  <uri>%s</uri>
 </author>
 <published>2019-04-11T09:30:12+00:00</published>
`, o.Channel, o.Channel, o.Channel, htmlEscape(o.Title), page, htmlEscape(o.Title), page)
	for _, p := range posts {
		watch := "https://www.youtube.com/watch?v=" + p.id
		updated := p.at.Add(time.Duration(20+fnvOf(p.id)%4000) * time.Minute)
		rating := fmt.Sprintf("\n    <media:starRating count=\"%d\" average=\"5.00\" min=\"1\" max=\"5\"/>", p.likes)
		if p.hideLikes {
			rating = ""
		}
		fmt.Fprintf(&b, ` <entry>
  <id>yt:video:%s</id>
  <yt:videoId>%s</yt:videoId>
  <yt:channelId>%s</yt:channelId>
  <title>%s</title>
  <link rel="alternate" href="%s"/>
  <author>
   <name>%s</name>
   <uri>%s</uri>
  </author>
  <published>%s</published>
  <updated>%s</updated>
  <media:group>
   <media:title>%s</media:title>
   <media:content url="https://www.youtube.com/v/%s?version=3" type="application/x-shockwave-flash" width="640" height="390"/>
   <media:thumbnail url="https://i1.ytimg.com/vi/%s/hqdefault.jpg" width="480" height="360"/>
   <media:description>%s</media:description>
   <media:community>%s
    <media:statistics views="%d"/>
   </media:community>
  </media:group>
 </entry>
`, p.id, p.id, o.Channel, htmlEscape(p.title), watch, htmlEscape(o.Title), page, p.at.UTC().Format(time.RFC3339), updated.UTC().Format(time.RFC3339),
			htmlEscape(p.title), p.id, p.id, htmlEscape(p.body), rating, p.views)
	}
	b.WriteString("</feed>\n")
	return b.Bytes()
}
