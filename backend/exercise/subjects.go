package exercise

import (
	"slices"
	"strings"

	"vedette/backend/model"
)

// subjects are what the exercise watches. Each query is in the project's query
// language and finds the subject in every language of the scenario.
func subjects() []model.Subject {
	const product = `(brumelo OR lunet OR hashtag:brumelo OR hashtag:lunet2 OR بروميلو OR لونيت OR ブルメロ OR ルネット)`
	return []model.Subject{
		{ID: "brumelo", Name: "Brumelo", Type: model.SubjectBrand, Query: `brumelo OR hashtag:brumelo OR hashtag:brumelorecall OR بروميلو OR ブルメロ`},
		{ID: "kestwick", Name: "Kestwick", Type: model.SubjectBrand, Competitor: true, Query: `kestwick OR hashtag:kestwick OR كستويك OR ケストウィック`},
		{ID: "orbanya", Name: "Orbanya", Type: model.SubjectBrand, Competitor: true, Query: `orbanya OR hashtag:orbanya OR أوربانيا OR اوربانيا OR オルバニヤ`},
		{ID: "lunet2", Name: "Lunet 2", Type: model.SubjectProduct, Query: `lunet OR hashtag:lunet2 OR لونيت OR ルネット`},
		{ID: "battery", Name: "Battery and child safety", Type: model.SubjectTopic, Query: product + ` AND (battery OR overheats OR overheating OR hot OR boiling OR burnt OR burning OR scorched OR smoking OR melted OR degrees OR batería OR bateria OR quema OR calienta OR recalienta OR quemado OR grados OR humo OR بطارية OR البطارية OR يسخن OR حرارة OR درجة OR حريق OR バッテリー OR 電池 OR 発熱 OR 熱い OR 熱く OR 焦げくさい OR batterie OR akku)`},
		{ID: "protest", Name: "Gathering at Plaza del Pilar", Type: model.SubjectTopic, Query: `"plaza del pilar" OR hashtag:pilar21m OR hashtag:elpilar21m OR concentración OR بيلار OR ピラール広場`},
	}
}

// named lists the ids of the subjects that a post names.
func named(p *post) []string {
	t := strings.ToLower(p.title + "\n" + p.body)
	var out []string
	for _, s := range [...]struct {
		id    string
		words []string
	}{
		{"brumelo", []string{"brumelo", "بروميلو", "ブルメロ"}},
		{"kestwick", []string{"kestwick", "كستويك", "ケストウィック"}},
		{"orbanya", []string{"orbanya", "أوربانيا", "اوربانيا", "オルバニヤ"}},
		{"lunet2", []string{"lunet", "لونيت", "ルネット"}},
	} {
		if containsAny(t, s.words) {
			out = append(out, s.id)
		}
	}
	if themeName(p.theme) == "battery" && (slices.Contains(out, "brumelo") || slices.Contains(out, "lunet2")) {
		out = append(out, "battery")
	}
	if containsAny(t, []string{"plaza del pilar", "elpilar21m", "pilar21m", "concentración", "concentracion", "ピラール広場", "بيلار"}) {
		out = append(out, "protest")
	}
	return out
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// about lists the subjects that a post concerns, whether it names them or not.
func about(p *post) []string {
	switch p.theme {
	case "battery", "rumour":
		return []string{"brumelo", "lunet2", "battery"}
	case "protest", "march":
		return []string{"brumelo", "protest"}
	case "refund", "privacy", "reaction", "praise", "defend":
		return []string{"brumelo", "lunet2"}
	case "rival":
		return named(p)
	}
	return nil
}

// themeName is the theme of the answer sheet.
func themeName(bank string) string {
	switch bank {
	case "noise":
		return ""
	case "rumour":
		return "battery"
	case "defend":
		return "praise"
	case "march":
		return "protest"
	}
	return bank
}
