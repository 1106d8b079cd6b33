package app

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"sync"
)

// Bounds of what is kept; the oldest goes first.
const (
	maxTokens   = 64
	maxPreviews = 2 // whole documents, of which the page shows one
)

// tokens hands out unguessable names for paths that the user chose, so that
// the page can use a choice without being able to name any other path, and for
// documents that the page fetches from the data handler.
type tokens struct {
	rand  io.Reader
	mu    sync.Mutex
	paths vault[[]string]
	docs  vault[[]byte]
}

// vault keeps values by token, at most most of them.
type vault[T any] struct {
	most   int
	values map[string]T
	order  []string
}

func newVault[T any](most int) vault[T] { return vault[T]{most: most, values: map[string]T{}} }

func (v *vault[T]) put(token string, value T) {
	v.values[token] = value
	v.order = append(v.order, token)
	if len(v.order) > v.most {
		delete(v.values, v.order[0])
		v.order = v.order[1:]
	}
}

func newTokens() *tokens {
	return &tokens{rand: rand.Reader, paths: newVault[[]string](maxTokens), docs: newVault[[]byte](maxPreviews)}
}

// make draws a token.
func (t *tokens) make() (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(t.rand, b[:]); err != nil {
		return "", fmt.Errorf("make a token: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}

// issue keeps chosen paths and returns their token.
func (t *tokens) issue(paths ...string) (string, error) {
	token, err := t.make()
	if err != nil {
		return "", err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.paths.put(token, slices.Clone(paths))
	return token, nil
}

// path returns the one path that a token stands for; an unknown one is a fault
// "bad_token".
func (t *tokens) path(token string) (string, error) {
	all, err := t.all(token)
	if err != nil {
		return "", err
	}
	if len(all) != 1 {
		return "", fault("bad_token", "this choice is of several files; choose one", nil)
	}
	return all[0], nil
}

// all returns the paths that a token stands for; an unknown one is a fault
// "bad_token".
func (t *tokens) all(token string) ([]string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	paths, ok := t.paths.values[token]
	if !ok {
		return nil, fault("bad_token", "this choice is no longer valid; choose again", nil)
	}
	return slices.Clone(paths), nil
}

// keepDocument keeps a document and returns its token.
func (t *tokens) keepDocument(b []byte) (string, error) {
	token, err := t.make()
	if err != nil {
		return "", err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.docs.put(token, b)
	return token, nil
}

// document returns a document; one that is no longer kept is a fault "bad_token".
func (t *tokens) document(token string) ([]byte, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	b, ok := t.docs.values[token]
	if !ok {
		return nil, fault("bad_token", "this document is no longer kept; make it again", nil)
	}
	return b, nil
}
