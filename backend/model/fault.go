package model

// Fault is an error with a stable code that the window translates, what it
// happened to, and the cause. It is made once, at the edge where the meaning is
// known; errors in between wrap with %w.
type Fault struct {
	Code   string            // snake_case, for example "case_locked"
	Params map[string]string // values for the translated sentence
	Err    error             // cause; may be nil
}

// Error gives the English sentence for logs and the command line.
func (f *Fault) Error() string {
	s := f.Code
	if m := f.Params["message"]; m != "" {
		s = m
	}
	if f.Err != nil {
		return s + ": " + f.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }
