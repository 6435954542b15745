package fetch

import (
	"container/list"
	"sync"

	"openness/audit"
)

// What one run remembers of its own answers. Base models and repositories that
// many subjects share are asked for once; the bounds keep memory flat however
// many subjects there are. An answer that was forgotten is asked for again,
// conditionally where there is a cache.
const (
	memoryBytes   = 64 << 20
	memoryEntries = 16384
)

// A memory is a least-recently-used store of documents by URL.
type memory struct {
	mu      sync.Mutex
	maxSize int
	maxLen  int
	size    int
	order   *list.List // of *remembered, most recent first
	byKey   map[string]*list.Element
}

type remembered struct {
	key string
	doc audit.Document
}

func newMemory(maxSize, maxLen int) *memory {
	return &memory{maxSize: maxSize, maxLen: maxLen, order: list.New(), byKey: make(map[string]*list.Element)}
}

func (m *memory) get(key string) (audit.Document, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.byKey[key]
	if !ok {
		return audit.Document{}, false
	}
	m.order.MoveToFront(e)
	return e.Value.(*remembered).doc, true
}

func (m *memory) put(key string, d audit.Document) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e, ok := m.byKey[key]; ok {
		m.drop(e)
	}
	m.byKey[key] = m.order.PushFront(&remembered{key, d})
	m.size += len(d.Body)
	for m.size > m.maxSize || m.order.Len() > m.maxLen {
		m.drop(m.order.Back())
	}
}

func (m *memory) drop(e *list.Element) {
	old := m.order.Remove(e).(*remembered)
	delete(m.byKey, old.key)
	m.size -= len(old.doc.Body)
}
