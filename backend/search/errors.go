package search

import (
	"errors"
	"fmt"
)

// ErrRebuild says that the index is missing, damaged or out of date, and has to
// be built again from the case.
var ErrRebuild = errors.New("the search index has to be rebuilt")

// ErrInUse says that another process has the index open; nothing is wrong with it.
var ErrInUse = errors.New("the search index is in use by another process")

// The codes of a SyntaxError.
const (
	CodeTooLong        = "query_too_long"       // Params: max (bytes)
	CodeTooMany        = "too_many_clauses"     // max
	CodeTooDeep        = "nested_too_deep"      // max
	CodeUnclosedQuote  = "unclosed_quote"       //
	CodeUnclosedParen  = "unclosed_parenthesis" //
	CodeStrayParen     = "stray_parenthesis"    //
	CodeEmptyGroup     = "empty_group"          //
	CodeMissingOperand = "missing_operand"      // operator
	CodeUnknownField   = "unknown_field"        // field
	CodeMissingValue   = "missing_value"        // field
	CodeBadValue       = "bad_value"            // field, value, allowed
	CodeBadNumber      = "bad_number"           // field, value
	CodeBadTime        = "bad_time"             // field, value
	CodeEmptyRange     = "empty_range"          // field, value
	CodeNoWord         = "no_word"              // value
	CodeTooManyWords   = "too_many_matches"     // value, max
	CodeUnknownSubject = "unknown_subject"      // name
)

// SyntaxError is a mistake in a query. Pos and Len are the bytes of the query
// that it is about; Code is stable, Params are its values; Suggestion, when
// there is one, is what to put in their place.
type SyntaxError struct {
	Pos, Len   int
	Code       string
	Params     map[string]string
	Suggestion string
}

// Error is the English sentence.
func (e *SyntaxError) Error() string {
	s := fmt.Sprintf("query, position %d: %s", e.Pos+1, e.Sentence())
	if e.Suggestion != "" {
		s += fmt.Sprintf("; did you mean %s?", e.Suggestion)
	}
	return s
}

// Sentence is the English sentence without position and suggestion.
func (e *SyntaxError) Sentence() string {
	p := e.Params
	switch e.Code {
	case CodeTooLong:
		return "the query is longer than " + p["max"] + " bytes"
	case CodeTooMany:
		return "the query has more than " + p["max"] + " terms"
	case CodeTooDeep:
		return "the query is nested deeper than " + p["max"] + " levels"
	case CodeUnclosedQuote:
		return "this quotation mark is never closed"
	case CodeUnclosedParen:
		return "this parenthesis is never closed"
	case CodeStrayParen:
		return "this parenthesis was never opened"
	case CodeEmptyGroup:
		return "there is nothing between the parentheses"
	case CodeMissingOperand:
		return p["operator"] + " needs a term here"
	case CodeUnknownField:
		return "there is no field " + p["field"]
	case CodeMissingValue:
		return "the field " + p["field"] + " needs a value"
	case CodeBadValue:
		return fmt.Sprintf("%q is not a value of %s (%s)", p["value"], p["field"], p["allowed"])
	case CodeBadNumber:
		return fmt.Sprintf("%q is not a number for %s", p["value"], p["field"])
	case CodeBadTime:
		return fmt.Sprintf("%q is not a date or time (2024, 2024-01, 2024-01-31, 2024-01-31T14:05)", p["value"])
	case CodeEmptyRange:
		return fmt.Sprintf("the range %s ends before it begins", p["value"])
	case CodeNoWord:
		return fmt.Sprintf("%q has no letter or digit to search for", p["value"])
	case CodeTooManyWords:
		return fmt.Sprintf("%s matches more than %s different words; write more of it", p["value"], p["max"])
	case CodeUnknownSubject:
		return fmt.Sprintf("no subject is named %q", p["name"])
	}
	return e.Code
}
