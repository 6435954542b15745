package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"openness/cmd/openness/serve"
	"openness/reports"
	"openness/rubric"
)

// serveOptions are the flags of serve.
type serveOptions struct {
	*globalOptions
	listen      string
	rubric      string
	scores      string
	allowRemote bool
	hosts       []string
}

func newServeCommand(g *globalOptions) *cobra.Command {
	opts := &serveOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show the stored models in a browser, live",
		Long: `Serve shows the pages of openness report straight from the database, and besides
a search over the stored documents and a JSON API (described at /api). Audits
that run meanwhile appear without a restart. It prints its address and serves
until it is interrupted.

It listens on this machine only and answers to this machine's names only, so
that no page on the web can reach it through your browser. It has no passwords:
with --allow-remote everyone who can reach the address can read what is stored.`,
		Example: `  openness serve
  openness serve --listen 127.0.0.1:0 --rubric radboud-2023
  openness serve --listen 0.0.0.0:8080 --allow-remote --host audits.example.org`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runServe(cmd.Context(), opts)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.listen, "listen", "127.0.0.1:8080", "`ADDR` to listen on; port 0 takes a free one")
	flags.StringVar(&opts.rubric, "rubric", "", "judge by this rubric `ID` or file (default "+defaultRubric+")")
	flags.StringVar(&opts.scores, "scores", "", "CSV `FILE` with model, benchmark, value: draws openness against each benchmark")
	flags.BoolVar(&opts.allowRemote, "allow-remote", false, "listen on an address that other machines can reach")
	flags.StringArrayVar(&opts.hosts, "host", nil, "answer to this `NAME` too; may be given several times (needs --allow-remote)")
	return cmd
}

func runServe(ctx context.Context, opts *serveOptions) error {
	if err := checkListen(opts); err != nil {
		return err
	}
	r, err := oneRubric(opts.rubric)
	if err != nil {
		return err
	}
	scores, err := readScores(opts.scores)
	if err != nil {
		return err
	}
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return err
	}
	defer db.Close()
	handler := serve.New(serve.Options{
		DB: db, Rubric: r, Rubrics: rubric.Builtin(), Scores: scores, Tool: version, Now: opts.env.now, Hosts: opts.hosts, Remote: opts.allowRemote,
		Model: func(ctx context.Context, name string, rubrics []*rubric.Rubric) (reports.Model, error) {
			return (&library{db: db, rubrics: rubrics}).model(ctx, name)
		},
		Fault: func(err error) { fmt.Fprintf(opts.env.stderr, "openness: serve: %v\n", err) },
	})
	listener, err := listen(ctx, opts)
	if err != nil {
		return err
	}
	fmt.Fprintf(opts.env.stdout, "http://%s/\n", listener.Addr())
	if !opts.quiet {
		fmt.Fprintf(opts.env.stderr, "openness: serving %s under %s; interrupt to stop\n", db.Path(), r.ID)
	}
	if err := serveUntilDone(ctx, listener, handler); err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// checkListen refuses, before anything is opened, an address that other
// machines can reach.
func checkListen(opts *serveOptions) error {
	host, _, err := net.SplitHostPort(opts.listen)
	if err != nil {
		return usagef("--listen %q: %w; write it as 127.0.0.1:8080", opts.listen, err)
	}
	if opts.allowRemote {
		return nil
	}
	if len(opts.hosts) > 0 {
		return usagef("--host allows names of this machine that others use: it needs --allow-remote")
	}
	ip, err := netip.ParseAddr(host)
	if strings.EqualFold(host, "localhost") || err == nil && ip.Unmap().IsLoopback() {
		return nil
	}
	return usagef("--listen %q: other machines could reach it, and serve has no passwords; listen on 127.0.0.1 or [::1], or add --allow-remote", opts.listen)
}

func listen(ctx context.Context, opts *serveOptions) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", opts.listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("serve --listen %q: another program uses that port; name another, or port 0 for a free one", opts.listen)
	}
	if err != nil {
		return nil, fmt.Errorf("serve --listen %q: %w", opts.listen, err)
	}
	// localhost is what the machine's own files say it is.
	if at, ok := listener.Addr().(*net.TCPAddr); ok && !at.IP.IsLoopback() && !opts.allowRemote {
		listener.Close()
		return nil, usagef("--listen %q: is %s, which other machines can reach; listen on 127.0.0.1 or [::1], or add --allow-remote", opts.listen, at)
	}
	return listener, nil
}
