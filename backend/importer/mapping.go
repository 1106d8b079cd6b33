package importer

import (
	"fmt"
	"strings"

	"vedette/backend/model"
)

// NeedsMapping says that a file is a table whose columns no profile explains.
// It unwraps to a *model.Fault with code "needs_mapping". Columns are as in the
// file, in order.
type NeedsMapping struct {
	Name    string
	Columns []string
}

// Error names the file and its columns.
func (n *NeedsMapping) Error() string { return n.Unwrap().Error() }

// Unwrap gives the fault for people.
func (n *NeedsMapping) Unwrap() error {
	list := strings.Join(n.Columns, ", ")
	return &model.Fault{Code: "needs_mapping", Params: map[string]string{
		"file": n.Name, "columns": list,
		"message": fmt.Sprintf("The file %q is a table that no profile fits. Say what its columns mean with --profile mapping.json. Its columns are: %s.", n.Name, list),
	}}
}

// tableFormat is the name of the format that reads a file by Options.Profile.
const tableFormat = "table"
