package claims

// A Name is a place in a text that names a model or a maker of models. The
// caller, who knows the store, finds them.
type Name struct {
	Start, End int    // bytes of the text
	ID         string // of the model; of a maker, its name
	Maker      bool
	Of         []string // the models of a maker
}

// A Tense is when a claim says that it holds.
type Tense string

// The tenses.
const (
	Past    Tense = "past"
	Present Tense = "present"
	Future  Tense = "future"
)

// A Mood is what keeps a claim from being an assertion; empty where it is one.
type Mood string

// The moods.
const (
	Asserted    Mood = ""
	Asked       Mood = "question"
	Supposed    Mood = "conditional"
	Foretold    Mood = "future"
	Demanded    Mood = "order"
	Hedged      Mood = "hedge"
	Attributed  Mood = "said"
	Doubted     Mood = "doubt"
	FormerState Mood = "former"
)

// A Claim is one thing that a sentence says of one model.
type Claim struct {
	Start, End int // bytes of the text
	Predicate  string
	Value      string // what exactly; empty where the predicate says it all
	Component  string // the part of the model whose licence is meant; empty for the weights
	Stage      string // the value of that part: "training" code; empty for all of it
	Denied     bool
	Tense      Tense
	Mood       Mood
	Said       string   // who says so, where that is told
	Model      string   // id; empty where the sentence names none
	Than       string   // the other model of a comparison
	Among      []string // the others of which it is said to be the most open
	Aspect     string   // what is compared; empty for the whole, "both" where neither is put first
	Less       bool     // "less open than" it
	// Weak is how the claim is weakened where it is judged all the same.
	Weak string
	// Vague is why the claim was not understood well enough to be judged.
	Vague string

	clause      int
	first, last int  // items
	subject     int  // item, or -1
	again       bool // said before of another model
	too         bool // said by "too" alone
	stray       bool // it is only vague for a word beside it
	residual    bool // of what was not understood
	opinion     bool // what somebody thinks
	limited     bool // words beside it may say for whom, where or what for
	inverse     bool // of "the only" and "the first": what they are claimed of is denied
	only        bool // and nothing else
	background  bool // only what another claim rests on
	every       bool // of all of a component: "all code"
	covering    bool // of a licence: its components stand behind it
	toAll       bool // open to the public, and not only given out
	ownFirst    bool // the first of its maker's
	spanFirst   bool // the first for some time
	inPassing   bool // what a model is called, or set against, while something else is said
}

// A Reading is what was read out of a sentence.
type Reading struct {
	Claims []Claim
	// Unchecked are the words that no claim covers and that may say something.
	Unchecked []string
	// Asides are words that no claim covers either and that say nothing of the
	// model, its data, its licence or its weights.
	Asides []string
	Dates  []dated

	text  string
	items []item
	list  []token
	names []Name

	leftovers []leftover // Unchecked, and what of it can be checked all the same
}
