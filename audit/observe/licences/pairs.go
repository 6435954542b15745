package licences

import (
	"slices"
	"strings"
	"unicode"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What may be done is also said without a sentence: in a row of a table, in an entry with a
// colon, in a badge, in a few words below a heading. Each of them is a label and a value:
// "Weights licence: Acme Terms", "Commercial use | no", "Deployment | internal only". The
// label says what is spoken of, the weights, the terms, a use or those who would use it;
// where the value is no licence that is known here, or refuses or confines, the licence
// that stands over the whole page is not the last word.

// A labelKind is what a label stands for, one bit each.
type labelKind int

const (
	labelWeights labelKind = 1 << iota
	labelTerms
	labelCode
	labelUse
)

// longestLabel is the longest label, and longestValue the longest value behind one, in bytes:
// a longer one is a sentence, which is read as such. maxRow and shortRow are the longest rows.
const (
	longestLabel = 60
	longestValue = 120
	maxRow       = 200
	shortRow     = 80
)

// filler matches what a label may hold beside the words that it stands for.
var filler = phrases.ExpressionOf("licence.filler")

// termsWord matches the words for what says what may be done.
var termsWord = phrases.ExpressionOf("licence.terms-word")

// kindOfLabel says what a label in small letters stands for; 0 where it holds other words.
func kindOfLabel(label string) (kind labelKind) {
	if len(label) > longestLabel {
		return 0
	}
	rest := []byte(label)
	for _, o := range objectsIn(label) {
		switch o.kind {
		case objectWeights:
			kind |= labelWeights
		case objectCode:
			kind |= labelCode
		default:
			return 0
		}
		page.Blank(rest[o.start:o.end])
	}
	for _, m := range termsWord.FindAllStringIndex(label, 4) {
		kind |= labelTerms
		page.Blank(rest[m[0]:m[1]])
	}
	for _, m := range cautionBook().FindString(label) {
		if m.Phrase.Fact == "licence.caution" && wordClasses[m.Phrase.Value]&(ofUse|passesOn) != 0 {
			kind |= labelUse
			page.Blank(rest[m.Start:m.End])
		}
	}
	if !filler.Match(rest) {
		return 0
	}
	return kind
}

// cautionedPairs finds a label and a value on a page by which the weights have terms that
// are not known, or are refused for some use.
func (in *Reader) cautionedPairs(d *audit.Document, open bool) *caution {
	if at, ok := limitedPicture(d.Body); ok && open {
		return &caution{doc: d, span: at}
	}
	prose := in.Prose(d)
	var head []string
	for i, p := range prose {
		rows := rowsOf(p)
		if rows == nil || i > 0 && prose[i-1].Heading != p.Heading {
			head = nil
		}
		for _, row := range rows {
			if in.limitedRow(d, p, head, row, open) {
				return &caution{doc: d, span: p.Span}
			}
			if head == nil {
				head = row
			}
		}
		if rows == nil && (in.limitedEntry(d, prose, i, open) || open && refusedBelow(p)) {
			return &caution{doc: d, span: page.Clip(d.Body, p.Span, p.Span.Start)}
		}
	}
	return nil
}

// limitedRow reports whether a row of a table limits the weights, alone or by the heads of
// its columns.
func (in *Reader) limitedRow(d *audit.Document, p page.Passage, head, row []string, open bool) bool {
	for i := range row {
		row[i] = linkTarget.ReplaceAllString(row[i], "]")
	}
	text := strings.ToLower(strings.Join(row, "|"))
	if len(text) > maxRow || in.tellsOfOther(d, p) {
		return false
	}
	first := strings.ToLower(row[0])
	kind := kindOfLabel(first)
	if in.ownRow(first) {
		kind = labelWeights
	}
	var buyers wordClass // who or what stands in the cells so far
	for i, raw := range row {
		value := strings.ToLower(raw)
		column := ""
		if i < len(head) {
			column = strings.ToLower(head[i])
		}
		classes := headingClasses(value)
		switch above := kindOfLabel(column); {
		case open && classes&ofBuyers != 0 && above == 0 && refusedColumn(column):
			return true
		case i == 0:
		case (kind == labelWeights && above == labelTerms || kind == labelTerms && above == labelWeights ||
			kind == labelTerms|labelWeights) && namesNoLicence([]byte(raw), value):
			return true
		case kind == labelWeights && open && limitedCell(raw, classes),
			buyers&ofBuyers != 0 && (refusedValue(value) || asked.MatchString(value) && classes&(ofPaper|ofDeed) != 0),
			kind == labelWeights && len(text) <= shortRow && classes&ofStudy != 0 && buyers&notStudy == 0 &&
				headingClasses(text)&notStudy == 0:
			return true
		case open && kind == labelUse && len(row) == 2 && len(text) <= longestLabel &&
			classes&(confines|forbids|ofPaper|ofRefusal) != 0:
			return true
		case open && len(row) == 2 && buyers&(passesOn|ofDerived) != 0 && maybe.MatchString(first) &&
			refusedValue(value):
			return true
		}
		buyers |= classes
	}
	return false
}

// maybe matches a question on what is allowed.
var maybe = pattern.MustCompile(`\b(?:allowed|permitted|may (?:i|we|you)|ok(?:ay)? to)\b`)

// limitedCell reports whether a cell of a row on the weights limits them by itself: "licence:
// non-commercial", "merging: not permitted".
func limitedCell(raw string, classes wordClass) bool {
	label, value, _ := labelAndValue(strings.ToLower(raw))
	return classes&(forbids|ofRefusal) != 0 && classes&(ofUse|passesOn|ofDerived|ofTrade) != 0 ||
		kindOfLabel(label)&labelTerms != 0 && namesNoLicence([]byte(raw), value)
}

var (
	// linkTarget matches where a link of Markdown leads.
	linkTarget = pattern.MustCompile(`\]\([^()\s]*\)`)
	// asked matches the end of a cell that says that something is needed.
	asked = phrases.ExpressionOf("licence.asked")
)

const (
	// ofBuyers are the classes of what is done for money, and of those who do it.
	ofBuyers = ofTrade | ofMarket
	// notStudy are the classes beside which a word for study is no limit in a row.
	notStudy = ofBuyers | ofTraining | ofOutput
)

// refusedColumn reports whether the head of a column says that what stands below it is not allowed.
func refusedColumn(column string) bool {
	return len(column) <= longestLabel && headingClasses(column)&(forbids|prevents|ofRefusal) != 0
}

// refusedValue reports whether a value in small letters refuses, asks for a price or for a word.
func refusedValue(value string) bool {
	return refusedCell.MatchString(strings.TrimSpace(value)) || strings.ContainsAny(value, "❌🚫⛔✗✘")
}

// limitedEntry reports whether a passage with a colon gives the weights terms that are not known.
func (in *Reader) limitedEntry(d *audit.Document, prose []page.Passage, i int, open bool) bool {
	p := prose[i]
	label, value, ok := labelAndValue(p.Text)
	if !ok && (i == 0 || prose[i-1].Heading != p.Heading) && len(p.Text) <= longestValue &&
		termsInBadge.MatchString(p.Text) {
		label, value = p.Heading[strings.LastIndex(p.Heading, "/")+1:], p.Text // below its heading
		ok = kindOfLabel(label) == labelWeights|labelTerms
	}
	if !ok || in.notOnModel(d, p) {
		return false
	}
	kind := kindOfLabel(label)
	ofWeights := kind == labelWeights|labelTerms || open && kind == labelTerms && !noTerms.MatchString(value) ||
		kind == labelWeights && besideCode(prose, i)
	return ofWeights && namesNoLicence(p.Raw(), value)
}

var (
	// pointsOn matches a value that says where the terms are told, or that they are the same.
	pointsOn = phrases.ExpressionOf("licence.points-on")
	// grantsIt matches a value that gives the weights away in a word or two.
	grantsIt = phrases.ExpressionOf("licence.grants-it")
	// noTerms matches a value that nobody filled in.
	noTerms = phrases.ExpressionOf("licence.no-terms")
)

// labelAndValue cuts a passage in small letters into a label and what stands behind its colon.
func labelAndValue(text string) (label, value string, ok bool) {
	at := strings.IndexAny(text, ":：")
	if at < 0 || at > longestLabel || len(text)-at > longestValue {
		return "", "", false
	}
	return text[:at], strings.TrimLeft(text[at:], ":： "), true
}

// besideCode reports whether a label stands among entries of which another says under
// which known licence the code is: both are then about licences.
func besideCode(prose []page.Passage, i int) bool {
	const near = 3
	for _, p := range prose[max(0, i-near):min(len(prose), i+near+1)] {
		label, _, ok := labelAndValue(p.Text)
		if ok && p.Heading == prose[i].Heading && kindOfLabel(label) == labelCode && len(licenceNames(p.Raw())) > 0 {
			return true
		}
	}
	return false
}

// namesNoLicence reports whether the value behind a label says something of terms, and
// neither names a known licence, nor says where to look, nor gives everything away.
func namesNoLicence(raw []byte, value string) bool {
	known := func(r document.Reading) bool { return understood(r.Value) }
	return strings.ContainsFunc(value, unicode.IsLetter) && !slices.ContainsFunc(licenceNames(raw), known) &&
		!pointsOn.MatchString(value) && !grantsIt.MatchString(value)
}

// refusedBelow reports whether a short passage refuses what the heading right above it
// names: "Commercial use", and below it "Not at this time."
func refusedBelow(p page.Passage) bool {
	if len(p.Text) > shortRow || isQuestion(p.Heading) || limitNamed.MatchString(p.Heading) ||
		headingClasses(p.Heading)&ofBuyers == 0 {
		return false
	}
	above := p.Doc.Body[max(0, p.Span.Start-shortRow):p.Span.Start]
	at := strings.LastIndexByte(strings.TrimRight(string(above), " \t\n>*-_"), '\n') + 1
	return strings.HasPrefix(strings.TrimLeft(string(above[at:]), " >"), "#") && refusedCell.MatchString(p.Text) &&
		!noLimit.MatchString(p.Text)
}

var (
	// refusedCell matches a value that refuses, asks for a price or for a word.
	refusedCell = phrases.ExpressionOf("licence.refused-cell")
	// limitNamed matches a heading or question that asks for limits: a no to it is none.
	limitNamed = pattern.MustCompile(`restrict|limit|fee|cost|royalt|einschränk|restric|限制|費用|费用|制限|제한`)
	// noLimit matches a passage that begins with a no and denies a limit.
	noLimit = phrases.ExpressionOf("licence.no-limit")
)

// onlyLabel reports whether a row of a table, in small letters, holds a label for terms and
// nothing beside it: what stood there is another model's.
func onlyLabel(row string) bool {
	return strings.HasPrefix(strings.TrimSpace(row), "|") && kindOfLabel(strings.Trim(row, "| \t"))&labelTerms != 0
}

var (
	htmlRow  = pattern.MustCompile(`(?i)<tr\b`)
	htmlCell = pattern.MustCompile(`(?i)<t[hd]\b[^<>]*>`)
)

// rowsOf are the cells of the rows that a passage holds, in Markdown or HTML; nil for none.
func rowsOf(p page.Passage) (rows [][]string) {
	if !htmlCell.Match(p.Raw()) {
		if p.Kind == page.Row {
			return [][]string{page.CellTexts(string(p.Raw()))}
		}
		return nil // as nearly every passage: it is not cut up in vain
	}
	for _, row := range htmlRow.Split(string(p.Raw()), -1) {
		var cells []string
		for _, cell := range htmlCell.Split(row, -1)[1:] {
			cells = append(cells, strings.TrimSpace(document.HTMLTag.ReplaceAllString(cell, "")))
		}
		if len(cells) > 0 {
			rows = append(rows, cells)
		}
	}
	return rows
}

// picture matches a badge by its address, "label-value-colour" with a hyphen as --, and what is
// said in place of a picture.
var picture = pattern.MustCompile(`(?i)img\.shields\.io/badge/([^\s"'<>()?]+?)-[0-9a-z]+(?:\.svg)?[?\s"'<>)]|` +
	`\balt="([^"\n]{3,100})"|!\[([^\]\n]{3,100})\]`)

// termsInBadge matches what a badge on the weights says of terms.
var termsInBadge = pattern.MustCompile(`(?i)licen[cs]e|terms|agreement|\bnc\b|commercial|research|academic`)

// limitedPicture finds the picture on a page that gives the weights a licence that is not known,
// or one that forbids commerce.
func limitedPicture(body []byte) (audit.Span, bool) {
	for _, m := range picture.FindAllSubmatchIndex(body, maxBadges) {
		var label, value string
		if m[2] >= 0 {
			said := strings.ReplaceAll(string(body[m[2]:m[3]]), "--", "\u2010")
			label, value, _ = strings.Cut(said, "-")
			value = strings.ReplaceAll(badgeSigns.Replace(value), "\u2010", "-")
			label = strings.ToLower(badgeSigns.Replace(label))
		} else {
			said := string(body[max(m[4], m[6]):max(m[5], m[7])])
			label, value, _ = labelAndValue(said)
			label = strings.ToLower(label)
		}
		_, _, barred := barredName([]byte(value))
		kind := kindOfLabel(label)
		if kind&labelWeights != 0 && (kind&labelTerms != 0 || termsInBadge.MatchString(value)) &&
			(barred || namesNoLicence([]byte(value), strings.ToLower(value))) {
			return audit.Span{Start: m[0], End: m[1]}, true
		}
	}
	return audit.Span{}, false
}
