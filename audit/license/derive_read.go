package license

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"openness/audit/pattern"
)

// legalBits are the words that licences are made of.
var legalBits = sync.OnceValue(func() *wordBits { return bitsOf(wordSet(legalWords)) })

// The wording of sentences, in lower case without punctuation. Each pattern
// holds what many licences share, none is the sentence of one of them.
var (
	grants = pattern.MustCompile(` (grants?|granted|permitted|permission|authori[sz]ed|license(d|s)? to|may|free to` +
		`|right to|rights? of|allowed to|entitled) |授予|授权|许可|可以|有权|允许`)
	denies = pattern.MustCompile(` (not|no|never|neither|nor|prohibited|prohibits?|forbidden|forbids?|restricted from` +
		`|refrain|without|cannot) |不得|禁止|不能|不可|未经`)

	commerce = pattern.MustCompile(
		` (commercial|commercially|commercialize|commercialise|sell|monetary|profit|paid)\b|商业|商用|营利`,
	)
	sellWord = pattern.MustCompile(` (sell|commercially|commercialize|commercialise|monetary) |商业|商用|营利`)
	purpose  = pattern.MustCompile(` (commercial (use|purposes?|gain|advantage|exploitation|applications?` +
		`|products?|services?|activit\w+|operations?|manner|setting|licenses?)|commercially|commercial or|for sale)\b` +
		`|商业|商用`)
	noCommerce = pattern.MustCompile(`noncommercial (purposes?|use|uses|research|academic|basis|license|and` +
		`|scientific|scholarly|or research|only|testing|evaluation)|(solely|only|exclusively|limited to` +
		`|strictly) (\S+ ){0,6}(research|academic|scholarly|scientific|educational|noncommercial|personal use)\b` +
		`|other than (for )?commercial|(research|academic|educational|noncommercial|personal` +
		`|evaluation) (\S+ ){0,4}(only|purposes only|use only)|仅(用于|限|供|可)?.{0,12}(研究|学术|非商业)|非商业(用途|性|目的|研究|使用)`)
	bothCommerce = pattern.MustCompile(`(noncommercial (or|and) commercial|commercial (or|and` +
		`|as well as) noncommercial|whether (\S+ ){0,3}commercial|任何目的|any purpose)`)
	// noGrant: the right to sell or to use in commerce is left out of the grant;
	// tryOut: nothing but trying it out is granted.
	noGrant = pattern.MustCompile(` (does|do|will|shall) not (include|grant|extend) .{0,120}\b(sell|commercial` +
		`|commercially)\b| no (right|license|licence|permission) (\S+ ){0,4}(sell|commercial)`)
	tryOut = pattern.MustCompile(`\b(sole|solely|only|exclusively|limited) (\S+ ){0,6}(internal )?(development` +
		`|testing|evaluation|trial|demonstration)\b|\b(nonproduction|non production)\b|(not|never` +
		`|without) (\S+ ){0,6}(in production|production use|production environment)`)
	// priced: commerce has a price, a size or a kind of business that is left out.
	priced = pattern.MustCompile(`(upon|subject to|against|after) (the |timely )?payment|(license|licence` +
		`|subscription|annual|current list) (fees?|price)|paid subscription|purchase (a|an|the) (\S+ ){0,3}(license` +
		`|licence|subscription)|(not|never) .{0,80}(paid|for a fee|hosted|managed|competing` +
		`|competitive) .{0,30}(services?|products?|offering)|(up to|no more than|at most|exceed\w*) (the ` +
		`|a )?(\S+ ){0,3}(number of|use limitation|\d+) ?(users|employees|seats)?`)
	wayOut = pattern.MustCompile(` (unless|except|prior|separate|written (permission|consent|approval|agreement` +
		`|authori[sz]ation)|express(ly)? (permission|consent|grants?)|contact|request|apply|application|registration` +
		`|register|additional) |(申请|登记|书面|获得|取得).{0,20}(授权|许可|同意|登记)?`)

	licenceAsked = pattern.MustCompile(` (must|shall|should|need to|required to|please|may` +
		`|will) (first )?(\S+ ){0,3}(request|obtain|apply|contact|purchase|acquire|register|submit` +
		`|enter into) .{0,90}(license|licence|permission|agreement|authori[sz]ation|form|consent)|(申请|登记|获得` +
		`|取得).{0,30}(商业|商用|许可|授权)|(商业|商用).{0,30}(申请|登记|书面|许可|授权)`)
	registration = pattern.MustCompile(` (register|registration|questionnaire|application form|registration form` +
		`|(fill|filling) (in|out)|complete the (\S+ ){0,4}form) |登记|申请表|填写|问卷|注册`)

	change = pattern.MustCompile(` (modify|modifies|modification|modifications|modified|adapt|alter|derivative works?` +
		`|derivatives|translate|adapted material|transform) |修改|衍生|改编|二次开发`)
	share = pattern.MustCompile(` (distribute|distributes|redistribute|distribution|redistribution|sublicense|share` +
		`|publish|transfer|convey|provide copies|make available) |分发|再分发|分享|传播|发布|再许可`)
	notDo = pattern.MustCompile(`(may|shall|must|will|do|can|should|agree) not (and (\S+ ){0,8})?(\S+ ){0,5}(modify` +
		`|adapt|alter|create derivative|translate)`)
	notPas = pattern.MustCompile(`(may|shall|must|will|do|can|should` +
		`|agree) not (and (\S+ ){0,8})?(\S+ ){0,5}(distribute|redistribute|share|sublicense|transfer|publish)`)

	banned = pattern.MustCompile(` (use restrictions|prohibited uses?|acceptable use policy|use policy` +
		`|use based restrictions|(will|shall|may|must|can|agree|undertake|should) not (to )?(\S+ ){0,6}use` +
		`|not (to )?use (the|this|any|it|or|llama|model|our)|not be used|prohibited from|forbidden to` +
		`|use of .{0,40}prohibited)|(不得|禁止|不应|不会|不能|不要).{0,40}(使用|用于|利用|将)`)
	evil = pattern.MustCompile(` (military|weapons?|warfare|illegal|unlawful|violat\w+|harm|harming|surveillance` +
		`|discriminat\w+|minors|medical|law enforcement|national security|criminal|crime|defam\w+|exploit\w+` +
		`|terrorism|disinformation|misinformation|harass\w+|fraud\w*|privacy|public interest|social|nuclear|biometric` +
		`|human rights|applicable laws?|hateful|deceptive|machine learning|artificial intelligence|training` +
		`|data mining) |军事|武器|违法|违反|危害|国家安全|公共利益|人权|侵犯|非法`)
	policy = pattern.MustCompile(` (use policy|acceptable use|prohibited use|use restrictions|use based restrictions` +
		`|restricted uses?|responsible use) `)
	outputs = pattern.MustCompile(
		` (outputs?|results?|synthetic data|generated (data|content)|generations?) |输出|生成(的)?(内容|结果|数据)`,
	)
	improve = pattern.MustCompile(` (train|training|improve|improving|develop|developing|distill\w*|enhance|create` +
		`|fine tune|finetune) .{0,60}(models?|llm|ai system|artificial intelligence)|(训练|改进|改善|开发).{0,30}模型`)
	compete = pattern.MustCompile(` (not|prohibited|restrict\w*|forbidden) |不得|禁止|不能`)

	number = pattern.MustCompile(` (\d{1,3}(?: \d{3}){1,4}|\d+)(?: (thousand|million` +
		`|billion))? (?:\S+ ){0,6}?(monthly|daily|annual|active|users?|usd|dollars?|revenue|mau|dau|us)\b`)
	money = pattern.MustCompile(`(?:revenue|income|turnover|funding|users?)(?: \S+){0,12}? (\d{1,3}(?: \d{3}){1,4}` +
		`|\d+)(?: (thousand|million|billion))? `)
	exceed = pattern.MustCompile(` (exceed\w*|greater than|more than|above|over|at least|less than|fewer than|under` +
		`|or more|up to|in excess) |超过|超出|以上|达到`)

	places = pattern.MustCompile(` (european union|eu|eea|united kingdom|uk|south korea|china|united states|russia` +
		`|switzerland|territory|europe|japan|india|korea) |欧盟|中国境内|境外`)
	placed = pattern.MustCompile(` (not (\S+ ){0,4}(licensed|available|apply|applies|granted|intended|extend\w*` +
		`|permitted|grant\w*)|excluding|excludes|excluded|outside( of)?|does not include|only (\S+ ){0,3}(in|within)` +
		`|with respect to .{0,120}not|not use .{0,80}outside) `)
	customs = pattern.MustCompile(` (export\w*|sanction\w*|embargo\w*|court|courts|governed|jurisdiction|laws of` +
		`|law of|arbitration|contracting|entering into|located in|if you are) `)

	naming = pattern.MustCompile(`(beginning of|prefix\w*|start|begin\w*|include|contain) .{0,100}(model name` +
		`|name of|its name|their names?|names? of (the|any|such)|naming)|(name|names|title) (of|for) .{0,80}(must` +
		`|shall|should) (begin|start|include|contain)`)
	credit = pattern.MustCompile(` (retain|include|reproduce|keep|display|provide|preserve|cause|give|reproduced` +
		`|included|retained|appear) .{0,100}(copyright|notices?|attribution|a copy of (this|the|these)|credit` +
		`|acknowledg\w+|license|licence|agreement|terms)|built with|powered by|attribution notice|保留.{0,20}(版权|声明)|署名` +
		`|声明.{0,20}版权`)
	accepted = pattern.MustCompile(` by (clicking|using|downloading|accessing|installing|exercising|accepting|copying` +
		`|distributing|otherwise) .{0,160}(agree|agrees|accept|accepts|bound|acknowledge) |(下载|使用|点击|访问|安装).{0,60}(同意` +
		`|接受|视为)`)

	definition = pattern.MustCompile(` (means?|shall mean|refers? to|is defined as) |是指|系指`)
	harmless   = strings.NewReplacer(" no charge ", " ", " not limited to ", " ", " without limitation ", " ",
		" without charge ", " ", " no cost ", " ", " nonexclusive ", " ")
	subjects = pattern.MustCompile(
		` (comply|complies|adhere|must|shall|cannot|not|incorporated|subject|agree|ensure|require|violat\w+) `,
	)
	opening = pattern.MustCompile(` (to|for|uses?|purposes?|following|model|restrictions|that|of|any|others) $`)
)

// A reader reads sentence after sentence. A ban may name what it bans in the
// list behind it.
type reader struct{ listed int }

// listLength is how many sentences a list of forbidden uses is followed for.
const listLength = 4

// read returns what one sentence says.
func (r *reader) read(s string) []Signal {
	var out []Signal
	s = harmless.Replace(s)
	add := func(term, value string) { out = append(out, Signal{Term: term, Value: value}) }
	granting, denying := grants.MatchString(s), denies.MatchString(s)
	if granting {
		add("grant", "yes")
	}
	readCommerce(s, granting, denying, add)
	readChange(s, granting, denying, add)
	if r.restricts(s) {
		add("use_restrictions", "yes")
	}
	defining := definition.MatchString(s)
	if outputs.MatchString(s) && improve.MatchString(s) && compete.MatchString(s) && !defining {
		add("output_restriction", "yes")
	}
	if n, unit, ok := threshold(s); ok {
		out = append(out, Signal{Term: "user_threshold", Value: strconv.FormatInt(n, 10), Unit: unit})
	}
	if p := places.FindString(s); p != "" && placed.MatchString(s) && !customs.MatchString(s) && !defining {
		add("geographic_limit", strings.TrimSpace(s[:min(len(s), 160)]))
	}
	for term, re := range map[string]*pattern.Regexp{"naming_requirement": naming, "attribution": credit,
		"acceptance_required": accepted} {
		if re.MatchString(s) {
			add(term, "yes")
		}
	}
	return out
}

func readCommerce(s string, granting, denying bool, add func(term, value string)) {
	both := bothCommerce.MatchString(s)
	defining := definition.MatchString(s)
	switch {
	case noGrant.MatchString(s), tryOut.MatchString(s) && granting && !both:
		add("commercial_use", "no")
	case priced.MatchString(s):
		add("commercial_use", "conditional")
	case defining && !noCommerce.MatchString(s):
	case both && granting && !denying:
		add("commercial_use", "yes")
	case noCommerce.MatchString(s) && !both:
		add("commercial_use", "no")
	case !purpose.MatchString(s) && !commerce.MatchString(s):
	case licenceAsked.MatchString(s) || denying && purpose.MatchString(s) && wayOut.MatchString(s):
		add("commercial_use", "conditional")
	case denying && purpose.MatchString(s):
		add("commercial_use", "no")
	case granting && !denying && (purpose.MatchString(s) || sellWord.MatchString(s)):
		add("commercial_use", "yes")
	}
	if registration.MatchString(s) && (commerce.MatchString(s) || licenceAsked.MatchString(s)) {
		add("registration_required", "yes")
	}
}

func readChange(s string, granting, denying bool, add func(term, value string)) {
	for _, c := range []struct {
		term     string
		what, no *pattern.Regexp
	}{{"modification", change, notDo}, {"redistribution", share, notPas}} {
		switch {
		case !c.what.MatchString(s):
		case c.no.MatchString(s) && evil.MatchString(s): // for those purposes only
		case c.no.MatchString(s) && !wayOut.MatchString(s):
			add(c.term, "no")
		case granting && (!denying || strings.Contains(s, " grants ") || strings.Contains(s, " granted ")):
			add(c.term, "yes")
		}
	}
}

// threshold reads a size of the licensee that something is to exceed, a number of users
// or of money, and of what it is.
func threshold(s string) (n int64, unit string, ok bool) {
	if !exceed.MatchString(s) {
		return 0, "", false
	}
	for _, re := range []*pattern.Regexp{number, money} {
		for _, m := range re.FindAllStringSubmatchIndex(s, 8) {
			scale := ""
			if m[4] >= 0 {
				scale = s[m[4]:m[5]]
			}
			n, err := strconv.ParseInt(strings.ReplaceAll(s[m[2]:m[3]], " ", ""), 10, 64)
			if err != nil || n > 1e12 || scale == "" && n >= 1900 && n < 2100 {
				continue
			}
			if n *= map[string]int64{"": 1, "thousand": 1e3, "million": 1e6, "billion": 1e9}[scale]; n >= 10_000 {
				return n, thresholdUnit(strings.Fields(s[:m[2]]), strings.Fields(s[m[3]:])), true
			}
		}
	}
	return 0, "", false
}

// Words that say of what a threshold is, and how far around the number they may stand.
var (
	countsUsers  = pattern.MustCompile(`^(users?|mau|dau|accounts?|subscribers?)$`)
	countsMoney  = pattern.MustCompile(`^(usd|dollars?|eur|euros?|rmb|yuan|gbp|revenues?|income|turnover|funding|sales)$`)
	inDollars    = pattern.MustCompile(`\b(usd|us|dollars?)\b`)
	aMonth, year = pattern.MustCompile(`\bmonthly|\bmonths?\b|\bmau\b`), pattern.MustCompile(`\b(annual(ly)?|year(ly)?|12 months)\b`)
)

const unitAround = 10 // words

// thresholdUnit says of what a number in a sentence is, in the words of Terms.ThresholdUnit.
func thresholdUnit(before, after []string) string {
	before, after = before[max(0, len(before)-unitAround):], after[:min(len(after), unitAround)]
	near := strings.Join(before, " ") + " " + strings.Join(after, " ")
	slices.Reverse(before)
	for _, word := range append(after, before...) {
		switch {
		case countsUsers.MatchString(word) && aMonth.MatchString(near):
			return "monthly active users"
		case countsUsers.MatchString(word):
			return "users"
		case countsMoney.MatchString(word) && inDollars.MatchString(near) && year.MatchString(near):
			return "USD annual revenue"
		case countsMoney.MatchString(word):
			return "in money" // of a currency or time that is to be looked up
		}
	}
	return ""
}

// restricts reports whether a sentence forbids fields of use, by itself or as
// part of a list that one of the last sentences began.
func (r *reader) restricts(s string) bool {
	if policy.MatchString(s) && subjects.MatchString(s) {
		return true
	}
	bad := evil.MatchString(s)
	if banned.MatchString(s) {
		if bad {
			return true
		}
		if opening.MatchString(s) {
			r.listed = listLength
		}
		return false
	}
	if r.listed--; r.listed >= 0 && bad {
		r.listed = 0
		return true
	}
	return false
}
