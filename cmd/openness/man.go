package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func newManCommand(g *globalOptions) *cobra.Command {
	var format, dir string
	cmd := &cobra.Command{
		Use:   "man",
		Short: "Write the manual: a page per command",
		Long: `Man writes the manual that help is taken from, a page per command: as pages for
man(1), or as Markdown, which is the reference in docs/commands. Without --out the
page of openness itself goes to standard output.`,
		Example: `  openness man | man -l -
  openness man --out /usr/local/share/man/man1`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return writeManual(cmd.Root(), g, format, dir)
		},
	}
	chooseFormat(cmd, &format, "man", "markdown")
	cmd.Flags().StringVar(&dir, "out", "-", "`DIR` to write into; created if needed (- for standard output)")
	return cmd
}

// keepIndented makes the indented lines of all descriptions blocks of Markdown, from which
// both manuals are made: as part of a paragraph a list or a file would run into one line.
func keepIndented(cmd *cobra.Command) {
	cmd.Long = indentedBlocks(cmd.Long)
	for _, sub := range cmd.Commands() {
		keepIndented(sub)
	}
}

// indentedBlocks indents lines that begin with a space by four and puts empty lines around
// them.
func indentedBlocks(text string) string {
	var lines []string
	was := false // the last line that is not empty was indented
	for _, line := range strings.Split(text, "\n") {
		if line == "" {
			lines = append(lines, line)
			continue
		}
		is := strings.HasPrefix(line, " ")
		if is != was && len(lines) > 0 && lines[len(lines)-1] != "" {
			lines = append(lines, "")
		}
		if is {
			line = "    " + line
		}
		lines, was = append(lines, line), is
	}
	return strings.Join(lines, "\n")
}

func writeManual(root *cobra.Command, g *globalOptions, format, dir string) error {
	root.DisableAutoGenTag = true // the day of writing is no news in a page that a repository keeps
	keepIndented(root)
	var page bytes.Buffer
	now := g.env.now()
	header := &doc.GenManHeader{Section: "1", Source: "openness " + version, Manual: "openness", Date: &now}
	if dir == "-" {
		var err error
		if format == "man" {
			err = doc.GenMan(root, header, &page)
		} else {
			err = doc.GenMarkdown(root, &page)
		}
		if err != nil {
			return fmt.Errorf("write the manual: %w", err)
		}
		_, err = page.WriteTo(g.env.stdout)
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write the manual: %w", err)
	}
	var err error
	if format == "man" {
		err = doc.GenManTree(root, header, dir)
	} else {
		err = doc.GenMarkdownTree(root, dir)
	}
	if err != nil {
		return fmt.Errorf("write the manual into %q: %w", dir, err)
	}
	return nil
}
