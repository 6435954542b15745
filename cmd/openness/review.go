package main

import (
	"context"
	"fmt"
	"net/url"
	"os/user"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"openness/audit/crawl"
	"openness/data"
	"openness/reports"
	"openness/rubric"
)

type reviewOptions struct {
	*globalOptions
	class, reason, by, link string
	format                  string
}

func newReviewCommand(g *globalOptions) *cobra.Command {
	opts := &reviewOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "review MODEL [DIMENSION]",
		Short: "Put a person's class on top of a rule's, with a reason",
		Long: `Review stores a person's class for one dimension of a stored model. It is shown
instead of the rule's class, marked as a review, and survives every re-run; the
rule's judgement stays visible beneath. Without a DIMENSION the model's reviews
are listed, oldest first.`,
		Example: `  openness review allenai/OLMo-7B datasheet --class partial --reason "Covers collection only" --by "A. Editor"
  openness review allenai/OLMo-7B`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				if opts.class != "" || opts.reason != "" {
					return usagef("a review needs a DIMENSION beside the MODEL")
				}
				return listReviews(cmd.Context(), opts, args[0])
			}
			return runReview(cmd.Context(), opts, args[0], args[1])
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.class, "class", "", "open, partial, closed or undetermined (needed)")
	flags.StringVar(&opts.reason, "reason", "", "why, in a sentence (needed)")
	flags.StringVar(&opts.by, "by", "", "who reviews (default: the user's name)")
	flags.StringVar(&opts.link, "link", "", "a page that supports it")
	chooseFormat(cmd, &opts.format, "text", "json")
	return cmd
}

func runReview(ctx context.Context, opts *reviewOptions, model, dimension string) error {
	class, err := rubric.ParseClass(opts.class)
	if err != nil {
		return usagef("--class: %w", err)
	}
	if strings.TrimSpace(opts.reason) == "" {
		return usagef("a review needs a --reason: it is what readers see")
	}
	if !webLink(opts.link) {
		return usagef("--link %q: give an address that begins with https:// or http://, without a user",
			crawl.WithoutCredentials(opts.link))
	}
	if known := dimensionIDs(); !slices.Contains(known, dimension) {
		return usagef("no built-in rubric has a dimension %q: see openness rubric show ID%s",
			dimension, rubric.DidYouMean(dimension, known))
	}
	db, err := data.OpenExisting(ctx, opts.db)
	if err != nil {
		return err
	}
	defer db.Close()
	record, err := findStored(ctx, db, model, db.Record)
	if err != nil {
		return err
	}
	by := opts.by
	if by == "" {
		by = userName()
	}
	review := rubric.Review{Model: data.Key(record.Subject), Dimension: dimension, Class: class, Reason: opts.reason,
		By: by, Link: opts.link, At: opts.env.now().UTC()}
	if err := db.AddReview(ctx, review); err != nil {
		return err
	}
	if opts.format == "json" {
		review.Model = record.Subject.ID
		return writeList(opts.env.stdout, reviewSchema, []rubric.Review{review})
	}
	fmt.Fprintf(opts.env.stdout, "%s: %s is now %s, by %s\n", reports.Visible(record.Subject.ID), dimension, class,
		reports.Visible(by))
	return nil
}

// webLink reports whether a link is none or one that a page may carry.
func webLink(link string) bool {
	if link == "" {
		return true
	}
	u, err := url.Parse(link)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}

// userName is who is at the keyboard, or "unknown".
func userName() string {
	u, err := user.Current()
	switch {
	case err != nil:
		return "unknown"
	case u.Name != "":
		return u.Name
	}
	return u.Username
}

// reviewSchema names the shape of a review in JSON.
const reviewSchema = "openness.review/1"

func listReviews(ctx context.Context, opts *reviewOptions, model string) error {
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return err
	}
	defer db.Close()
	record, err := findStored(ctx, db, model, db.Record)
	if err != nil {
		return err
	}
	reviews, err := db.Reviews(ctx, data.Key(record.Subject))
	if err != nil {
		return err
	}
	if opts.format == "json" {
		for i := range reviews {
			reviews[i].Model = record.Subject.ID
		}
		return writeList(opts.env.stdout, reviewSchema, reviews)
	}
	if len(reviews) == 0 && !opts.quiet {
		opts.say("%s has no reviews", record.Subject.ID)
	}
	for _, r := range reviews {
		fmt.Fprintf(opts.env.stdout, "%s  %s: %s (%s, %s)", r.At.Format("2006-01-02"), r.Dimension, r.Class,
			reports.Visible(r.Reason), reports.Visible(r.By))
		if r.Link != "" {
			fmt.Fprintf(opts.env.stdout, " %s", reports.Visible(r.Link))
		}
		fmt.Fprintln(opts.env.stdout)
	}
	return nil
}
