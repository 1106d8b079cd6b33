package whatsapp

import (
	"regexp"
	"strings"
)

// fold makes a note comparable: lower case, without dots and brackets around it.
func fold(s string) string {
	if len(s) > 120 {
		return ""
	}
	return strings.Trim(strings.ToLower(strings.ReplaceAll(s, "\u00a0", " ")), "<>. ")
}

// omitted lists what stands in the place of media that was not exported, by
// fold, with the kind of media.
var omitted = map[string]string{
	// Android
	"media omitted": "file", "medien ausgeschlossen": "file", "medien weggelassen": "file", "multimedia omitido": "file", "archivo omitido": "file", "médias omis": "file",
	"fichier média omis": "file", "média omis": "file", "mídia oculta": "file", "mídia omitida": "file", "arquivo de mídia oculto": "file", "ficheiro não revelado": "file",
	"media omessi": "file", "media omesso": "file", "media weggelaten": "file", "media zijn weggelaten": "file", "medya dahil edilmedi": "file",
	"без медиафайлов": "file", "файл пропущен": "file", "без медіафайлів": "file", "pominięto multimedia": "file", "media har utelämnats": "file", "media utelatt": "file",
	"mediefil udeladt": "file", "media jätettiin pois": "file", "média vynechány": "file", "média kihagyva": "file", "fișiere media omise": "file", "media tidak disertakan": "file",
	"τα πολυμέσα παραλήφθηκαν": "file", "تم استبعاد الوسائط": "file", "המדיה לא נכללה": "file", "अनुपस्थित मीडिया": "file", "メディアは含まれていません": "file", "省略多媒体文件": "file", "忽略多媒體檔": "file",
	"view once voice message omitted": "audio", "video note omitted": "video",
	// iOS
	"image omitted": "image", "photo omitted": "image", "video omitted": "video", "audio omitted": "audio", "sticker omitted": "image", "gif omitted": "video",
	"document omitted": "file", "contact card omitted": "file",
	"bild weggelassen": "image", "video weggelassen": "video", "audio weggelassen": "audio", "sticker weggelassen": "image", "gif weggelassen": "video",
	"dokument weggelassen": "file", "kontaktkarte ausgelassen": "file", "videonachricht weggelassen": "video",
	"imagen omitida": "image", "video omitido": "video", "audio omitido": "audio", "sticker omitido": "image", "gif omitido": "video", "documento omitido": "file",
	"tarjeta de contacto omitida": "file",
	"image absente":               "image", "vidéo absente": "video", "audio omis": "audio", "sticker omis": "image", "gif retiré": "video", "document manquant": "file", "document omis": "file",
	"fiche contact retirée": "file",
	"imagem ocultada":       "image", "imagem omitida": "image", "vídeo omitido": "video", "vídeo ocultado": "video", "áudio ocultado": "audio", "áudio omitido": "audio", "figurinha omitida": "image",
	"gif omitida": "video", "documento ocultado": "file", "cartão do contato omitido": "file",
	"immagine omessa": "image", "video omesso": "video", "audio omesso": "audio", "sticker omesso": "image", "sticker non incluso": "image", "gif esclusa": "video", "documento omesso": "file",
	"scheda contatto omessa":  "file",
	"afbeelding weggelaten":   "image",
	"contactkaart weggelaten": "file", "document weggelaten": "file", "gif weggelaten": "video",
}

// deleted lists the notes in the place of a message that was deleted, by fold.
var deleted = map[string]bool{
	"this message was deleted": true, "you deleted this message": true, "this message was deleted by admin": true,
	"diese nachricht wurde gelöscht": true, "du hast diese nachricht gelöscht": true,
	"se eliminó este mensaje": true, "este mensaje fue eliminado": true, "eliminaste este mensaje": true, "este mensaje ha sido eliminado": true,
	"ce message a été supprimé": true, "vous avez supprimé ce message": true, "ce message a été effacé": true,
	"mensagem apagada": true, "essa mensagem foi apagada": true, "esta mensagem foi apagada": true, "você apagou esta mensagem": true, "esta mensagem foi eliminada": true,
	"eliminou esta mensagem":                          true,
	"questo messaggio è stato eliminato":              true,
	"hai eliminato questo messaggio":                  true,
	"dit bericht is verwijderd":                       true,
	"je hebt dit bericht verwijderd":                  true,
	"bu mesaj silindi":                                true,
	"bu mesajı sildiniz":                              true,
	"данное сообщение удалено":                        true,
	"вы удалили данное сообщение":                     true,
	"ta wiadomość została usunięta":                   true,
	"det här meddelandet togs bort":                   true,
	"waiting for this message. this may take a while": true,
}

var editMark = regexp.MustCompile(`\s*<((?i:this message was edited|diese nachricht wurde bearbeitet|se editó este mensaje|este mensaje fue editado|ce message a été modifié|mensagem editada|esta mensagem foi editada|questo messaggio è stato modificato|dit bericht is bewerkt|bu mesaj düzenlendi|данное сообщение изменено)\.?)>$`)

// edited cuts the note off that a message was edited.
func edited(s string) (body, mark string) {
	tail := max(0, len(s)-120)
	m := editMark.FindStringSubmatchIndex(s[tail:])
	if m == nil {
		return s, ""
	}
	return s[:tail+m[0]], s[tail+m[2] : tail+m[3]]
}

var (
	attachedAfter  = regexp.MustCompile(`^([^\n<>]{1,200}\.[A-Za-z0-9]{1,8}) \((?:file attached|Datei angehängt|archivo adjunto|fichier joint|fichier attaché|arquivo anexado|ficheiro anexado|file allegato|bestand bijgevoegd|dosya ekli|файл добавлен|załączono plik|bifogad fil|lampiran file|ファイル添付)\)`)
	attachedBefore = regexp.MustCompile(`<(?:attached|Anhang|adjunto|archivo adjunto|pièce jointe|anexado|ficheiro anexado|allegato|bijgevoegd|ekli|прикреплено|załączono|bifogad)[ \x{00a0}\x{202f}]?: ?([^\n<>]{1,200})>`)
)

// attachment finds the name of an attached file, and the text beside it.
func attachment(s string) (name, caption string, ok bool) {
	head := s
	if len(head) > 4<<10 {
		head = head[:4<<10]
	}
	if m := attachedAfter.FindStringSubmatchIndex(head); m != nil {
		return s[m[2]:m[3]], strings.TrimSpace(s[m[1]:]), true
	}
	if m := attachedBefore.FindStringSubmatchIndex(head); m != nil {
		return s[m[2]:m[3]], strings.TrimSpace(s[:m[0]] + s[m[1]:]), true
	}
	return "", "", false
}
