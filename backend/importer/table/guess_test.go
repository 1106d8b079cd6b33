package table

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

func guessed1(t *testing.T, name, data string) (Profile, map[string]Suggestion) {
	t.Helper()
	p, told, err := Guess(importertest.FileOf(name, []byte(data)), importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]Suggestion{}
	for _, s := range told {
		key := s.Field
		if key == "" {
			key = s.Column
		}
		if s.Reason == "" || s.Code == "" || s.Warnings == nil {
			t.Errorf("suggestion %+v", s)
		}
		by[key] = s
	}
	return p, by
}

func TestGuessEnglish(t *testing.T) {
	data := "Post ID,Created At,User Name,Post Text,Likes,Retweets,Link,Hashtags,Weight\n" +
		"11,2024-01-31 10:00,@jana,\"Fog over the harbour, as every year\",\"1,234\",3,https://x.com/jana/status/11,fog;sea,2.5\n" +
		"12,2024-01-31 11:00,@bo,Where does the fog come from?,7,n/a,https://x.com/bo/status/12,fog,1.5\n"
	p, by := guessed1(t, "harbour watch.csv", data)
	for field, column := range map[string]string{
		"id": "Post ID", "created": "Created At", "author.handle": "User Name", "text": "Post Text", "counts.likes": "Likes", "counts.shares": "Retweets", "url": "Link", "hashtags": "Hashtags",
	} {
		if f := p.Fields[field]; len(f.From) != 1 || f.From[0] != column {
			t.Errorf("%s: %v, want %q", field, f.From, column)
		}
	}
	if p.Name != "harbour watch" || p.Platform != "x" || p.Fields["hashtags"].Separator != ";" || fmt.Sprint(p.Ignore) != "[Weight]" || fmt.Sprint(p.Fields["counts.shares"].Missing) != "[n/a]" {
		t.Errorf("%+v", p)
	}
	if w := by["counts.likes"].Warnings; len(w) != 1 || w[0].Code != "ambiguous_numbers" {
		t.Errorf("likes %+v", by["counts.likes"])
	}
	if w := by["created"].Warnings; len(w) != 1 || w[0].Code != "no_zone" || by["Weight"].Code != "unmapped" {
		t.Errorf("created %+v", by["created"])
	}
	if err := check(&p); err != nil {
		t.Error(err)
	}
	got := read(t, data, importer.Options{Profile: &p})
	if q := got.Posts(); len(q) != 2 || q[0].UID() != "x:11" || q[0].Counts.Likes != model.Known(1234) {
		t.Errorf("%+v", q)
	}
}

func TestGuessSpanish(t *testing.T) {
	p, by := guessed1(t, "datos.csv", "Identificador;Fecha de publicación;Fecha;Usuario;Contenido;Me gusta;Visualizaciones;País\n"+
		"a1;;01/02/2024 10:00;jana;Niebla en el puerto desde hoy;1.234;2.500.000;Noruega\n"+
		"a2;;03/02/2024 10:00;bo;Los barcos esperan fuera;7;12;Noruega\n")
	for field, column := range map[string]string{"id": "Identificador", "created": "Fecha", "author.handle": "Usuario", "text": "Contenido", "counts.likes": "Me gusta", "counts.views": "Visualizaciones", "place.country": "País"} {
		if f := p.Fields[field]; len(f.From) != 1 || f.From[0] != column {
			t.Errorf("%s: %v, want %q", field, f.From, column)
		}
	}
	if p.Fields["counts.likes"].Decimal != "," || p.Fields["counts.views"].Decimal != "," {
		t.Errorf("%+v %+v", p.Fields["counts.likes"], p.Fields["counts.views"])
	}
	w := by["created"].Warnings
	if len(w) != 2 || w[0].Code != "ambiguous_dates" || !strings.Contains(w[0].Message, "1 February 2024 (day first) or 2 January 2024 (month first)") {
		t.Errorf("%+v", w)
	}
}

func TestGuessByValues(t *testing.T) {
	p, by := guessed1(t, "x.csv", "a,b,c,d\n"+
		"k001,13/01/2024 10:00,\"<p>Fog over the harbour again</p>\",https://h.example/1\nk002,01/02/2024 11:00,\"<p>And it does not lift at all</p>\",https://h.example/2\nk003,02/02/2024 11:00,\"<p>Nobody knows when it will</p>\",https://h.example/3\n")
	if p.Fields["text"].From[0] != "c" || p.Fields["text"].As != "html" || p.Fields["created"].From[0] != "b" || p.Fields["url"].From[0] != "d" || p.Fields["id"].From[0] != "a" || p.DateOrder != "dmy" || p.Platform != "web" {
		t.Errorf("%+v", p)
	}
	if by["b"].Code != "date_order" || by["id"].Confidence > by["text"].Confidence {
		t.Errorf("%+v", by)
	}
	_, by = guessed1(t, "x.csv", "id,text\n1.23457E+18,a text of a few words here\n1.23458E+18,another text of a few words\n")
	if w := by["id"].Warnings; len(w) != 1 || w[0].Code != "lost_digits" {
		t.Errorf("%+v", by["id"])
	}
}

func TestGuessContainers(t *testing.T) {
	p, _ := guessed1(t, "b.xlsx", string(harbourBook(t)))
	if p.Fields["id"].From[0] != "id" || p.Fields["text"].From[0] != "text" || p.Fields["created"].From[0] != "when" {
		t.Errorf("%+v", p)
	}
	b, err := os.ReadFile("testdata/lines.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	p, _ = guessed1(t, "lines.jsonl", string(b))
	if p.Rows != "json" || len(p.Fields) < 3 {
		t.Errorf("%+v", p)
	}
	if _, _, err := Guess(importertest.FileOf("x", nil), importer.Options{}); err == nil {
		t.Error("an empty file was guessed at")
	}
}

func TestGuessRealTables(t *testing.T) {
	for pattern, want := range map[string]map[string]string{
		"posts/bluesky-datascience/*/data/gold_labels.csv": {"id": "uri", "text": "text", "created": "created_at"},
		"posts/bluesky-datascience/*/data/archive.parquet": {"id": "uri", "text": "text", "created": "created_at", "author.handle": "author_handle", "author.id": "author_did", "counts.likes": "like_count", "hashtags": "hashtags"},
		"posts/reddit-top/*.csv":                           {"text": "selftext", "title": "title", "url": "permalink", "created": "created_utc", "counts.comments": "num_comments", "counts.likes": "score"},
		"posts/youtube-trending/*.csv":                     {"id": "video_id", "text": "description", "title": "title", "created": "publishedAt", "counts.views": "view_count", "counts.likes": "likes", "author.name": "channelTitle"},
	} {
		data, err := os.ReadFile(realData(t, pattern)[0])
		if err != nil {
			t.Fatal(err)
		}
		p, _ := guessed1(t, "t", string(data))
		for field, column := range want {
			if f := p.Fields[field]; len(f.From) != 1 || f.From[0] != column {
				t.Errorf("%s %s: %v, want %q", pattern, field, f.From, column)
			}
		}
	}
}

func TestTry(t *testing.T) {
	data := "id,text,when,likes\n1,Fog,01/02/2024,3\n2,Rain,someday,many\n2,,03/02/2024,\n,Ships,03/02/2024,4\n1.2E+18,Sun,03/02/2024,5\n"
	p := simple("id", "text", "when").Profile
	p.Header = []string{"id", "text", "when", "likes", "gone"}
	p.Fields["counts.likes"] = importer.Field{From: []string{"likes"}}
	p.Fields["url"] = importer.Field{From: []string{"gone"}}
	c, err := Try(importertest.FileOf("t.csv", []byte(data)), p, importer.Options{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	if c.Rows != 5 || c.Accepted != 4 || len(c.Rejects) != 1 || !strings.Contains(c.Rejects[0].Reason, "Row 5") {
		t.Errorf("%+v", c)
	}
	got := map[string]string{}
	for _, f := range c.Fields {
		var codes []string
		for _, pr := range f.Problems {
			if pr.Message == "" {
				t.Errorf("%s: %+v", f.Field, pr)
			}
			codes = append(codes, pr.Code)
		}
		got[f.Field] = fmt.Sprintf("%d/%d/%d %s", f.Filled, f.Empty, f.Unread, strings.Join(codes, ","))
	}
	for field, want := range map[string]string{
		"id": "3/1/1 lost_digits,repeated_ids", "text": "4/1/0 ", "created": "4/0/1 unread_dates,ambiguous_dates", "counts.likes": "3/1/1 unread_numbers", "url": "0/5/0 missing_column,always_empty",
	} {
		if got[field] != want {
			t.Errorf("%s: %q, want %q", field, got[field], want)
		}
	}
	if e := c.Fields[1].Examples; len(e) != 3 || e[0].Row != 2 {
		t.Errorf("%+v", c.Fields[1])
	}
	var fault *model.Fault
	if _, err := Try(importertest.FileOf("t.csv", []byte(data)), &Profile{}, importer.Options{}, 10); !errors.As(err, &fault) || fault.Code != "profile_invalid" {
		t.Errorf("%v", err)
	}
}

func TestSavedProfiles(t *testing.T) {
	p := *simple("id", "text").Profile
	p.Name = "Mi perfil / Añil 2"
	b, err := Encode(&p)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseProfile(b)
	if err != nil || fmt.Sprint(*again) != fmt.Sprint(p) {
		t.Errorf("%v: %s", err, b)
	}
	if name, err := FileName(&p); err != nil || name != "mi-perfil-añil-2.json" {
		t.Errorf("%q %v", name, err)
	}
	if _, err := FileName(&Profile{Name: " / "}); err == nil {
		t.Error("a name of nothing")
	}
	if f := Find([]Profile{p}, []string{"id", "text"}); f == nil || f.Name != p.Name {
		t.Errorf("%+v", f)
	}
	if f := Find(nil, []string{"Date", "Link", "Message"}); f == nil || f.Name != "linkedin-comments" {
		t.Errorf("%+v", f)
	}
}

func FuzzGuess(f *testing.F) {
	f.Add([]byte("id,text,when\n1,\"a, b\",01/02/2024\n2,1.234,5\n"))
	f.Add([]byte(`{"a":[1,2],"b":{"c":"d"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		file := importertest.FileOf("f", data)
		p, _, err := Guess(file, importer.Options{MaxRecord: 4096})
		if err != nil || check(&p) != nil {
			return
		}
		if _, err := Try(file, &p, importer.Options{MaxRecord: 4096}, 20); err != nil {
			t.Fatalf("a guessed profile cannot be tried: %v", err)
		}
	})
}

func BenchmarkGuess(b *testing.B) {
	data := importertest.Case{File: "testdata/reddit.csv"}.Bytes(b)
	for b.Loop() {
		if _, _, err := Guess(importertest.FileOf("t.csv", data), importer.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
