package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"syscall"

	"github.com/spf13/cobra"

	"openness/cmd/openness/serve"
	"openness/data"
	"openness/data/catalogue"
	"openness/reports"
	"openness/reports/figures"
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
	flags.StringVar(&opts.scores, "scores", "",
		"CSV `FILE` with model, benchmark, value: draws openness against each benchmark")
	flags.BoolVar(&opts.allowRemote, "allow-remote", false, "listen on an address that other machines can reach")
	flags.StringArrayVar(&opts.hosts, "host", nil,
		"answer to this `NAME` too; may be given several times (needs --allow-remote)")
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
	defer allowGarbage(opts.env)()
	handler := newServeHandler(opts, db, r, scores)
	defer handler.Close()
	listener, err := listen(ctx, opts)
	if err != nil {
		return err
	}
	if !opts.quiet {
		opts.say("serving %s under %s; interrupt to stop", db.Path(), r.ID)
	}
	fmt.Fprintf(opts.env.stdout, "http://%s/\n", listener.Addr())
	if err := serveUntilDone(ctx, listener, handler); err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// A serveHandler answers from the database. Where there was none when it was
// started, it answers from the built-in snapshot until an audit makes one.
type serveHandler struct {
	opts   *serveOptions
	rubric *rubric.Rubric
	scores []figures.Score

	mutex  sync.Mutex
	db     *data.DB
	server *serve.Server
	opened []*data.DB // all of them: requests may still read the one before
}

func newServeHandler(opts *serveOptions, db *data.DB, r *rubric.Rubric, scores []figures.Score) *serveHandler {
	h := &serveHandler{opts: opts, rubric: r, scores: scores}
	h.use(db)
	return h
}

// Close closes the databases; no request may be open any more.
func (h *serveHandler) Close() {
	for _, db := range h.opened {
		db.Close()
	}
}

func (h *serveHandler) use(db *data.DB) {
	h.db, h.opened = db, append(h.opened, db)
	h.server = serve.New(serve.Options{
		DB: db, Rubric: h.rubric, Rubrics: rubric.Builtin(), Scores: h.scores, Tool: version, Now: h.opts.env.now,
		Releases: allReleases(), MakerOf: catalogue.MakerOf, Aliases: modelAliases,
		Hosts: h.opts.hosts, Remote: h.opts.allowRemote,
		Model: func(ctx context.Context, name string, rubrics []*rubric.Rubric) (reports.Model, error) {
			return (&library{db: db, rubrics: rubrics, frameworks: true}).model(ctx, name)
		},
		Fault: func(err error) { h.opts.say("serve: %v", err) },
	})
}

// current is the server to ask: one over the database as soon as there is one.
func (h *serveHandler) current(ctx context.Context) *serve.Server {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if !h.db.BuiltIn() {
		return h.server
	}
	db, err := data.OpenToRead(ctx, h.opts.db)
	switch {
	case err == nil:
		h.use(db)
	case !errors.Is(err, fs.ErrNotExist):
		h.opts.say("serve: %v", err)
	}
	return h.server
}

func (h *serveHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.current(r.Context()).ServeHTTP(w, r)
}

// checkListen refuses, before anything is opened, an address that other
// machines can reach.
func checkListen(opts *serveOptions) error {
	host, port, err := net.SplitHostPort(opts.listen)
	if err == nil {
		_, err = net.DefaultResolver.LookupPort(context.Background(), "tcp", port)
	}
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
	return usagef("--listen %q: other machines could reach it, and serve has no passwords; listen on 127.0.0.1 "+
		"or [::1], or add --allow-remote", opts.listen)
}

func listen(ctx context.Context, opts *serveOptions) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", opts.listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("serve --listen %q: another program uses that port; name another, or port 0 for a "+
			"free one", opts.listen)
	}
	if err != nil {
		return nil, fmt.Errorf("serve --listen %q: %w", opts.listen, err)
	}
	// localhost is what the machine's own files say it is.
	if at, ok := listener.Addr().(*net.TCPAddr); ok && !at.IP.IsLoopback() && !opts.allowRemote {
		listener.Close()
		return nil, usagef("--listen %q: is %s, which other machines can reach; listen on 127.0.0.1 or [::1], or "+
			"add --allow-remote", opts.listen, at)
	}
	return listener, nil
}
