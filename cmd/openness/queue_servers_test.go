package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// natsServer is the test binary as a NATS server of its own, so that it can be
// killed: its name, client port, cluster port, folder, and the ports of the rest
// of the cluster.
func natsServer() {
	args := os.Args[1:]
	port, _ := strconv.Atoi(args[1])
	inner, _ := strconv.Atoi(args[2])
	options := &server.Options{ServerName: args[0], Host: "127.0.0.1", Port: port, JetStream: true, StoreDir: args[3],
		NoLog: true}
	if inner != 0 {
		options.Cluster = server.ClusterOpts{Name: "openness", Host: "127.0.0.1", Port: inner}
		options.Routes = server.RoutesFromStr(args[4])
	}
	s, err := server.NewServer(options)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	s.Start()
	s.WaitForShutdown()
}

// servers are NATS servers in processes of their own.
type servers struct {
	t     *testing.T
	args  [][]string
	ports []int
	runs  []*exec.Cmd
}

func freePorts(t *testing.T, n int) []int {
	t.Helper()
	var ports []int
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

// startServers starts one server, or three that form a cluster.
func startServers(t *testing.T, n int) *servers {
	t.Helper()
	ports := freePorts(t, 2*n)
	s := &servers{t: t, ports: ports[:n], runs: make([]*exec.Cmd, n)}
	var routes []string
	for i := range n {
		routes = append(routes, fmt.Sprintf("nats://127.0.0.1:%d", ports[n+i]))
	}
	folder := t.TempDir()
	for i := range n {
		inner := ports[n+i]
		if n == 1 {
			inner = 0
		}
		s.args = append(s.args, []string{fmt.Sprintf("s%d", i), strconv.Itoa(ports[i]), strconv.Itoa(inner),
			filepath.Join(folder, strconv.Itoa(i)),
			strings.Join(routes, ",")})
		s.start(i)
	}
	t.Cleanup(func() {
		for i := range n {
			s.kill(i)
		}
	})
	return s
}

func (s *servers) start(i int) {
	program, err := exec.LookPath("natsserver")
	if err != nil {
		s.t.Fatal(err)
	}
	s.runs[i] = exec.Command(program, s.args[i]...)
	s.runs[i].Stderr = os.Stderr
	if err := s.runs[i].Start(); err != nil {
		s.t.Fatal(err)
	}
}

// kill ends a server at once, as a machine that loses its power does.
func (s *servers) kill(i int) {
	if s.runs[i] != nil {
		_ = s.runs[i].Process.Kill()
		_ = s.runs[i].Wait()
		s.runs[i] = nil
	}
}

// url lists all servers, or the one at a port that leads to the first.
func (s *servers) url() string {
	var all []string
	for _, p := range s.ports {
		all = append(all, fmt.Sprintf("nats://127.0.0.1:%d", p))
	}
	return strings.Join(all, ",")
}

// empty reports whether nothing of any run is left on the servers.
func (s *servers) empty() (messages uint64, err error) {
	nc, err := nats.Connect(s.url(), nats.Timeout(5*time.Second))
	if err != nil {
		return 0, err
	}
	defer nc.Close()
	js, err := nc.JetStream()
	if err != nil {
		return 0, err
	}
	for _, name := range []string{"OPENNESS_JOBS", "OPENNESS_RESULTS"} {
		info, err := js.StreamInfo(name)
		if err != nil {
			return 0, err
		}
		messages += info.State.Msgs
	}
	return messages, nil
}
