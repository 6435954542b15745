package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"openness/reports"
	"openness/rubric"
)

// What the tools take. Only what a command takes as text is here: no argument
// names a file.
type (
	auditInput struct {
		Targets []string `json:"targets" jsonschema:"models: org/name, an address of a hub, or a name of the catalogue"`
		Rubric  string   `json:"rubric,omitempty" jsonschema:"the rubric to judge by"`
	}
	showInput struct {
		Model     string `json:"model" jsonschema:"id, label or name of a stored model"`
		Rubric    string `json:"rubric,omitempty" jsonschema:"the rubric to judge by"`
		Dimension string `json:"dimension,omitempty" jsonschema:"show this dimension only"`
	}
	rankInput struct {
		Models []string `json:"models,omitempty" jsonschema:"rank these only"`
		Rubric string   `json:"rubric,omitempty" jsonschema:"the rubric to rank by"`
	}
	licenseInput struct {
		Text string `json:"text" jsonschema:"the whole text of a licence file"`
	}
	checkInput struct {
		Policy string   `json:"policy" jsonschema:"the policy to hold models against"`
		Models []string `json:"models" jsonschema:"stored models"`
	}
	factcheckInput struct {
		Claim   string `json:"claim,omitempty" jsonschema:"one sentence about a model's openness"`
		Article string `json:"article,omitempty" jsonschema:"instead of a claim, a text whose claims are all checked"`
		Model   string `json:"model,omitempty" jsonschema:"the model that a claim is about, where it does not name it"`
		At      string `json:"at,omitempty" jsonschema:"hold claims against what was so on this day, YYYY-MM-DD"`
	}
	evidenceInput struct {
		Model  string `json:"model" jsonschema:"id, label or name of a stored model"`
		Verify bool   `json:"verify,omitempty" jsonschema:"hash the stored documents again and compare quotes"`
	}
)

// Bounds of what tools take.
const (
	longestName   = 500
	longestClaim  = 20_000
	mostModels    = 50
	mostToAudit   = 10
	longestWait   = "30s" // for a quota: an assistant waits
	longestText   = 1 << 20
	mostMessages  = 20
	longestString = 4000
)

// A toolAnswer is what every tool gives.
type toolAnswer struct {
	Command  string   `json:"command" jsonschema:"the command line that gives the same, uncut"`
	ExitCode int      `json:"exit_code" jsonschema:"0 done; 3 something could not be determined or reached; 4 violated or refuted"`
	Messages []string `json:"messages,omitempty" jsonschema:"what the command said besides its result"`
	Result   any      `json:"result" jsonschema:"the JSON of the command"`
	Cut      *cut     `json:"cut,omitempty" jsonschema:"what the bound on answers left out"`
}

// A toolbox runs commands for tools.
type toolbox struct{ opts *mcpOptions }

// A call is one command to run.
type call struct {
	args  []string // flags
	names []string // arguments, whatever they look like
	stdin string
	keep  func(any) any // the part of the result that was asked for; nil for all
}

// offer adds the tools to a server.
func (b *toolbox) offer(s *mcp.Server) error {
	rubrics := func(schema *jsonschema.Schema) { among(schema.Properties["rubric"], rubric.IDs()) }
	audits := &mcp.Tool{Name: "audit",
		Description: "Fetch what the hubs, repositories and papers tell of models, judge it and store it. " +
			"Only where the server was started with --allow-audit."}
	audits.Annotations = &mcp.ToolAnnotations{IdempotentHint: true, DestructiveHint: new(false),
		OpenWorldHint: new(true)}
	return errors.Join(
		add(s, audits, b, b.audit, func(schema *jsonschema.Schema) {
			rubrics(schema)
			listOfNames(schema.Properties["targets"], mostToAudit)
		}),
		add(s, reading("show", "A stored model's judgements by dimension, with the quotes, addresses, times and "+
			"hashes they rest on."), b, b.show, rubrics),
		add(s, reading("rank", "Stored models ranked by openness, with the class of each dimension."), b, b.rank,
			func(schema *jsonschema.Schema) {
				rubrics(schema)
				listOfNames(schema.Properties["models"], mostModels)
			}),
		add(s, reading("license",
			"Identify a licence text and state its terms: commercial use, modification, thresholds, geography."), b,
			b.license,
			func(schema *jsonschema.Schema) { schema.Properties["text"].MaxLength = new(longestText) }),
		add(s, reading("check", "Hold stored models against a policy: met, violated or undetermined, with the "+
			"evidence."), b, b.check,
			func(schema *jsonschema.Schema) {
				among(schema.Properties["policy"], rubric.PolicyIDs())
				listOfNames(schema.Properties["models"], mostModels)
			}),
		add(s, reading("factcheck",
			"Check a claim about a model's openness, or all claims of a text: supported, refuted, partly, "+
				"undetermined."), b, b.factcheck,
			func(schema *jsonschema.Schema) {
				schema.Properties["claim"].MaxLength = new(longestClaim)
				schema.Properties["article"].MaxLength = new(longestText)
			}),
		add(s, reading("evidence", "The documents of a model's latest audit: addresses, outcomes, times, hashes."), b,
			b.evidence, nil),
	)
}

// reading is a tool that changes nothing and asks nobody.
func reading(name, description string) *mcp.Tool {
	return &mcp.Tool{Name: name, Description: description,
		Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: new(false)}}
}

// add offers one tool. Its schema is that of its input, narrowed; short texts are
// bounded as names.
func add[In any](s *mcp.Server, t *mcp.Tool, b *toolbox, prepare func(In) (call, error),
	narrow func(*jsonschema.Schema)) error {
	schema, err := jsonschema.For[In](nil)
	if err != nil {
		return fmt.Errorf("tool %s: %w", t.Name, err)
	}
	for _, p := range schema.Properties {
		if p.Type == "string" {
			p.MaxLength = new(longestName)
		}
	}
	if narrow != nil {
		narrow(schema)
	}
	t.InputSchema = schema
	mcp.AddTool(s, t, func(ctx context.Context, _ *mcp.CallToolRequest, in In) (*mcp.CallToolResult, *toolAnswer, error) {
		c, err := prepare(in)
		if err != nil {
			return nil, nil, plainly(err)
		}
		a, err := b.run(ctx, t.Name, c)
		if err != nil {
			return nil, nil, plainly(err)
		}
		return nil, a, nil
	})
	return nil
}

// plainly is an error that can be shown anywhere.
func plainly(err error) error {
	if err == nil {
		return nil
	}
	return errors.New(oneMessage(err.Error()))
}

func among(p *jsonschema.Schema, values []string) {
	for _, v := range values {
		p.Enum = append(p.Enum, v)
	}
}

func listOfNames(p *jsonschema.Schema, most int) {
	p.Type, p.Types = "array", nil // null is no list
	p.MinItems, p.MaxItems = new(1), new(most)
	p.Items.MinLength, p.Items.MaxLength = new(1), new(longestName)
}

// byRubric names the rubric of a call.
func byRubric(id string) []string {
	if id == "" {
		return nil
	}
	return []string{"--rubric", id}
}

func (b *toolbox) audit(in auditInput) (call, error) {
	if !b.opts.allowAudit {
		return call{}, errors.New("this server does not fetch: start it with openness mcp --allow-audit to let it audit; " +
			"stored models can be shown, ranked and checked")
	}
	return call{args: append(byRubric(in.Rubric), "--max-wait", longestWait), names: in.Targets}, nil
}

func (b *toolbox) show(in showInput) (call, error) {
	c := call{args: byRubric(in.Rubric), names: []string{in.Model}}
	if in.Dimension != "" {
		c.keep = func(result any) any { return ofDimension(result, in.Dimension) }
	}
	return c, nil
}

// ofDimension keeps one dimension of assessments.
func ofDimension(result any, dimension string) any {
	assessments, _ := result.([]any)
	for _, a := range assessments {
		assessment, _ := a.(map[string]any)
		var kept []any
		judgements, _ := assessment["judgements"].([]any)
		for _, j := range judgements {
			if judgement, _ := j.(map[string]any); judgement["dimension"] == dimension {
				kept = append(kept, j)
			}
		}
		if judgements != nil {
			assessment["judgements"] = append([]any{}, kept...)
			delete(assessment, "sources")
		}
	}
	return result
}

func (b *toolbox) rank(in rankInput) (call, error) {
	c := call{args: byRubric(in.Rubric)}
	if len(in.Models) > 0 {
		for _, name := range in.Models {
			if _, err := os.Stat(name); err == nil || strings.Contains(name, ",") {
				return c, fmt.Errorf("%q is no name of a model", name) // a list is read from a file of that name
			}
		}
		c.args = append(c.args, "--only="+strings.Join(in.Models, ","))
	}
	return c, nil
}

func (b *toolbox) license(in licenseInput) (call, error) {
	return call{names: []string{"-"}, stdin: in.Text}, nil
}

func (b *toolbox) check(in checkInput) (call, error) {
	return call{args: []string{"--policy", in.Policy}, names: in.Models}, nil
}

func (b *toolbox) factcheck(in factcheckInput) (call, error) {
	if (in.Claim == "") == (in.Article == "") {
		return call{}, errors.New("give a claim, or an article")
	}
	var c call
	if in.At != "" {
		c.args = append(c.args, "--at="+in.At)
	}
	if in.Model != "" {
		c.args = append(c.args, "--model="+in.Model)
	}
	if in.Article != "" {
		c.args, c.stdin = append(c.args, "--article=-"), in.Article
		return c, nil
	}
	c.names = []string{in.Claim}
	return c, nil
}

func (b *toolbox) evidence(in evidenceInput) (call, error) {
	c := call{names: []string{in.Model}}
	if in.Verify {
		c.args = append(c.args, "--verify")
	}
	return c, nil
}

// run runs a command in this process and bounds what it gives. What ends with
// results is an answer; what ends without any is an error.
func (b *toolbox) run(ctx context.Context, name string, c call) (*toolAnswer, error) {
	var stderr bytes.Buffer
	stdout := limitedOutput{}
	env := *b.opts.env
	env.stdin, env.stdout, env.stderr, env.screen = strings.NewReader(c.stdin), &stdout, shown{&stderr}, nil
	args := []string{name, "--format", "json", "--quiet"}
	if b.opts.dbNamed || b.opts.allowAudit { // without either, the built-in snapshot may stand in
		args = append(args, "--db", b.opts.db)
	}
	args = append(args, c.args...)
	if len(c.names) > 0 {
		args = append(append(args, "--"), c.names...)
	}
	root := b.opts.root(&env)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	code := exitCode(err)
	if stdout.overflowed {
		return nil, fmt.Errorf("the result is longer than %d MiB: ask for fewer models", largestResult>>20)
	}
	if err != nil && (code == exitFailed || stdout.Len() == 0) {
		return nil, err
	}
	a := &toolAnswer{Command: commandLine(args), ExitCode: code, Messages: messages(stderr.String(), err)}
	if err := json.Unmarshal(stdout.Bytes(), &a.Result); err != nil {
		return nil, fmt.Errorf("openness %s: its result is no JSON: %w", name, err)
	}
	if c.keep != nil {
		a.Result = c.keep(a.Result)
	}
	a.Result, a.Cut, err = bounded(a.Result, b.opts.most)
	return a, err
}

// largestResult bounds what a command may give, before it is cut to an answer.
const largestResult = 64 << 20

// A limitedOutput takes what a command writes, up to a bound.
type limitedOutput struct {
	bytes.Buffer
	overflowed bool
}

func (o *limitedOutput) Write(p []byte) (int, error) {
	if o.Len()+len(p) > largestResult {
		o.overflowed = true
		return 0, errors.New("result too long")
	}
	return o.Buffer.Write(p)
}

// messages are what a command said on stderr, and how it ended.
func messages(stderr string, err error) []string {
	var lines []string
	for line := range strings.Lines(stderr) {
		if line = reports.Visible(line); line != "" && len(lines) < mostMessages {
			lines = append(lines, line)
		}
	}
	if said := (&exitError{}); err != nil && (!errors.As(err, &said) || said.err != nil) {
		lines = append(lines, oneMessage(err.Error()))
	}
	return lines
}

// commandLine is what a person would type for the same.
func commandLine(args []string) string {
	words := []string{"openness"}
	for _, a := range args {
		if len(a) > longestName {
			a = a[:strings.LastIndex(a[:longestName], " ")+1] + "..."
		}
		if a == "" || strings.ContainsFunc(a, func(r rune) bool { return !strings.ContainsRune(safeInShell, r) }) {
			a = "'" + strings.ReplaceAll(reports.Visible(a), "'", `'\''`) + "'"
		}
		words = append(words, a)
	}
	return strings.Join(words, " ")
}

const safeInShell = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=,@+"
