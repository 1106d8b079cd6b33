package table

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// names are the names that columns commonly have, in English and Spanish and as
// tools write them, by field; the surest first. They are compared by letters and
// digits alone.
var names = map[string][]string{
	"id":                 {"id", "postid", "tweetid", "messageid", "statusid", "commentid", "idstr", "uri", "uid", "objectid", "contentid", "documentid", "videoid", "idpost", "idpublicacion", "idmensaje", "identificador", "guid"},
	"text":               {"text", "body", "content", "message", "fulltext", "tweet", "posttext", "caption", "comment", "contents", "snippet", "selftext", "description", "texto", "mensaje", "contenido", "comentario", "cuerpo", "descripcion", "publicacion", "articletext", "maintext"},
	"title":              {"title", "headline", "subject", "titulo", "titular", "asunto", "posttitle"},
	"url":                {"permalink", "url", "link", "posturl", "permalinkurl", "address", "tweeturl", "enlace", "direccion", "vinculo"},
	"lang":               {"lang", "language", "idioma", "lengua", "langs", "languagecode"},
	"created":            {"created", "createdat", "date", "datetime", "timestamp", "published", "publishedat", "time", "postdate", "createdutc", "createdtime", "creationtime", "createdatutc", "unixtimestamp", "publicationdate", "pubdate", "posted", "postedat", "when", "fecha", "fechahora", "fechapublicacion", "fechacreacion", "publicado", "hora"},
	"edited":             {"edited", "editedat", "modified", "modifiedat", "editado", "modificado"},
	"captured":           {"captured", "capturedat", "retrievedat", "collectedat", "scrapedat", "crawledat", "capturado", "fechacaptura"},
	"author.id":          {"authorid", "userid", "accountid", "authordid", "did", "fromid", "ownerid", "channelid", "pageid", "senderid", "idautor", "idusuario", "autorid", "usuarioid"},
	"author.handle":      {"author", "username", "handle", "screenname", "authorhandle", "user", "authorusername", "userscreenname", "account", "sender", "from", "autor", "usuario", "cuenta", "nombreusuario", "remitente"},
	"author.name":        {"authorname", "displayname", "fullname", "name", "username", "authorfullname", "accountname", "channeltitle", "pagename", "sendername", "nombre", "nombreautor", "nombrecompleto"},
	"author.followers":   {"followers", "followerscount", "followercount", "authorfollowers", "userfollowers", "subscribers", "seguidores"},
	"author.verified":    {"verified", "isverified", "authorverified", "verificado"},
	"author.description": {"bio", "userdescription", "authordescription", "biografia"},
	"author.place":       {"userlocation", "authorlocation", "ubicacionusuario"},
	"counts.likes":       {"likes", "likecount", "likescount", "favorites", "favoritecount", "favourites", "reactions", "reactioncount", "score", "upvotes", "ups", "diggcount", "megusta", "reacciones", "favoritos"},
	"counts.comments":    {"comments", "commentcount", "commentscount", "replies", "replycount", "repliescount", "numcomments", "comentarios", "respuestas"},
	"counts.shares":      {"shares", "sharecount", "retweets", "retweetcount", "reposts", "repostcount", "reblogs", "forwards", "compartidos", "compartido", "veces compartido"},
	"counts.views":       {"views", "viewcount", "viewscount", "impressions", "impressioncount", "plays", "playcount", "reproducciones", "visualizaciones", "visitas", "vistas"},
	"reply_to":           {"replyto", "inreplyto", "inreplytoid", "inreplytostatusid", "parentid", "replytoid", "respuestaa", "enrespuestaa"},
	"repost_of":          {"retweetof", "repostof", "retweetedid", "retweetedstatusid", "retweetid"},
	"quote_of":           {"quoteof", "quotedid", "quotedstatusid"},
	"thread":             {"thread", "threadid", "conversationid", "rootid", "linkid", "hilo"},
	"hashtags":           {"hashtags", "tags", "hashtag", "etiquetas"},
	"mentions":           {"mentions", "mentionedusers", "menciones"},
	"links":              {"links", "urls", "outlinks", "expandedurls", "enlaces"},
	"images":             {"images", "image", "imageurl", "photos", "photo", "media", "mediaurl", "imagen", "imagenes", "foto", "fotos"},
	"place.country":      {"country", "countrycode", "pais"},
	"place.name":         {"place", "location", "city", "lugar", "ubicacion", "ciudad"},
	"place.lat":          {"lat", "latitude", "latitud"},
	"place.lon":          {"lon", "lng", "long", "longitude", "longitud"},
	"platform":           {"platform", "network", "plataforma", "redsocial"},
}

// guessed is the order in which fields choose their column.
var guessed = []string{
	"id", "text", "title", "created", "author.handle", "author.id", "author.name", "url", "counts.likes", "counts.comments", "counts.shares", "counts.views", "reply_to", "repost_of", "quote_of", "thread",
	"lang", "author.followers", "author.verified", "author.description", "author.place", "hashtags", "mentions", "links", "images", "edited", "captured", "place.country", "place.name", "place.lat", "place.lon", "platform",
}

// letters is a name by its letters and digits alone, without accents, in lower
// case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

// nameScore says how well a column's name fits a field: 100 for its commonest
// name and less for others, 40 when it ends in one, 0 when it does not.
func nameScore(field, column string) int {
	l := letters(column)
	if l == "" || len(l) > longestName {
		return 0
	}
	best := 0
	for i, n := range names[field] {
		switch {
		case l == letters(n):
			return 100 - i
		case len(n) > 3 && strings.HasSuffix(l, n):
			best = max(best, 40)
		}
	}
	// "user.name" and "author.id" in objects: the field's own name.
	if l == letters(field) {
		return 95
	}
	return best
}
