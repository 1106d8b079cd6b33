// Package workspace is the house's working floor: it joins the case file, the
// columns, the search index, importers, collectors, enrichment, analytics and
// reports into the use cases of the command line and the window. It holds no
// SQL and speaks to no network itself.
package workspace
