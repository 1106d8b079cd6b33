package exercise

import (
	"fmt"
	"time"

	"vedette/backend/model"
)

// Days is the length of the scenario.
const Days = 21

// DefaultStart is the first day of a scenario when Options.Start is zero: a Monday.
var DefaultStart = time.Date(2026, time.March, 2, 0, 0, 0, 0, time.UTC)

// Options are the choices besides the seed.
type Options struct {
	// Start is the day on which the scenario begins; its time of day and zone
	// are ignored (midnight UTC). Zero: DefaultStart. A Monday keeps week-ends
	// where the story expects them.
	Start time.Time
}

// Scenario is a generated exercise. It is immutable and safe for concurrent reads.
type Scenario struct {
	Seed uint64
	// Start is the first instant and End the first instant after the last day, UTC.
	Start time.Time
	End   time.Time
	// Subjects are what the exercise's case watches, as written to subjects.json.
	Subjects []model.Subject
	// Truth is what an analyst should find, as written to truth.json.
	Truth Truth

	accounts []*account
	posts    []*post // in order of time
}

// Generate builds the scenario of a seed. The result depends on nothing but its
// arguments. An error means that the embedded phrase banks are broken.
func Generate(seed uint64, o Options) (*Scenario, error) {
	start := o.Start
	if start.IsZero() {
		start = DefaultStart
	}
	start = time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, time.UTC)
	b, err := newBuilder(seed, start)
	if err != nil {
		return nil, fmt.Errorf("load phrase banks: %w", err)
	}
	if err := b.build(); err != nil {
		return nil, fmt.Errorf("build scenario %d: %w", seed, err)
	}
	s := &Scenario{
		Seed: seed, Start: start, End: start.AddDate(0, 0, Days),
		Subjects: subjects(), accounts: b.accounts, posts: b.posts,
	}
	s.Truth = b.truth(s)
	return s, nil
}
