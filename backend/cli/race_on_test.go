//go:build race

package cli

// slow is true under the race detector, where everything takes several times as
// long: the same tests work on less there.
const slow = true
