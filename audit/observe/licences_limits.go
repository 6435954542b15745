package observe

import (
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/license"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Pages limit in prose what the licence that they name allows: "for research
// use only" below a tag of Apache-2.0. Such a sentence is a statement on a
// licence of its own kind, since it names none. It is read here in the
// languages of the phrase book, with the component that it is about.

// A limit is what a statement or an unknown text keeps its readers from,
// without being one of the known licences.
type limit struct {
	commercial license.Permission // no, conditional, or unsaid where it does not speak of it
	research   bool               // not even every use without commerce is granted
	uses       bool               // fields of use or behaviours are forbidden
	outputs    bool               // what the model makes must not make other models
	size       bool               // licensees of some size need a licence of their own
	territory  bool               // nothing is granted in some countries
	soft       bool               // what the makers meant it for, not what they allow: it is in doubt what that forbids
}

func (l *limit) class() string {
	if *l == (limit{commercial: license.Forbidden, soft: l.soft}) {
		return noncommercial
	}
	return restricted
}

// limitClauses are the words for the parts of a limit, the weightiest first.
var limitClauses = []limitClause{
	{"it is limited to research or study", limit{commercial: license.Forbidden, research: true}},
	{"it excludes commercial use", limit{commercial: license.Forbidden}},
	{"large licensees need a licence of their own", limit{commercial: license.Conditional, size: true}},
	{"it is limited to a territory", limit{commercial: license.Conditional, territory: true}},
	{"commercial use needs a permission", limit{commercial: license.Conditional}},
	{"it forbids fields of use", limit{uses: true}},
	{"it limits what outputs may be used for", limit{outputs: true}},
}

type limitClause struct {
	clause string
	limit  limit
}

// limitJoint stands between the words for two parts of a limit.
const limitJoint = ", and "

// clause says in words what the limit is; limitOfClause reads it back.
func (l *limit) clause() string {
	var told limit
	var clauses []string
	for _, c := range limitClauses {
		if l.has(c.limit) && !told.has(c.limit) {
			told.add(c.limit)
			clauses = append(clauses, c.clause)
		}
	}
	return strings.Join(clauses, limitJoint)
}

// has reports whether a limit is as strict as a part of one. What excludes
// commerce also asks for a permission.
func (l *limit) has(part limit) bool {
	both := *l
	both.soft, part.soft = false, false
	before := both
	both.add(part)
	return both == before
}

// limitOfClause is the limit that a clause tells of, for what is derived from
// observations alone.
func limitOfClause(clause string) (l limit, ok bool) {
	for one := range strings.SplitSeq(clause, limitJoint) {
		i := slices.IndexFunc(limitClauses, func(c limitClause) bool { return c.clause == one })
		if i < 0 {
			return limit{}, false
		}
		l.add(limitClauses[i].limit)
	}
	return l, true
}

// terms are the limit as terms of a licence.
func (l *limit) terms() license.Terms {
	t := license.Terms{ID: unknownLicence, Derived: true, CommercialUse: l.commercial}
	yes := true
	if l.uses {
		t.UseRestrictions = &yes
	}
	if l.outputs {
		t.OutputRestriction = &yes
	}
	return t
}

// implied reports whether a licence has the limit anyway.
func (l *limit) implied(t license.Terms) bool {
	switch {
	case l.commercial == license.Forbidden && t.CommercialUse != license.Forbidden,
		l.commercial == license.Conditional && t.CommercialUse != license.Forbidden && t.CommercialUse != license.Conditional,
		l.uses && !holds(t.UseRestrictions), l.outputs && !holds(t.OutputRestriction),
		l.size && t.UserThreshold == nil, l.territory && t.GeographicLimit == nil:
		return false
	}
	return true
}

// study are the uses to which makers limit what they release, in English.
const study = `(?:research|academic|academia|scholarly|scientific|educational?|study|learning|teaching|non-?profit|personal|evaluation)`

// Patterns of limits, over text in small letters and without marks. A pattern
// holds the wording that many pages share; none is the sentence of one of them.
var (
	// studyOnly: nothing but research, study or personal use is granted.
	studyOnly = pattern.MustCompile(
		`\b(?:for|to|in|as) (?:an? |the |your |any )?(?:[\w-]+,? ){0,3}?` + study + `(?:[ /,&-]+(?:and|or|uses?|usages?|purposes?|preview|projects?|` + study + `|experimentation|experimental|development)){0,6}[ ,]+only\b` +
			`|\b` + study + `(?:[ /,&-]+(?:and|or|non-?commercial|` + study + `)){0,3}[ -]+(?:uses?|usages?|purposes?)[ -]*only\b|\bresearch[- ]only (?:licen|use|model|release|weights|purpose|basis)|\b(?:for|is|are) (?:academic |non-?commercial |scientific )?research only\b|^\W*(?:` + study + `|non-?commercial|\W){1,4} only\W*$` +
			`|\b(?:only|solely|exclusively|strictly|purely|limited|restricted|merely) (?:(?:be|intended|meant|available|licen[cs]ed|released|permitted|allowed|used|usable|provided|shared|open|free|accessible|distributed|use|using|it|them|the|this|these|our|models?|weights|checkpoints?|code|data) ){0,6}(?:for|to|in|as) (?:an? |the |your |any )?(?:[\w-]+,? ){0,3}?` + study + `\b` +
			`|\b(?:cannot|can't|can not|must not|may not|shall not|should not|not) (?:be )?(?:used|use it|use them) (?:for (?:anything|purposes) |outside |beyond |except )(?:of |for |other than )?(?:\w+ ){0,2}?(?:research|academic)` +
			`|(?:available|released|licen[cs]ed|provided|granted|permitted|shared|distributed) (?:to you )?for (?:non-?commercial,? )(?:\w+ ){0,2}?(?:research|academic)` +
			`|仅\s?(?:供|限|用于|用作|可|能|为|作|在)[^。;；]{0,24}(?:研究|学术|学习|教育|科研|个人)|只(?:能|可|供|允许|用于)[^。;；]{0,24}(?:研究|学术|学习|教育|科研)|(?:研究|学术|学习|科研)[^。;；]{0,8}(?:目的|用途|使用)?之用` +
			`|(?:研究|学術|教育|個人)[^。]{0,16}(?:のみ|に限|だけ|専用)` +
			`|(?:연구|학술|교육|개인)[^.。]{0,14}(?:만|한정|전용|국한|제한)` +
			`|(?:uniquement|exclusivement|seulement|réservée?s?|limitée?s?|strictement)[^.]{0,40}(?:recherche|académique|scientifique|éducati)|(?:recherche|académiques?|scientifiques?)(?: [\p{L}]+){0,2} (?:uniquement|exclusivement|seulement)` +
			`|(?:nur|ausschlie(?:ß|ss)lich|lediglich|allein)[^.]{0,40}(?:forschung|wissenschaftlich|akademisch|lehrzweck|bildung)|(?:forschungs|wissenschaftliche|akademische)[^.]{0,24}(?:ausschlie(?:ß|ss)lich|beschränkt|vorbehalten)` +
			`|(?:s[oó]lo|solamente|[uú]nicamente|exclusivamente|limitad[oa]s?|restringid[oa]s?)[^.]{0,40}(?:investigaci|acad[eé]mic|educativ|cient[ií]fic)|(?:investigaci[oó]n|acad[eé]micos?)(?: [\p{L}]+){0,2} (?:[uú]nicamente|exclusivamente|solamente)`)

	// noTrade: commercial use is excluded.
	noTrade = pattern.MustCompile(
		`\bnon[- ]?commercial|\bnon[- ]?comercial` +
			`|\bno (?:\w+ ){0,2}?commercial (?:use|usage|purposes?|exploitation|applications?)|\bnot (?:(?:be|to|intended|meant|available|licen[cs]ed|released|permitted|allowed|used|usable|free|suitable|open|use|using|it|them|the|this|these|our|models?|weights|checkpoints?|authori[sz]ed|granted|openly|licen[cs]able) ){0,6}(?:for|in|with) (?:any |direct |or )*(?:commercial|profit)` +
			`|\b(?:cannot|can't|can not|must not|may not|shall not|should not|do not|don't|never|not) (?:be )?(?:\w+ ){0,2}?(?:commercially (?:used|usable|exploited|available)|used? (?:\w+ ){0,3}?commercially|commerciali[sz]e|(?:sell|sold)\b)` +
			`|\bcommercial (?:use|usage|uses|purposes?|exploitation|applications?|distribution)(?:[^.;]{0,40}?) (?:is|are|be|was) (?:\w+ ){0,2}?(?:not (?:\w+ )?(?:allowed|permitted|authori[sz]ed|granted|licen[cs]ed|possible|supported)|prohibited|forbidden|disallowed|excluded|precluded|restricted|illegal)|\brestricted from (?:any |all )?commercial|(?:\b(?:not|never)|n't) (?:allow|permit|authori[sz]e|support|grant|licen[cs]e)(?:s|d|ed)? (?:\w+ ){0,4}?commercial` +
			`|\b(?:prohibit|forbid|disallow|exclude|ban)(?:s|ed|ing)? (?:\w+ ){0,3}?commercial\b|\b(?:prohibited|forbidden) (?:\w+ ){0,3}?commercial` +
			`|(?:不得|禁止|不可|不能|不允许|严禁|请勿|不支持|不应|切勿|勿|不可以)[^。,，;；、许]{0,14}(?:商用|商业|营利|盈利)|非商业|非商用|非营利|(?:商用|商业(?:用途|使用|目的)?)[^。,，;；、]{0,8}(?:禁止|不允许|不被允许|不可)` +
			`|非商用|非営利|非商業|(?:商用|商業|営利)[^。]{0,20}(?:禁止|禁じ|不可|できません|できない|認めら?れ(?:てい)?(?:ません|ない)|認めません|許可されて(?:いません|いない)|ご遠慮|お控え|使用しないで)` +
			`|비상업|비영리|상업(?:적|용)?[^.。]{0,24}(?:금지|불가|허용되지|할 수 없|사용하지 마|사용하실 수 없|안 됩니다|안됩니다|허용하지)` +
			`|(?:usage|utilisation|fins?|exploitation)s? commerciale?s?[^.]{0,30}(?:interdite?s?|pas (?:autorisée?s?|permise?s?)|exclue?s?|prohibée?s?)|(?:interdi|interdit|exclu)\w*[^.]{0,20}commercia|(?:pas|ni|non) (?:à |pour )?(?:des |une? )?(?:fins?|usages?|utilisation) commercia` +
			`|nicht[- ]?kommerziell|(?:kommerziell|gewerblich)\w*(?: [\p{L}]+){0,4} (?:ist |sind |wird )?(?:\p{L}+ ){0,2}?(?:untersagt|verboten|ausgeschlossen|nicht (?:gestattet|erlaubt|zulässig|zugelassen))|(?:keine|nicht) (?:für )?(?:\p{L}+ ){0,2}(?:kommerziell|gewerblich)` +
			`|(?:no|sin) (?:\p{L}+ ){0,3}(?:comerciales?|fines de lucro)\b|(?:uso|fines|explotaci[oó]n) comercial(?:es)?[^.]{0,30}(?:prohibid|no (?:est[aá]n? )?(?:permitid|autorizad)|no se (?:permite|autoriza))|proh[ií]b\w*[^.]{0,24}comercial`)

	// askFirst: commercial use needs somebody's permission.
	askFirst = pattern.MustCompile(
		`\bif you (?:wish|want|plan|intend|would like|are going|need) [^.;]{0,60}?\bcommercial[^.;]{0,70}?\b(?:sign|fill|contact|apply|register|request|obtain|purchase|e-?mail|must|need to|have to)\b` +
			`|\b(?:use|distribut\w+|deploy\w*)[^.;]{0,50}? for commercial (?:purposes?|use)[^.;]{0,12}? you (?:must|need|have to|shall|are required)\b` +
			`|\bcommercial licens(?:e|es|ing)\b[^.;]{0,120}?\bcontact\b|\bunauthori[sz]ed commercial use\b|\b(?:official|exclusive|sole)\b[^.;]{0,80}\bcommercial (?:use )?licen[cs]e\b` +
			`|\benter(?:ing)? (?:in|into) (?:a |an )?(?:separate )?commercial (?:agreement|licen[cs]e)` +
			`|(?:🚫|❌|✖|✕|⛔|(?:^|\W)ng\W{1,12})[^|\n]{0,60}?(?:\bcommercial|商用|商業|상업)` +
			`|(?:商业用途|商业目的|商用)[^。;；]{0,24}(?:必须|须遵守|需满足|须满足)` +
			`|\b(?:for|regarding|about|to obtain|if you (?:\w+ ){1,4}?(?:for )?) ?(?:any |free |all |the |an? )*(?:official )?commercial(?:[ly]*)(?: (?:use|usage|uses|purposes?|licen[cs]\w+|applications?|cooperation|inquir\w+|enquir\w+|products?|services?|projects?|or|and|customi[sz]ation|deployments?)){0,4}[^.;]{0,90}?\b(?:contact|reach|e-?mail|write to|apply|fill|request|register|obtain|purchase|buy|ask|consult|authori[sz]ation|permission|licen[cs]e (?:is )?(?:needed|required)|approval|agreement)\b` +
			`|\bcommercial (?:use|usage|uses|purposes?|applications?|users?|exploitation|deployment)[^.;]{0,70}?\b(?:requires?|needs?|necessitates|subject to (?:\w+ ){0,3}?(?:authori|approval|permission|agreement)|must (?:first )?(?:contact|obtain|apply|register|request|purchase|acquire|be (?:authori|approved|agreed|licen))|without (?:\w+ ){0,4}?(?:permission|consent|authori|approval|licen|agreement)|only (?:with|after|upon)|upon (?:request|application|registration|approval)|after (?:registration|obtaining|applying|receiving|filling|approval|authori|regist))` +
			`|\b(?:contact|reach out|e-?mail|apply|fill|write|message|dm)\b[^.;]{0,90}?\b(?:for|to obtain|to get|to discuss|about|regarding|if) (?:\w+ ){0,5}?commercial(?:ly)?\b` +
			`|\b(?:needs?|needed|requires?|obtain\w*|get|ask|request\w*|without|with|under|upon|apply for|grants? of) (?:\w+ ){0,4}?(?:authori[sz]ation|permission|licen[cs]e|approval|consent) (?:\w+ ){0,2}?(?:for|to) (?:\w+ ){0,2}?(?:commerce|commercial)\b` +
			`|\bcommercial licen[cs]e (?:\w+ ){0,3}?(?:required|needed|necessary|on request|must)\b` +
			`|(?:商用|商业(?:用途|使用|授权|目的|应用|化)?)[^。;；]{0,40}(?:联系|申请|登记|邮件|填写|问卷|咨询|(?:需|须|应|获得|取得|得到|另行|单独|书面)[^。;；]{0,12}(?:授权|许可|同意))|(?:联系|申请|获得|取得|填写)[^。;;]{0,24}(?:商用|商业)` +
			`|(?:商用|商業|営利)[^。]{0,40}(?:お?問い?合わせ|ご?連絡|ご?相談|許諾|許可(?:が|を)|申請|別途|契約)` +
			`|상업(?:적|용)?[^.。]{0,40}(?:문의|연락|허가|승인|별도|계약|동의)` +
			`|(?:usage|utilisation|fins?|exploitation|licence)s? commerciale?s?[^.]{0,60}(?:contact|autorisation|nous écrire|accord|demande|nécessit|requi)` +
			`|(?:kommerziell|gewerblich)\w*[^.]{0,60}(?:kontakt|wenden sie|melden sie|genehmigung|zustimmung|erlaubnis|anfrage|erforder|lizenz erwerben)` +
			`|(?:uso|fines|licencia|explotaci[oó]n) comercial(?:es)?[^.]{0,60}(?:contact|permiso|autorizaci|p[oó]ngase|escr[ií]b|solicit|requier|acuerdo)`)

	// forbiddenUse: fields of use are forbidden in words that bind. Advice
	// ("should not be used") is none, nor is a reminder of the law.
	forbiddenUse = pattern.MustCompile(
		`\b(?:you are|you're|it is|is) not (?:allowed|permitted) to (?:\w+,? ){0,3}?(?:host|fine-?tune|merge|sell|distribute|redistribute|monetize|do inference)\b|\bin teams of \d+ or (?:less|fewer)\b|` +
			`\b(?:must not|may not|shall not|cannot|can not|prohibited|forbidden|not (?:permitted|allowed|licen[cs]ed)|agree not|no right) (?:\w+ ){0,8}?(?:(?:use|used|using|uses|deploy\w*|appl\w+) )?[^.;]{0,60}?\b(?:military|weapons?|warfare|surveillance|biometric|law enforcement|facial recognition|disinformation|deepfakes?|impersonat\w+|pornograph\w+|clinical|medical|high[- ]risk|minors|discriminat\w+|harass\w+|compet\w+|train(?:ing)? (?:\w+ ){0,3}?models?|develop(?:ing)? (?:\w+ ){0,3}?models?)` +
			`|\b(?:military|weapons?|warfare|surveillance|biometric|law enforcement|disinformation|clinical|medical) (?:\w+ ){0,4}?(?:is|are) (?:\w+ )?(?:prohibited|forbidden|not (?:permitted|allowed))` +
			`|\b(?:subject to|governed by|comply with|complies with|abide by|adhere to|bound by|in accordance with|agree to|agrees to|accept)[^.;]{0,80}?\b(?:acceptable use polic|prohibited uses? polic|use[- ]based restrictions?|usage? polic|responsible use polic|use restrictions?)` +
			`|\b(?:with|includ\w+|contain\w*|add(?:s|ing|ed)?|plus) (?:(?:some|the|an?|additional|extra|further|added|responsible|certain|its|our|more) ){0,3}(?:use[- ](?:based )?restrictions?|behaviou?ral restrictions?|(?:use|usage) limitations?|restrictions (?:on|for|regarding|added)|(?:usage|use) conditions)`)
)

// Sentences that take a limit back, or tell of one that is not this model's.
var (
	// tradeToo: commerce is granted beside research.
	tradeToo = pattern.MustCompile(`\bnot (?:limited|restricted) to|\bboth (?:\w+ ){0,2}?(?:commercial|research|academic|non-?commercial)|\bcommercial(?:ly)?(?: use| usage| purposes?)?,?(?: and| or| as well as|/| &) (?:for )?(?:non-?commercial|research|academic|personal)|\bnon-?commercial(?: use| usage| purposes?)?,? (?:and|or|as well as|&) (?:for )?commercial|\b(?:research|academic|personal)(?: use| usage| purposes?)?,? (?:and|as well as|&) (?:for )?commercial|\bcommercial(?:ly)? (?:use|usage|purposes) (?:\w+ )?(?:is |are )?(?:also |now |fully |freely )?(?:allowed|permitted|supported|free|ok|okay|fine|possible)|\b(?:allow|permit|support|enabl)(?:s|ed|ing)? (?:\w+ ){0,3}?commercial|\bfree (?:\w+ ){0,2}?commercial|可商用|支持商用|(?:允许|可|可以|能够?)(?:免费)?(?:用于|用作|进行)?商业|允许商业|免费商用|商用可能|상업적 (?:이용|사용)(?:이|도)? 가능`)

	// ofOldOrOther: the sentence compares, or tells of what was.
	ofOldOrOther = pattern.MustCompile(`\b(?:unlike|in contrast to|compared (?:to|with)|whereas|previous(?:ly)?|formerly|no longer|used to be|instead of|earlier versions?|in the past|avoid(?:s|ing)?|without (?:any )?non-?commercial|some (?:of the )?(?:data|models)|many (?:models|existing)|most (?:models|existing)|existing models|alternative to|does not (?:apply|prohibit|forbid|restrict|exclude)|original non-?commercial licen[cs]e of|(?:intended )?use[- ]cases? (?:for|of|is|are)|(?:recommend|advise|suggest|encourage)(?:s|ed|ing)? (?:\w+ ){0,3}?(?:using|to use|use|against|that))\b|不同于|相比|かつて`)

	// audience: an entry of a list that names who may care, and says nothing of terms.
	audience = pattern.MustCompile(`^\W*(?:and |or )?non-?commercial (?:\w+ ){0,2}?(?:entities|organi[sz]ations?|users?|groups?|institutions?|actors?|developers|teams|companies|bodies|parties|communities)\W*$`)

	// freely: a grant of commerce that asks for nothing.
	freely = pattern.MustCompile(`\bwithout (?:any |an? |additional |further |prior )*(?:royalt|restriction|limitation|registration|permission|fee|charge)`)

	// asideSection: what stands there is about others' work.
	asideSection = pattern.MustCompile(`acknowledg|citation|\bcit(?:e|ing)\b|related|credit|thanks|benchmark|leaderboard|comparison|faq|致谢|引用|謝辞|감사|remerciements|danksagung|agradecimientos`)
)

// maxLimitText is the longest passage that is read as one statement.
const maxLimitText = 1000

// limitIn reads the limit that a text states, and where in the text it begins
// and ends; ok is false where it states none.
func limitIn(text string) (l limit, at, end int, ok bool) {
	return limitWith(text, limitBook().FindString(text))
}

// limitWith reads the limit of a text in which the book found all this.
func limitWith(text string, all []phrases.Match) (l limit, at, end int, ok bool) {
	if len(text) > maxLimitText {
		return l, 0, 0, false
	}
	said, all := withoutTaken(text, all)
	spoken := speaksOfLimit(said)
	if !spoken && len(all) == 0 || ofOldOrOther.MatchString(text) || audience.MatchString(text) {
		return l, 0, 0, false
	}
	text = said
	take := func(re *pattern.Regexp) bool {
		if !spoken {
			return false
		}
		m := re.FindStringIndex(text)
		if m == nil {
			return false
		}
		if !ok || m[0] < at {
			at, end = m[0], m[1]
		}
		ok = true
		return true
	}
	granted := grantsTrade(text)
	if !granted && take(studyOnly) {
		l.research, l.commercial = true, license.Forbidden
		l.soft = meantFor.MatchString(text) && !binds.MatchString(text)
	}
	if !granted && take(noTrade) {
		l.commercial, l.soft = license.Forbidden, false
	}
	if granted && freely.MatchString(text) {
		return l, 0, 0, false
	}
	if asked := take(askFirst); asked && l.commercial == license.Unsaid {
		l.commercial = license.Conditional
	}
	if take(forbiddenUse) {
		l.uses, l.soft = true, false
	}
	for _, m := range all {
		if l.addBook(m.Phrase.Value, granted) {
			if !ok || m.Start < at {
				at, end = m.Start, m.End
			}
			ok = true
		}
	}
	return l, at, end, ok
}

var (
	// meantFor matches what the makers had in mind, which is no term by itself.
	meantFor = pattern.MustCompile(`\b(?:meant|intended|designed|aimed|created|built|targeted) (?:\w+ ){0,2}?(?:for|as|to)\b`)
	// binds matches the words that make a sentence on use one of terms.
	binds = pattern.MustCompile(`licen[cs]|permit|allow|prohibit|forbid|restrict|\bmust\b|\bmay\b|\bshall\b|\bcannot\b|\bterms\b|agree|commercial|granted`)
)

// ungranted matches the words before a grant that make it none.
var ungranted = pattern.MustCompile(`(?:\b(?:not|never|no|cannot|without|nor)|n't) (?:\w+ ){0,2}$|\bnon[- ]?$|[不未勿止无非]$`)

// grantsTrade reports whether a text grants commerce beside research.
func grantsTrade(text string) bool {
	for _, m := range tradeToo.FindAllStringIndex(text, 8) {
		if !ungranted.MatchString(text[max(0, m[0]-24):m[0]]) || strings.HasPrefix(text[m[0]:], "not ") {
			return true
		}
	}
	return false
}

// limitOf reads the limit that a whole text states, sentence by sentence: of a
// licence file that is none of the known ones. Where the wording is a licence's,
// what the licence package derives from it counts as well.
func (in *input) limitOf(d *audit.Document) (*limit, audit.Span) {
	var sum limit
	var at audit.Span
	for _, p := range in.prose(d) {
		l, _, _, ok := limitIn(p.text)
		if !ok {
			continue
		}
		if at.End == 0 {
			at = clip(d.Body, p.span, p.span.Start)
		}
		sum.add(l)
	}
	if t, _, ok := license.Derive(d.Body); ok {
		if t.CommercialUse == license.Forbidden || t.CommercialUse == license.Conditional {
			sum.add(limit{commercial: t.CommercialUse})
		}
		sum.uses = sum.uses || holds(t.UseRestrictions)
	}
	if sum == (limit{}) {
		return nil, audit.Span{}
	}
	return &sum, at
}

// add makes a limit as strict as both.
func (l *limit) add(other limit) {
	if other.commercial == license.Forbidden || l.commercial == license.Unsaid {
		l.commercial = other.commercial
	}
	l.soft = l.soft && other.soft
	l.research, l.uses = l.research || other.research, l.uses || other.uses
	l.outputs, l.size, l.territory = l.outputs || other.outputs, l.size || other.size, l.territory || other.territory
}

// speaksOfLimit is a cheap look for the words that every limit has.
func speaksOfLimit(text string) bool {
	for _, word := range limitWords {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

var limitWords = []string{"commerc", "comerc", "kommerz", "gewerb", "research", "academic", "academia", "scientific", "scholarly", "education", "study", "personal", "profit", "sold", "sell", "recherche", "forsch", "investigaci",
	"académique", "acadé", "academ", "akadem", "wissenschaft", "prohibit", "forbid", "must not", "may not", "shall not", "cannot", "not permitted", "not allowed", "polic", "restriction", "lucro", "商", "研究", "学术", "学習", "学习", "学術", "营利", "盈利", "営利", "teams of", "상업", "연구", "비영리", "학술", "教育", "교육", "個人"}
