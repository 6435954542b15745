package licences

import (
	"slices"
	"strings"
	"unicode"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
)

// A licence is also given without a sentence: "Weights licence: Acme Terms", a row of a
// table that says what is under which licence, or one of two entries, "Code: MIT" and
// "Weights: ask us". The page then says by name what the weights are under. Where that
// is no licence that is known here, the one that stands over the whole page is not the
// last word on them.

// labelledTerms finds where a page gives the weights, by a label, terms that name no
// known licence.
func (in *Reader) labelledTerms(d *audit.Document, open bool) *caution {
	prose := in.Prose(d)
	if at, ok := unknownBadge(d.Body); ok && open {
		return &caution{doc: d, span: at}
	}
	for _, t := range page.TablesOf(prose) {
		head := page.CellTexts(string(t.Head.Raw()))
		for _, row := range t.Rows {
			if unknownInRow(head, page.CellTexts(string(row.Raw()))) {
				return &caution{doc: d, span: row.Span}
			}
		}
	}
	var head []string
	for i, p := range prose {
		rows := htmlRows(p)
		if rows == nil {
			head = nil
		}
		for _, row := range rows {
			if head == nil {
				head = row
			} else if unknownInRow(head, row) {
				return &caution{doc: d, span: p.Span}
			}
		}
		label, value, ok := labelAndValue(p.Text)
		if rows != nil || p.Kind == page.Row || !ok || in.notOnModel(d, p) {
			continue
		}
		ofWeights := weightsTerms.MatchString(label) ||
			open && termsColumn.MatchString(label) && !noTerms.MatchString(value) ||
			weightsLabel.MatchString(label) && besideCode(prose, i)
		if ofWeights && namesNoLicence(p.Raw(), value) {
			return &caution{doc: d, span: p.Span}
		}
	}
	return nil
}

var (
	// weightsLabel matches a label that stands for the weights, in small letters.
	weightsLabel = pattern.MustCompile(`^[^\pL\pN]*(?:(?:the|our|model|pre-?trained|released|trained|all|die|les|los` +
		`|as|os|i) )*` +
		`(?:weights?(?: files?)?|checkpoints?|model(?: files?| parameters)?|parameters|poids|gewichte|` +
		`modellgewichte|` +
		`modell|pesos|pesi|modelo|modèle|modello|модель|веса|模型|(?:模型)?(?:权重|参数)(?:文件)?|モデル|` +
		`(?:モデルの?)?重み|모델|(?:모델 ?)?가중치)[^\pL\pN]*$`)
	// weightsTerms matches a label that stands for the terms of the weights.
	weightsTerms = pattern.MustCompile(`^[^\pL\pN]*(?:(?:the|our|pre-?trained) )*(?:` +
		`(?:model )?(?:weights?|checkpoints?|model|parameters?)(?:['’]s?)? (?:usage )?(?:licen[cs](?:e|ing)` +
		`|terms)(?: terms)?|` +
		`licen[cs]e (?:of |for |\()(?:the |our )?(?:model |pre-?trained )*(?:weights?|checkpoints?|models?|` +
		`parameters)\)?|` +
		`(?:模型|权重|模型权重)(?:使用)?(?:许可|协议|授权)(?:证|协议|范围)?|modell-?lizenz|` +
		`lizenz (?:der|des) (?:gewichte|modellgewichte|modells)|licence (?:du|des) (?:modèle|poids)|` +
		`licencia (?:del|de los) (?:modelo|pesos)|licenza (?:del|dei) (?:modello|pesi)|` +
		`licença (?:do|dos) (?:modelo|pesos)|モデルのライセンス|重みのライセンス|(?:모델|가중치) ?라이[선센]스)[^\pL\pN]*$`)
	// codeLabel matches a label that stands for the code.
	codeLabel = pattern.MustCompile(`^[^\pL\pN]*(?:(?:the|our|source|training|inference|der|le|el|il|o) )*` +
		`(?:code(?:base)?|source|software|scripts?|quellcode|código|codice|код|代码|源码|推理代码|コード|코드)[^\pL\pN]*$`)
	// termsColumn matches the head of a column that says under which terms something is.
	termsColumn = pattern.MustCompile(`^[^\pL\pN]*(?:(?:the|our|model|usage) )*(?:licen[cs](?:e|es|ing)` +
		`|terms(?: of use)?|` +
		`(?:可用|使用)?(?:许可|协议|授权)(?:证|协议|范围)?|lizenz(?:en)?|licence|licencia|licenza|licença|лицензия|` +
		`ライセンス|利用条件|라이[선센]스)[^\pL\pN]*$`)
	// pointsOn matches a value that says where the terms are told, or that they are the same.
	pointsOn = pattern.MustCompile(`^[^\pL\pN]*(?:(?:the )?same\b|ditto|(?:please )?(?:see|refer to|read|check)\b.*` +
		`(?:licen[cs]e|below|above|repo|readme|github|card|table)|as (?:above|below|the)\b|below|above|` +
		`licen[cs]e(?:\.(?:md|txt))?\W*$|(?:详见|参见|见|同上|如下|同)|siehe\b|voir\b|véase\b|vedi\b|n/?a\b)`)
	// grantsIt matches a value that gives the weights away in a word or two.
	grantsIt = pattern.MustCompile(`^[^\pL\pN]*(?:(?:fully|completely|is|are) )*(?:open(?:[- ](?:source` +
		`|weights?)(?:d)?)?|public(?:ly` +
		` available| domain)?|free(?:ly available)?|permissive|unrestricted|yes|released|available|完全开[源放]|开[源放]|` +
		`公开|免费|offen|libre|ouvert|abierto|aperto)\W*$|^[^\pL\pN]*(?:✅|✔|☑|✓)`)
)

// noTerms matches a value that nobody filled in.
var noTerms = pattern.MustCompile(`^\W*(?:more information needed|tbd|todo|to be \w+|unknown|none|` +
	`not (?:specified|applicable)|-+)?\W*$`)

// longestLabel is the longest label, and longestValue the longest value behind one: a longer
// one is a sentence, which is read as such.
const (
	longestLabel = 60
	longestValue = 120
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
		if ok && p.Heading == prose[i].Heading && codeLabel.MatchString(label) && len(licenceNames(p.Raw())) > 0 {
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

// unknownInRow reports whether a row of a table gives the weights terms that are not
// known: the row of the weights under a head for licences, or the row of licences under
// a head for the weights.
func unknownInRow(head, row []string) bool {
	for i := 1; i < min(len(head), len(row)); i++ {
		column, label := strings.ToLower(head[i]), strings.ToLower(row[0])
		ofWeights := termsColumn.MatchString(column) && weightsLabel.MatchString(label)
		ofTerms := termsColumn.MatchString(label) && weightsLabel.MatchString(column)
		if (ofWeights || ofTerms) && namesNoLicence([]byte(row[i]), strings.ToLower(row[i])) {
			return true
		}
	}
	return false
}

// onlyLabel reports whether a row of a table, in small letters, holds a label for terms and
// nothing beside it: what stood there is another model's.
func onlyLabel(row string) bool {
	label := strings.Trim(row, "| \t")
	return strings.HasPrefix(strings.TrimSpace(row), "|") && (termsColumn.MatchString(label) || weightsTerms.MatchString(label))
}

var (
	htmlRow  = pattern.MustCompile(`(?i)<tr\b`)
	htmlCell = pattern.MustCompile(`(?i)<t[hd]\b[^<>]*>`)
)

// htmlRows are the cells of the rows of a table in HTML that a passage holds.
func htmlRows(p page.Passage) (rows [][]string) {
	if !htmlCell.Match(p.Raw()) {
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

// weightsBadge matches the address of a picture that says "model licence", or "weights", and
// what it is.
var weightsBadge = pattern.MustCompile(`(?i)img\.shields\.io/badge/(?:model|weights?|checkpoints?)(?:%20|` +
	`[_\s])*(licen[cs]e)?-` +
	`([^\s"'<>()?]+?)-[0-9a-z]+(?:\.svg)?[?\s"'<>)]`)

// termsInBadge matches what a badge on the weights says of terms.
var termsInBadge = pattern.MustCompile(`(?i)licen[cs]e|terms|agreement|\bnc\b|commercial|research|academic`)

// unknownBadge finds the badge on a page that gives the weights a licence that is not known.
func unknownBadge(body []byte) (audit.Span, bool) {
	for _, m := range weightsBadge.FindAllSubmatchIndex(body, maxBadges) {
		value := badgeSigns.Replace(string(body[m[4]:m[5]]))
		if (m[2] >= 0 || termsInBadge.MatchString(value)) && namesNoLicence([]byte(value), strings.ToLower(value)) {
			return audit.Span{Start: m[0], End: m[1]}, true
		}
	}
	return audit.Span{}, false
}
