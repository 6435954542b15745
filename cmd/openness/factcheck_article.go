package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"openness/audit"
	"openness/audit/page/web"
	"openness/reports"
	"openness/rubric/claims"
)

// maxArticle bounds a text to check, in bytes: no article is near it.
const maxArticle = 1 << 20

// What is read in one go is bounded, for the cost of a sentence grows faster than its length, and
// each is read against every name that is known: some seconds at most.
const (
	maxSentence  = 20_000 // bytes
	maxSentences = 2_000
)

// readable refuses a text that is no article, and a sentence that is none.
func readable(text string) error {
	sentences := claims.Sentences(text, nil)
	if len(sentences) > maxSentences {
		return usagef("the text has %d sentences, and at most %d are read in one go: check it in parts", len(sentences),
			maxSentences)
	}
	for _, s := range sentences {
		if s.End-s.Start > maxSentence {
			return usagef("the sentence that begins with %q has %d bytes, and at most %d are read in one go: "+
				"check the text without it, or in parts", reports.Shorten(text[s.Start:s.End], 40), s.End-s.Start, maxSentence)
		}
	}
	return nil
}

// article checks every claim in a text.
func (f *factchecker) article(ctx context.Context, w io.Writer, write verdictWriter) error {
	text, err := f.readArticle(ctx, f.opts.article)
	if err != nil {
		return err
	}
	if err := readable(text); err != nil {
		return err
	}
	names, _ := f.namer.names(text)
	list, unread := f.checker().Passages(text, names)
	if f.store.err != nil {
		return f.store.err
	}
	for i := range list {
		c := &list[i]
		here, _ := f.namer.names(c.Claim)
		c.Notes = append(f.namer.notes(c.Claim, here), staleNotes(c)...)
	}
	if err := write(w, &checkedText{Source: f.opts.article, Text: text, Claims: list, Unread: unread}); err != nil {
		return err
	}
	if len(list) == 0 {
		return usagef("no claim that can be checked was recognised in %s; understood are, for example, %s",
			f.opts.article, knownClaims())
	}
	return f.exit(list)
}

// readArticle reads the text of a file, of standard input, or of a page.
func (f *factchecker) readArticle(ctx context.Context, from string) (string, error) {
	var body []byte
	var err error
	switch {
	case from == "-":
		body, err = articleBytes(f.opts.env.stdin)
	case strings.HasPrefix(from, "http://"), strings.HasPrefix(from, "https://"):
		body, err = f.fetchArticle(ctx, from)
	default:
		var file *os.File
		if file, err = os.Open(from); err != nil {
			return "", usagef("--article: %w", err)
		}
		defer file.Close()
		if info, err := file.Stat(); err == nil && info.IsDir() {
			return "", usagef("--article %q is a folder: name one text", from)
		}
		body, err = articleBytes(file)
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", from, err)
	}
	if audit.MarkedWide(body) {
		return "", usagef("%s %s", from, audit.NotText(body))
	}
	text, err := articleText(body, from)
	switch {
	case err != nil:
	case strings.TrimSpace(text) == "":
		err = usagef("%s holds no text", from)
	case strings.Contains(text, "\x00") || strings.HasPrefix(text, "%PDF-"):
		err = usagef("%s is no plain text: save the article as text, Markdown or HTML", from)
	}
	return text, err
}

func articleBytes(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxArticle+1))
	if err == nil && len(body) > maxArticle {
		err = fmt.Errorf("larger than %d MiB, which no article is", maxArticle>>20)
	}
	return body, err
}

func (f *factchecker) fetchArticle(ctx context.Context, address string) ([]byte, error) {
	request, err := licenseRequest(address, f.opts.env.getenv)
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	client, err := oneTimeClient(f.opts.globalOptions)
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	defer client.Close()
	doc, err := client.Get(ctx, request)
	switch {
	case err != nil:
		return nil, &exitError{exitUnreached, err}
	case doc.Outcome != audit.Fetched && doc.Outcome != audit.NotModified:
		return nil, &exitError{exitUnreached, fmt.Errorf("not reached (%s): %s", doc.Outcome, whyNot(doc))}
	}
	return doc.Body, nil
}

// articleText is the text of an article: a page's blocks, parted by empty
// lines, or the bytes as they are.
func articleText(body []byte, from string) (string, error) {
	head := bytes.ToLower(bytes.TrimLeft(body[:min(len(body), 1024)], "\xef\xbb\xbf \t\r\n"))
	if !bytes.HasPrefix(head, []byte("<!doctype html")) && !bytes.HasPrefix(head, []byte("<html")) {
		return strings.ToValidUTF8(string(body), "\uFFFD"), nil
	}
	page, err := web.Parse(body, from)
	if errors.Is(err, web.ErrNotHTML) {
		return strings.ToValidUTF8(string(body), "\uFFFD"), nil
	}
	if err != nil {
		return "", err
	}
	var blocks []string
	for _, b := range page.Blocks {
		blocks = append(blocks, b.Text)
	}
	return strings.Join(blocks, "\n\n"), nil
}
