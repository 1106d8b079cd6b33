//go:build !race

package cli

// slow is false: there is no race detector.
const slow = false
