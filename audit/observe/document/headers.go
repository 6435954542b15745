package document

import (
	"strings"
	"unicode/utf8"

	"openness/audit"
	"openness/audit/hub/header"
	"openness/audit/phrases"
)

// HeaderMark is what the address of a file's beginning ends in.
const HeaderMark = "#header"

// headerKeys are the entries of a header that tell of a model, in both formats.
var headerKeys = map[string][]string{
	"licence": {"general.license", "modelspec.license", "license"},
	"base": {"general.base_model.0.repo_url", "general.source.huggingface.repository", "base_model",
		"base_model_name_or_path", "modelspec.base_model"},
	"architecture": {"general.architecture", "modelspec.architecture", "architecture", "model_type"},
}

// A Header is the header of one file.
type Header struct {
	*audit.Document
	header.Header
}

// Field is what a header says of one thing.
func (h Header) Field(what string) (header.Field, bool) {
	f, ok := h.First(headerKeys[what]...)
	return f, ok && utf8.ValidString(f.Value) && f.Span.Within(len(h.Body))
}

// Base is the hub id that a header gives for a base, or "".
func (h Header) Base() (id string, span audit.Span) {
	f, ok := h.Field("base")
	m := headerID.FindStringSubmatch(strings.TrimSpace(f.Value))
	if !ok || m == nil {
		return "", f.Span
	}
	return m[1], f.Span
}

// headerID matches an id on the hub, alone or at the end of its address.
var headerID = phrases.ExpressionOf("document.header-id")
