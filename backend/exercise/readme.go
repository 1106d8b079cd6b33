package exercise

// ReadMe is the trainer's introduction to the exercise in English ("en") or
// Spanish ("es"); any other language gives English.
func ReadMe(lang string) string {
	if lang == "es" {
		return readMeES
	}
	return readMeEN
}

const readMeEN = `EXERCISE: THE NIGHT LIGHT THAT GOT WARM
Synthetic data. Brands, people, newspapers, posts and links are invented; any
likeness to real ones is chance. Do not mix these files with a real case.

What happened
Brumelo sells a baby monitor, the Lunet 2. For a week people talk about it as
they talk about any gadget. Then a parent writes that theirs got too hot to hold
on the charger. Others recognise it; two days later somebody adds a claim that
nobody can confirm. A video, newspapers, a statement, a push by accounts that
look alike, and a call to gather in a square follow within ten days.

What the files are
Exports of X (API v2, as twarc writes them), Bluesky, Reddit, news and blog
feeds, boards and video channels, over three weeks, in English, Spanish, Arabic
and Japanese with a little French, Portuguese and German. The two X files overlap
by a day: the same post is seen twice, with later counts. Everyday talk, spam and
giveaways are in there as they are everywhere.

What to ask your trainees
1. When does the rise begin, and could you have known before the newspapers?
2. What are people worried about? There are three worries; who has which?
3. Which post began the rumour, and what is known to be true in it?
4. Which accounts act together, when, and what do they want people to click?
5. What is announced for where and when, and how did that news travel?
6. How do the two competitors fare?
7. What would you not state, given what you have?

Give trainees the folders x, bluesky, reddit and feeds. Keep truth.json: it says
of every post what it is, names the coordinated accounts, the first posts and the
windows in which an early alert is due. subjects.json holds ready-made subjects.
`

const readMeES = `EJERCICIO: LA LUZ DE NOCHE QUE SE CALENTABA
Datos sintéticos. Marcas, personas, periódicos, mensajes y enlaces son
inventados; cualquier parecido con la realidad es casual. No mezcle estos
ficheros con un caso real.

Qué pasó
Brumelo vende un vigilabebés, el Lunet 2. Durante una semana la gente habla de él
como de cualquier aparato. Después alguien cuenta que el suyo se calentó tanto
cargando que no se podía sujetar. Otros lo reconocen; dos días más tarde alguien
añade una afirmación que nadie puede confirmar. En diez días llegan un vídeo, los
periódicos, un comunicado, el empujón de unas cuentas que se parecen mucho entre
sí y una convocatoria en una plaza.

Qué son los ficheros
Exportaciones de X (API v2, tal como las escribe twarc), Bluesky, Reddit, canales
de noticias y de un blog, foros y canales de vídeo: tres semanas en español,
inglés, árabe y japonés, con algo de francés, portugués y alemán. Los dos ficheros
de X comparten un día: el mismo mensaje se ve dos veces, la segunda con cifras más
altas. Hay conversación cotidiana, correo basura y sorteos, como en todas partes.

Qué preguntar a los alumnos
1. ¿Cuándo empieza la subida? ¿Se podía saber antes que por los periódicos?
2. ¿Qué preocupa a la gente? Hay tres preocupaciones; ¿quién tiene cada una?
3. ¿Qué mensaje inició el rumor y qué se sabe que sea cierto en él?
4. ¿Qué cuentas actúan juntas, cuándo, y adónde quieren llevar a la gente?
5. ¿Qué se convoca, dónde y cuándo, y cómo viajó la noticia?
6. ¿Cómo les va a los dos competidores?
7. ¿Qué no afirmaría usted con lo que tiene?

Entregue a los alumnos las carpetas x, bluesky, reddit y feeds. Guarde
truth.json: dice de cada mensaje qué es, nombra las cuentas coordinadas, los
primeros mensajes y las ventanas en las que debe saltar una alerta temprana.
subjects.json trae los temas vigilados ya preparados.
`
