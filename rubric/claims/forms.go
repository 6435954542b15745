package claims

import (
	"slices"
	"strings"
)

// Forms of verbs by rule, so that the book need not list them: "~publish" in a
// way to say something stands for "publishes", "published" and "publishing" too.
// Verbs that change their stem give it: "~give/gave/given". A German prefix that
// parts from its verb is set off: "~frei+geben/gibt/gab/gegeben". Forms that say
// that something is to come or would be are no part of this; see moodForms.

// formsOf are the forms of a verb, written as in the book without its mark.
func formsOf(file, verb string) []string {
	verb, rest, _ := strings.Cut(verb, " ") // "give/gave/given away"
	stems := strings.Split(verb, "/")
	var forms []string
	switch file {
	case "en.yaml":
		forms = englishForms(stems)
	case "de.yaml":
		forms = germanForms(stems)
	case "fr.yaml":
		forms = frenchForms(stems)
	case "es.yaml":
		forms = spanishForms(stems)
	}
	slices.Sort(forms)
	return withRest(slices.Compact(forms), rest)
}

// withRest puts the words that belong to a verb behind its forms.
func withRest(forms []string, rest string) []string {
	for i := range forms {
		forms[i] = strings.TrimSpace(forms[i] + " " + rest)
	}
	return forms
}

// with gives a stem all of some endings.
func withEndings(stem string, endings string) []string {
	list := []string{}
	for _, e := range strings.Split(endings, " ") {
		list = append(list, stem+strings.Trim(e, "-"))
	}
	return list
}

// englishForms are those of a verb and of one that changes its stem.
func englishForms(stems []string) []string {
	verb := stems[0]
	last, before := verb[len(verb)-1:], verb[:len(verb)-1]
	mute := last == "e" && !strings.HasSuffix(verb, "ee")
	closed := len(stems) > 1 && stems[1] == stems[len(stems)-1] && stems[1] == verb || // "put"
		len(verb) < 5 && strings.ContainsAny(before[len(before)-1:], "aeiou") && !strings.ContainsAny(last, "aeiouwxy") &&
			!strings.ContainsAny(before[len(before)-2:len(before)-1], "aeiou") // "drop"
	third, past, ing := verb+"s", verb+"ed", verb+"ing"
	switch {
	case strings.HasSuffix(verb, "sh"), strings.HasSuffix(verb, "ch"), strings.HasSuffix(verb, "ss"),
		strings.HasSuffix(verb, "x"):
		third = verb + "es"
	case last == "y" && !strings.ContainsAny(before[len(before)-1:], "aeiou"):
		third, past = before+"ies", before+"ied"
	case mute:
		past, ing = verb+"d", before+"ing"
	case closed:
		past, ing = verb+last+"ed", verb+last+"ing"
	}
	forms := []string{verb, third, ing}
	if len(stems) == 1 {
		return append(forms, past)
	}
	return append(forms, stems[1:]...)
}

// unstressed are prefixes that stay with a German verb, whose participle has no "ge".
var unstressed = []string{"ver", "be", "er", "ent", "zer", "miss"}

// germanForms are those of a verb with the prefix that may part from it, and of
// its participle before a noun.
func germanForms(stems []string) []string {
	prefix, verb, parted := strings.Cut(stems[0], "+")
	if !parted {
		prefix, verb = "", stems[0]
	}
	stem := strings.TrimSuffix(strings.TrimSuffix(verb, "en"), "n")
	e := ""
	if strings.HasSuffix(stem, "t") || strings.HasSuffix(stem, "d") || strings.HasSuffix(stem, "n") &&
		!strings.HasSuffix(stem, "hn") {
		e = "e"
	}
	third, past, participle := stem+e+"t", stem+e+"te", "ge"+stem+e+"t"
	if strings.HasSuffix(verb, "ieren") || slices.ContainsFunc(unstressed, func(u string) bool {
		return strings.HasPrefix(verb, u)
	}) {
		participle = stem + e + "t"
	}
	if len(stems) == 4 {
		third, past, participle = stems[1], stems[2], stems[3]
	}
	var forms []string
	if !parted {
		forms = append(withEndings(past, "- n en"), verb, third, stem+"e")
	} else {
		forms = append(withEndings(prefix+past, "- n en"), prefix+verb, prefix+third, prefix+"zu"+verb)
	}
	return append(forms, withEndings(prefix+participle, "- e en er es em")...)
}

// frenchForms are those of a verb in -er, or of another with its stems: the
// infinitive, the third persons and the participle.
func frenchForms(stems []string) []string {
	verb := stems[0]
	var forms []string
	if len(stems) > 1 {
		forms = append(slices.Clone(stems[1:len(stems)-1]), verb)
		forms = append(forms, withEndings(stems[len(stems)-1], "- e s es")...)
	} else {
		stem := strings.TrimSuffix(verb, "er")
		soft := stem // before a and o
		if strings.HasSuffix(stem, "g") {
			soft = stem + "e"
		} else if strings.HasSuffix(stem, "c") {
			soft = strings.TrimSuffix(stem, "c") + "ç"
		}
		forms = append(withEndings(stem, "er e ent é ée és ées èrent ons ions"),
			withEndings(soft, "a ait aient ant")...)
	}
	return forms
}

// spanishForms are those of a regular verb, with the objects that it may hold:
// "publicarlo", "publicándolos". Other stems are given: infinitive, third
// persons, preterites, participle.
func spanishForms(stems []string) []string {
	verb := stems[0]
	stem, kind := verb[:len(verb)-2], verb[len(verb)-2:]
	if strings.HasSuffix(verb, "ír") {
		stem, kind = strings.TrimSuffix(verb, "ír"), "ir"
	}
	forms := withEndings(verb, "- lo la los las se")
	switch {
	case len(stems) > 1:
		forms = append(forms, stems[1:len(stems)-1]...)
		forms = append(forms, withEndings(strings.TrimSuffix(stems[len(stems)-1], "o"), "o a os as")...)
	case kind == "ar":
		forms = append(forms, withEndings(stem, "a an ó aron aba aban ado ada ados adas ando ándolo ándola ándolos"+
			" ándolas amos")...)
	default:
		forms = append(forms, withEndings(stem, "e en ió ieron ía ían ido ida idos idas iendo iéndolo iéndola iéndolos"+
			" iéndolas")...)
	}
	return forms
}

// moodForms are the forms of a French or Spanish verb that say that something is
// to come, and those that only suppose it.
func moodForms(file, verb string) (future, supposed []string) {
	verb, rest, _ := strings.Cut(verb, " ")
	infinitive, _, _ := strings.Cut(verb, "/")
	switch file {
	case "fr.yaml":
		stem := strings.TrimSuffix(infinitive, "e") // "mettre", "mettra"
		future, supposed = withEndings(stem, "a ont"), withEndings(stem, "ait aient")
	case "es.yaml":
		stem := strings.Replace(infinitive, "ír", "ir", 1)
		future, supposed = withEndings(stem, "á án"), withEndings(stem, "ía ían a an") // "publicara"
		if strings.Contains(verb, "/") {
			break
		}
		stem, endings := infinitive[:len(infinitive)-2], "a an"
		if strings.HasSuffix(infinitive, "ar") { // "publique"
			endings = "e en"
			for _, soft := range [][2]string{{"c", "qu"}, {"g", "gu"}, {"z", "c"}} {
				if s, ok := strings.CutSuffix(stem, soft[0]); ok {
					stem = s + soft[1]
					break
				}
			}
		}
		supposed = append(supposed, withEndings(stem, endings)...)
	}
	return withRest(future, rest), withRest(supposed, rest)
}
