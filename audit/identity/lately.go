package identity

import (
	"strings"
	"sync"
)

// Bounds of what is remembered: so many names, each of so many bytes.
const (
	mostLately    = 1 << 10
	longestLately = 200
)

// A memory holds the names that were read lately, half of them for certain: what is
// asked for again moves from the older half to the newer one, and a full half takes
// the place of the older.
type memory struct {
	lock         sync.Mutex
	newer, older map[string]Name
}

var lately memory

func (m *memory) get(id string) (Name, bool) {
	m.lock.Lock()
	defer m.lock.Unlock()
	n, known := m.newer[id]
	if known {
		return n, true
	}
	if n, known = m.older[id]; known {
		m.add(strings.Clone(id), n)
	}
	return n, known
}

func (m *memory) put(id string, n Name) {
	if len(id) > longestLately {
		return
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	m.add(id, n)
}

func (m *memory) add(id string, n Name) {
	if m.newer == nil || len(m.newer) >= mostLately/2 {
		m.newer, m.older = make(map[string]Name), m.newer
	}
	m.newer[id] = n
}
