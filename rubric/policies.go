package rubric

import (
	"embed"
	"errors"
	"fmt"
	"os"
	"strings"

	"openness/audit"
)

//go:embed policies/*.yaml
var policyFiles embed.FS

// policyIDs lists the built-in policies, the strictest on sales first.
var policyIDs = []string{"commercial-eu", "commercial-us", "redistribute", "train-on-outputs", "open-source-only",
	"internal-research"}

var builtinPolicies = embedded("policy", policyIDs, PolicyFile, func(name string, data []byte) (*Policy, error) {
	return parsePolicy(name, data, trusted)
})

// PolicyIDs names the built-in policies without compiling any.
func PolicyIDs() []string { return append([]string(nil), policyIDs...) }

// Policies returns the built-in policies. The caller must not change them.
func Policies() []*Policy { return builtinPolicies.all() }

// PolicyFile returns the YAML text of a built-in policy, for people who want to
// start their own from it.
func PolicyFile(id string) ([]byte, error) {
	data, err := policyFiles.ReadFile("policies/" + id + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("%q is not one of the built-in policies %s%s", id, strings.Join(policyIDs, ", "),
			DidYouMean(id, policyIDs))
	}
	return data, nil
}

// LoadPolicy returns the built-in policy with this id or reads the file of this
// name. A file with faults gives Faults, all of them.
func LoadPolicy(idOrFile string) (*Policy, error) {
	if p, ok := builtinPolicies.find(idOrFile); ok {
		return p, nil
	}
	data, err := readFile(idOrFile)
	if errors.Is(err, os.ErrNotExist) && !strings.ContainsAny(idOrFile, "./\\") {
		return nil, fmt.Errorf("policy %q is neither a file nor one of %s%s", idOrFile, strings.Join(policyIDs, ", "),
			DidYouMean(idOrFile, policyIDs))
	}
	if err != nil {
		return nil, fmt.Errorf("policy %q: %w", idOrFile, err)
	}
	return ParsePolicy(idOrFile, data)
}

// ParsePolicy reads a policy from the bytes of a YAML file; name is for messages.
func ParsePolicy(name string, data []byte) (*Policy, error) {
	return parsePolicy(name, data, untrusted)
}

func parsePolicy(name string, data []byte, trust trust) (*Policy, error) {
	r, root, err := open(name, data, audit.Facts(), trust)
	if err != nil {
		return nil, err
	}
	p := r.policy(root)
	if len(r.faults) > 0 {
		return nil, r.faults.sorted()
	}
	p.SHA256 = audit.Hash(data)
	p.rubric.Ref = p.Ref
	return p, nil
}
