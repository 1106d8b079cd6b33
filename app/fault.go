package app

import (
	"context"
	"encoding/json"
	"errors"

	"vedette/backend/model"
)

// Problem is a failure as the page receives it: a stable snake_case code that
// it translates, the English sentence, and the values of the sentence.
type Problem struct {
	Code    string            `json:"code"`
	Message string            `json:"message"`
	Params  map[string]string `json:"params,omitempty"`
}

// problem makes a Problem of any error. An error without a fault in its chain
// has the code "unexpected".
func problem(err error) Problem {
	var fault *model.Fault
	if errors.As(err, &fault) {
		return Problem{Code: fault.Code, Message: fault.Error(), Params: fault.Params}
	}
	if errors.Is(err, context.Canceled) {
		return Problem{Code: "cancelled", Message: err.Error()}
	}
	return Problem{Code: "unexpected", Message: err.Error(), Params: map[string]string{"message": err.Error()}}
}

// text is a problem as a binding gives it to the page: the runtime there makes a
// JavaScript Error of it, of which only a string survives.
func (p Problem) text() string {
	b, err := json.Marshal(p)
	if err != nil { // strings always marshal
		return p.Message
	}
	return string(b)
}

// fault makes an error for people with a stable code.
func fault(code, message string, params map[string]string) error {
	all := map[string]string{"message": message}
	for k, v := range params {
		all[k] = v
	}
	return &model.Fault{Code: code, Params: all}
}
