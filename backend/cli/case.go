package cli

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

func (c *command) caseCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "case", Short: "Create and describe cases", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(c.caseNewCmd(), c.caseInfoCmd())
	return cmd
}

func (c *command) caseNewCmd() *cobra.Command {
	m := workspace.DefaultMeta()
	cmd := &cobra.Command{
		Use:   "new DIR",
		Short: "Create a case in a new folder",
		Example: `  vedette case new kestrel --name "Kestrel recall" --owner "A. Analyst" \
      --purpose "Early warning for the product team" --tlp amber --zone Europe/Madrid`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := c.desk()
			if err != nil {
				return err
			}
			s, err := d.Create(cmd.Context(), args[0], m)
			if err != nil {
				return fmt.Errorf("create the case: %w", err)
			}
			info, err := s.Info(cmd.Context())
			if cerr := s.Close(); err == nil {
				err = cerr
			}
			if err != nil {
				return fmt.Errorf("create the case: %w", err)
			}
			return c.print(infoJSON(info), func(w io.Writer) {
				fmt.Fprintf(w, "Created case %q in %s\nImport files next: vedette import %s FILE…\n", info.Meta.Name, args[0], args[0])
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&m.Name, "name", "", "name of the case (required)")
	f.StringVar(&m.Owner, "owner", "", "who answers for the case (required)")
	f.StringVar(&m.Purpose, "purpose", "", "why it is made (required)")
	f.StringVar(&m.Basis, "basis", "", "lawful basis and assessment reference")
	f.StringVar((*string)(&m.TLP), "tlp", string(m.TLP), "red, amber+strict, amber, green or clear")
	f.StringVar((*string)(&m.Yardstick), "yardstick", string(m.Yardstick), "probability words: icd203 or phia")
	f.StringVar(&m.Zone, "zone", m.Zone, "time zone for display and day boundaries")
	f.StringVar(&m.RetainUntil, "retain-until", "", "YYYY-MM-DD")
	f.BoolVar(&m.Training, "training", false, "synthetic data: watermark every page")
	return cmd
}

// caseJSON is the stable JSON of "case info".
type caseJSON struct {
	Meta        model.CaseMeta        `json:"meta"`
	ReadOnly    bool                  `json:"read_only"`
	Posts       int64                 `json:"posts"`
	Accounts    int64                 `json:"accounts"`
	ByPlatform  map[string]int64      `json:"by_platform"`
	ByType      map[string]int64      `json:"by_type"`
	ByLang      map[string]int64      `json:"by_lang"`
	Batches     int64                 `json:"batches"`
	Bytes       int64                 `json:"bytes"`
	Indexed     int64                 `json:"indexed"`
	Interrupted int64                 `json:"interrupted"`
	Custody     workspace.CustodyHead `json:"custody"`
}

func infoJSON(i workspace.Info) caseJSON {
	return caseJSON{
		Meta: i.Meta, ReadOnly: i.ReadOnly, Posts: i.Posts, Accounts: i.Accounts, ByPlatform: i.ByPlatform, ByType: i.ByType,
		ByLang: i.ByLang, Batches: i.Batches, Bytes: i.Bytes, Indexed: i.Indexed, Interrupted: i.Interrupted, Custody: i.Custody,
	}
}

func (c *command) caseInfoCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "info DIR",
		Short: "Say what is in a case",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], false, func(s *workspace.Session) error {
				info, err := s.Info(cmd.Context())
				if err != nil {
					return fmt.Errorf("describe the case: %w", err)
				}
				return c.print(infoJSON(info), func(w io.Writer) { printInfo(w, info) })
			})
		},
	}
}

func printInfo(w io.Writer, i workspace.Info) {
	fmt.Fprintf(w, "%s\n  owner    %s\n  purpose  %s\n  TLP      %s   zone %s   created %s\n", i.Meta.Name, i.Meta.Owner, i.Meta.Purpose,
		i.Meta.TLP, i.Meta.Zone, i.Meta.Created.Format("2006-01-02 15:04 UTC"))
	fmt.Fprintf(w, "  posts    %d by %d accounts, from %d batches (%.1f MB of evidence)\n", i.Posts, i.Accounts, i.Batches, float64(i.Bytes)/1e6)
	for _, g := range [...]struct {
		name   string
		counts map[string]int64
	}{{"platform", i.ByPlatform}, {"type", i.ByType}, {"lang", i.ByLang}} {
		fmt.Fprintf(w, "  %-8s", g.name)
		for _, k := range byCount(g.counts) {
			fmt.Fprintf(w, " %s %d ", k, g.counts[k])
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "  custody  %d records, root %s\n", i.Custody.Size, i.Custody.Root)
	if i.Indexed < i.Posts {
		fmt.Fprintf(w, "  index    %d of %d posts are searchable by text\n", i.Indexed, i.Posts)
	}
	if i.Interrupted > 0 {
		fmt.Fprintf(w, "  %d interrupted import(s): vedette import %s --resume\n", i.Interrupted, i.Dir)
	}
	fmt.Fprintln(w, "  An open case is not encrypted.")
}

// byCount lists a map's keys, most counted first.
func byCount(m map[string]int64) []string {
	return slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		if m[a] != m[b] {
			return int(m[b] - m[a])
		}
		if a < b {
			return -1
		}
		return 1
	})
}
