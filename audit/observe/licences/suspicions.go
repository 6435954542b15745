package licences

// Which words together make a sentence one that may limit use: the classes of words,
// whose lists are the phrase book's, and the sets of classes that are suspect.

// A wordClass is a set of classes of words, one bit each.
type wordClass uint64

// The classes of words that the book tells apart.
const (
	confines wordClass = 1 << iota
	forbids
	prevents
	denies
	demands
	addresses
	comesFirst
	ofPaper
	excepts
	ofTrade
	ofMarket
	ofStudy
	ofTerms
	ofUse
	ofModel
	ofMakers
	ofPlace
	ofThreshold
	ofTime
	ofOutput
	ofTraining
	ofField
	ofRefusal
	grants
	ofDeed   // a licence, an agreement, a policy
	openName // a licence that permits everything
	bindsTo  // what puts somebody under a deed
	signs
	lapses
	ofDerived // what others make of the model
	ofCode
	passesOn
	withinHouse
)

var wordClasses = map[string]wordClass{
	"only": confines, "ban": forbids, "cannot": prevents, "bar": denies, "must": demands, "ask": addresses,
	"first": comesFirst,
	"paper": ofPaper, "except": excepts, "trade": ofTrade, "market": ofMarket, "study": ofStudy, "term": ofTerms,
	"use":   ofUse,
	"model": ofModel, "us": ofMakers, "place": ofPlace, "size": ofThreshold, "time": ofTime, "output": ofOutput,
	"train": ofTraining,
	"field": ofField, "limit": ofRefusal, "may": grants,
	"deed": ofDeed, "name": openName, "bind": bindsTo, "sign": signs, "lapse": lapses, "derive": ofDerived,
	"code": ofCode, "pass": passesOn, "house": withinHouse,
}

// harmlessValues are the values of the book whose words are taken back: they are
// about something else, or grant.
var harmlessValues = map[string]bool{"harmless": true, "none": true}

// A suspicion is a set of classes of words that make a sentence one that may limit
// use where one of each stands near the others.
type suspicion struct {
	of    []wordClass
	terms bool // only below a heading for licences or terms, or in a file of them
	uses  bool // it is about what may be done, not about who may do it or for what pay
	open  bool // only beside a licence that is open: a licence that is not has terms of its own
	said  bool // in a sentence that names the weights beside the deed: a heading says nothing of them
	alike bool // not beside a licence that asks for itself on what is derived
	near  bool // in one clause: what is put under terms and what has them may be two things
}

var suspicions = []suspicion{
	{of: []wordClass{ofTrade, confines | forbids | prevents | excepts}},
	{of: []wordClass{ofTrade, denies, ofUse | ofTerms | ofModel}},
	{of: []wordClass{ofTrade | ofMarket, denies | prevents, passesOn}, open: true, near: true},
	{of: []wordClass{ofRefusal}},
	{of: []wordClass{ofTrade, addresses | ofPaper}},
	{of: []wordClass{ofTrade, demands, ofUse | ofTerms | ofModel}},
	{of: []wordClass{ofTrade, ofTerms}},
	{of: []wordClass{ofTrade, comesFirst, ofMakers, ofUse}},
	{of: []wordClass{ofStudy, confines | excepts | forbids, ofUse | ofTerms | ofModel}},
	{of: []wordClass{ofStudy, prevents, ofUse, ofModel}},
	{of: []wordClass{ofStudy, ofTerms, ofUse | ofModel}},
	{of: []wordClass{ofMarket, forbids | confines | excepts | prevents, ofUse, ofModel}},
	{of: []wordClass{ofMarket, forbids, ofUse}},
	{of: []wordClass{ofMarket, addresses | ofPaper, demands | comesFirst, ofUse | ofModel}},
	{of: []wordClass{ofPaper, demands | denies | comesFirst | addresses | excepts | confines | forbids, ofUse,
		ofModel}},
	{of: []wordClass{addresses, comesFirst, ofUse, ofModel}},
	{of: []wordClass{excepts, ofUse, forbids | ofTerms}},
	{of: []wordClass{ofPlace, confines | forbids | prevents | excepts, ofUse | ofTerms}},
	{of: []wordClass{ofThreshold, ofTerms | ofPaper | addresses, ofUse | ofModel | demands}},
	{of: []wordClass{ofTime, ofTerms | demands, ofUse, ofModel | ofTerms}},
	{of: []wordClass{forbids, ofUse, ofModel}, uses: true},
	{of: []wordClass{forbids, ofField}, uses: true},
	{of: []wordClass{ofField, ofPaper, demands}, uses: true},
	{of: []wordClass{ofOutput, ofTraining, forbids | confines | excepts | prevents}, uses: true},
	{of: []wordClass{confines, ofUse, ofModel | ofTerms}, terms: true},
	{of: []wordClass{confines | excepts | forbids | prevents, ofTerms, ofModel | ofUse}, terms: true},
	{of: []wordClass{ofMarket, confines | forbids | prevents | excepts | ofPaper | addresses}, terms: true},
	{of: []wordClass{ofStudy, ofUse | ofModel}, terms: true},
	{of: []wordClass{addresses | ofPaper, demands | comesFirst, ofUse | ofModel}, terms: true},
	{of: []wordClass{ofDeed, bindsTo, ofModel | ofUse}, open: true, near: true},
	{of: []wordClass{ofDeed, ofModel}, open: true, near: true, said: true},
	{of: []wordClass{ofDeed, ofMakers}, open: true, near: true, said: true},
	{of: []wordClass{denies | prevents, bindsTo, openName, ofModel | ofMakers}, open: true, near: true},
	{of: []wordClass{confines, ofTerms, ofModel | ofUse | ofMakers | ofMarket | bindsTo}, open: true, near: true},
	{of: []wordClass{confines, ofStudy}, open: true, near: true},
	{of: []wordClass{prevents, ofTerms, ofUse | ofModel}, open: true, near: true},
	{of: []wordClass{denies, ofTerms, passesOn}, open: true, near: true},
	{of: []wordClass{comesFirst, ofTerms, ofMakers | passesOn}, open: true, near: true},
	{of: []wordClass{signs, ofStudy | ofMarket}, open: true, near: true},
	{of: []wordClass{passesOn, forbids | confines | excepts | ofPaper | addresses}, open: true, near: true},
	{of: []wordClass{withinHouse, confines | demands, ofUse | ofModel | ofDerived}, open: true, near: true},
	{of: []wordClass{withinHouse, forbids | prevents, ofUse | ofModel | passesOn}, open: true, near: true},
	{of: []wordClass{ofPaper, passesOn}, open: true, near: true},
	{of: []wordClass{ofMarket, forbids | confines | excepts, ofUse}, open: true, near: true},
	{of: []wordClass{ofDeed, addresses | ofMarket}, open: true, near: true},
	{of: []wordClass{ofTerms, ofTime}, open: true, near: true},
	{of: []wordClass{ofPlace, prevents | forbids | confines | excepts, ofUse}, open: true, near: true},
	{of: []wordClass{ofTrade | ofMarket, signs, demands}, open: true, near: true},
	{of: []wordClass{ofDerived, prevents, passesOn}, open: true, near: true},
	{of: []wordClass{ofDeed, signs}, open: true, near: true},
	{of: []wordClass{ofDeed, demands, ofModel | ofUse}, open: true, near: true},
	{of: []wordClass{ofDeed, comesFirst | excepts | confines}, open: true, near: true},
	{of: []wordClass{ofPaper, signs, ofUse | ofModel}, open: true},
	{of: []wordClass{ofPaper, demands, ofUse | ofModel | ofDerived}, open: true},
	{of: []wordClass{ofPaper, demands, excepts | comesFirst}, open: true},
	{of: []wordClass{ofPaper, signs, demands}, open: true},
	{of: []wordClass{ofTerms | ofDeed, lapses}, open: true},
	{of: []wordClass{ofTime, lapses, ofModel}, open: true},
	{of: []wordClass{ofDerived, forbids | excepts | ofPaper}, open: true, near: true},
	{of: []wordClass{ofDerived, demands, ofDeed | passesOn | bindsTo}, open: true, near: true, alike: true},
	{of: []wordClass{ofField, confines, ofUse | ofModel}, open: true, near: true, uses: true},
	{of: []wordClass{ofMarket | ofField, forbids | prevents | excepts | denies, ofTerms | ofDeed}, open: true,
		near: true},
}
