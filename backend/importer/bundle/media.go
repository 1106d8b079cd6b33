package bundle

import (
	"net/http"
	"strings"
)

// media reports whether bytes begin a picture, a sound or a video.
func media(head []byte) bool {
	t := http.DetectContentType(head)
	for _, kind := range []string{"image/", "audio/", "video/", "font/"} {
		if strings.HasPrefix(t, kind) {
			return true
		}
	}
	return t == "application/ogg" || t == "application/pdf" ||
		(len(head) > 12 && string(head[4:8]) == "ftyp")
}
