package claims

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/rubric"
)

// openSource holds a claim against the definition, and says where the index differs.
// One definition for all: the verdict is the one that show and reports give, also
// where a dimension is closed only because nothing was found.
func openSource(denied bool, observations []audit.Observation, p *Part) (rubric.Verdict, string) {
	d := rubric.OpenSource()
	assessment := d.Rubric.Judge(observations)
	list, ruling := decisiveFirst(assessment.Judgements), assessment.Verdict
	verdict, finding := rubric.Unverifiable, "it is not settled whether it is open source"
	switch {
	case ruling.ID == "pass":
		verdict, finding = flip(rubric.Supported, denied), "it is open source"
	case !ruling.May("pass"):
		verdict, finding = flip(rubric.Refuted, denied), "it is not open source"
	}
	p.Definition = d.Source
	reason := fmt.Sprintf("Under %s %s. ", d.Rubric.ID, finding) + classesInWords(d.Rubric, list) + differences(d, list,
		observations)
	for _, j := range list {
		p.Observations = append(p.Observations, j.Observations...)
	}
	if verdict == rubric.Unverifiable {
		reason += " " + ruling.Reason
	}
	return verdict, reason
}

// asShown gives a claim on what stands before the download the answer that show and
// reports give, where a claim by itself would be left open for a page that was not looked
// at: what is printed as downloading freely is no more than that elsewhere.
func asShown(predicate, value string, denied bool, observations []audit.Observation) (rubric.Verdict, string, bool) {
	needs := []string{"parameters"}
	holds := rubric.Supported
	switch {
	case predicate == "downloadable" && value == "free":
	case predicate == "open-weights" && value == "open-weights":
		needs = append(needs, "parameters_terms")
	case predicate == "gated":
		holds = rubric.Refuted
	default:
		return "", "", false
	}
	d := rubric.OpenSource().Rubric
	reason := "Under " + d.ID + ":"
	for _, j := range d.Judge(observations).Judgements {
		if !slices.Contains(needs, j.Dimension) {
			continue
		}
		if j.Class != rubric.Open {
			return "", "", false
		}
		reason += " " + j.Reason
	}
	return flip(holds, denied), reason, true
}

// decisiveFirst puts what keeps a model from being open source before the rest.
func decisiveFirst(list []rubric.Judgement) []rubric.Judgement {
	order := []rubric.Class{rubric.Closed, rubric.Partial, rubric.Undetermined, rubric.Open}
	return slices.SortedStableFunc(slices.Values(list), func(a, b rubric.Judgement) int {
		return cmp.Compare(slices.Index(order, a.Class), slices.Index(order, b.Class))
	})
}

// classesInWords gives the reason of what is not open, and names what is.
func classesInWords(r *rubric.Rubric, list []rubric.Judgement) string {
	var reasons, open []string
	for _, j := range list {
		if j.Class == rubric.Open {
			open = append(open, nameOf(r, j.Dimension))
			continue
		}
		reasons = append(reasons, fmt.Sprintf("%s %s (%s)", nameOf(r, j.Dimension), j.Class,
			strings.TrimSuffix(j.Reason, ".")))
	}
	var words []string
	if len(reasons) > 0 {
		all := strings.Join(reasons, "; ")
		words = append(words, strings.ToUpper(all[:1])+all[1:]+".")
	}
	if len(open) > 0 { // with semicolons: a name may hold a comma
		words = append(words, "Open: "+strings.Join(open, "; ")+".")
	}
	return strings.Join(words, " ")
}

// nameOf is what a rubric calls one of its dimensions, within a sentence.
func nameOf(r *rubric.Rubric, dimension string) string {
	for _, d := range r.Dimensions {
		if d.ID == dimension {
			return strings.ToLower(d.Name[:1]) + d.Name[1:]
		}
	}
	return dimension
}

// differences says where the index and the definition give other classes.
func differences(d *rubric.Definition, list []rubric.Judgement, observations []audit.Observation) string {
	index := d.Index.Judge(observations).Judgements
	classOf := func(list []rubric.Judgement, dimension string) rubric.Class {
		for _, j := range list {
			if j.Dimension == dimension {
				return j.Class
			}
		}
		return ""
	}
	var differ, agree []string
	for _, row := range d.Compared {
		ours, theirs := classOf(list, row[0]), classOf(index, row[1])
		if ours == theirs {
			agree = append(agree, row[2])
			continue
		}
		differ = append(differ, fmt.Sprintf("%s %s there, %s here", row[2], theirs, ours))
	}
	if len(differ) == 0 {
		return fmt.Sprintf(" The index %s agrees on %s.", d.Index.ID, strings.Join(agree, ", "))
	}
	return fmt.Sprintf(" The index %s differs: %s.", d.Index.ID, strings.Join(differ, "; "))
}

// fullyOpen asks for the definition and for all training data.
func fullyOpen(denied bool, observations []audit.Observation, p *Part) (rubric.Verdict, string) {
	v, reason := openSource(false, observations, p)
	m, _ := rubric.MeasureOf("open-data", "")
	data, j := m.Verdict(false, observations)
	p.Observations = append(p.Observations, j.Observations...)
	switch {
	case v == rubric.Supported && data == rubric.Supported, v == rubric.Refuted:
	case data == rubric.Refuted:
		v, reason = rubric.Refuted, reason+" "+j.Reason
	case data == rubric.Unverifiable:
		v, reason = rubric.Unverifiable, reason+" "+j.Reason
	}
	return flip(v, denied), reason
}

// justOpen judges "is open" without a word on what: it is borne out where the
// whole is open source, and refuted where nothing is published.
func justOpen(denied bool, observations []audit.Observation, p *Part) (rubric.Verdict, string) {
	m, _ := rubric.MeasureOf("open-weights", "")
	weights, j := m.Verdict(false, observations)
	if weights == rubric.Refuted {
		p.Observations = append(p.Observations, j.Observations...)
		return flip(rubric.Refuted, denied), j.Reason
	}
	v, reason := openSource(false, observations, p)
	if v == rubric.Supported {
		return flip(v, denied), reason
	}
	if weights == rubric.Supported {
		return rubric.Partly, "\"Open\" does not say what: the weights are published, but the whole is not open source. " + reason
	}
	return rubric.Unverifiable, "\"Open\" does not say what. " + reason
}

// partlyOpen judges "partly open", "only partly open": something is given out,
// and the whole is not open source.
func partlyOpen(denied bool, observations []audit.Observation, p *Part) (rubric.Verdict, string) {
	v, reason := justOpen(false, observations, p)
	switch v {
	case rubric.Partly:
		v = rubric.Supported
	case rubric.Supported:
		v, reason = rubric.Refuted, "It is open as a whole. "+reason
	}
	return flip(v, denied), reason
}
