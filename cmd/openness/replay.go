package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"

	"github.com/spf13/cobra"

	"openness/audit/replay"
)

type replayOptions struct {
	*globalOptions
	listen string
	log    string
	quotas bool
}

func newReplayCommand(global *globalOptions) *cobra.Command {
	opts := &replayOptions{globalOptions: global}
	cmd := &cobra.Command{
		Use:   "replay DIR",
		Short: "Serve a folder of captures as the hubs would answer",
		Long: `Replay serves a folder of captures over HTTP the way Hugging Face and GitHub
answer, until it is interrupted. It prints the variables that point the other
commands at it. What the folder does not hold answers 501 "not captured".`,
		Example: `  openness replay captures --listen 127.0.0.1:8080
  HF_ENDPOINT=http://127.0.0.1:8080 openness audit org/name`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runReplay(cmd.Context(), opts, args[0], cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&opts.listen, "listen", "127.0.0.1:0", "`ADDR` to listen on; port 0 takes a free one")
	cmd.Flags().StringVar(&opts.log, "log", "", "append one line per request to `FILE`")
	cmd.Flags().BoolVar(&opts.quotas, "enforce-quotas", false, "refuse when the hubs' published limits are spent")
	return cmd
}

// replayVariables are the settings that take a replay's base URL.
var replayVariables = []struct{ name, path string }{
	{"HF_ENDPOINT", ""}, {"GITHUB_API_URL", ""}, {"OPENNESS_GITHUB_RAW_URL", ""},
	{"MODELSCOPE_ENDPOINT", "/modelscope"}, {"OPENNESS_ARXIV_URL", "/arxiv"}, {"OPENNESS_WEB_URL", "/web"},
}

func runReplay(ctx context.Context, opts *replayOptions, dir string, stdout, stderr io.Writer) error {
	settings := replay.Options{EnforceQuotas: opts.quotas, Now: opts.env.now}
	if opts.log != "" {
		if err := noDatabase(opts.log); err != nil {
			return err
		}
		f, err := os.OpenFile(opts.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
		if err != nil {
			return fmt.Errorf("request log: %w", err)
		}
		defer f.Close()
		settings.Log = f
	}
	handler, err := replay.New(dir, settings)
	if err != nil {
		return unreadable(err)
	}
	defer handler.Close()
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", opts.listen)
	if err != nil {
		return fmt.Errorf("replay --listen %q: %w", opts.listen, err)
	}
	announce(stdout, stderr, "http://"+listener.Addr().String(), dir, handler)
	if err := serveUntilDone(ctx, listener, handler); err != nil {
		return fmt.Errorf("replay: %w", err)
	}
	return nil
}

func announce(stdout, stderr io.Writer, base, dir string, handler *replay.Server) {
	models, datasets, repositories := handler.Systems()
	fmt.Fprintf(stderr, "Serving %s: %d models, %d datasets, %d repositories. Interrupt to stop.\n", dir, models,
		datasets, repositories)
	fmt.Fprintf(stderr, "Listening on %s\n", base)
	for _, v := range replayVariables {
		fmt.Fprintf(stdout, "export %s=%s%s\n", v.name, base, v.path)
	}
}
