package workspace

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"vedette/backend/casefile"
	"vedette/backend/enrich"
	"vedette/backend/model"
)

// ConfigEnv names the environment variable that moves the configuration folder.
const ConfigEnv = "VEDETTE_CONFIG"

// maxRecent bounds the list of recent cases.
const maxRecent = 30

// DeskOptions is what a desk needs from outside. Zero values take the real
// thing: the user's configuration folder, the system clock and crypto/rand.
type DeskOptions struct {
	ConfigDir string // settings, recent cases, checkpoints and the signing key
	Actor     string // who is written into the custody log
	Now       func() time.Time
	Rand      io.Reader
	// CollectAllow lets the network client reach addresses that it refuses
	// otherwise; only tests set it.
	CollectAllow AddressRule
	// CollectWait stands in for waiting between requests; only tests set it.
	CollectWait func(ctx context.Context, d time.Duration) error
}

// Desk is the application: it creates and opens cases and remembers them.
type Desk struct {
	opt DeskOptions
	// engine loads the models when they are first needed: most commands need none.
	engine func() (*enrich.Engine, error)
	mu     sync.Mutex // guards the list of recent cases on disk
}

// NewDesk prepares the configuration folder.
func NewDesk(o DeskOptions) (*Desk, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Actor == "" {
		o.Actor = currentUser()
	}
	if o.ConfigDir == "" {
		o.ConfigDir = os.Getenv(ConfigEnv)
	}
	if o.ConfigDir == "" {
		base, err := os.UserConfigDir()
		if err != nil {
			return nil, fmt.Errorf("find the configuration folder: %w", err)
		}
		o.ConfigDir = filepath.Join(base, "vedette")
	}
	if err := os.MkdirAll(o.ConfigDir, 0o700); err != nil {
		return nil, fmt.Errorf("make the configuration folder: %w", err)
	}
	return &Desk{opt: o, engine: sync.OnceValues(loadEngine)}, nil
}

func loadEngine() (*enrich.Engine, error) {
	e, err := enrich.New(models())
	if err != nil {
		return nil, fmt.Errorf("load models: %w", err)
	}
	return e, nil
}

// currentUser names the person at the desk for the custody log.
func currentUser() string {
	u, err := user.Current()
	if err != nil || u.Username == "" {
		return "unknown"
	}
	return u.Username
}

// DefaultMeta returns the metadata of a new case before anything is filled in.
func DefaultMeta() model.CaseMeta {
	return model.CaseMeta{TLP: model.TLPAmber, Yardstick: model.YardstickICD203, Zone: "UTC"}
}

// Create makes a case in dir, which must not exist or be empty, and opens it.
// A missing name, owner or purpose is a fault: a case without them cannot be
// defended.
func (d *Desk) Create(ctx context.Context, dir string, meta model.CaseMeta) (*Session, error) {
	if err := checkMeta(&meta); err != nil {
		return nil, err
	}
	id, err := uuid.NewRandomFromReader(d.opt.Rand)
	if err != nil {
		return nil, fmt.Errorf("make a case id: %w", err)
	}
	meta.ID = id.String()
	meta.Created = d.opt.Now().UTC()
	c, err := casefile.Create(ctx, dir, meta, d.caseOptions(false))
	if err != nil {
		return nil, fmt.Errorf("create case in %s: %w", dir, err)
	}
	return d.begin(ctx, c)
}

// checkMeta refuses metadata that a case cannot be made of.
func checkMeta(m *model.CaseMeta) error {
	for _, f := range [...]struct{ field, value string }{{"name", m.Name}, {"owner", m.Owner}, {"purpose", m.Purpose}} {
		if f.value == "" {
			return &model.Fault{Code: "missing_field", Params: map[string]string{
				"field": f.field, "message": "a case needs a " + f.field,
			}}
		}
	}
	def := DefaultMeta()
	if m.TLP == "" {
		m.TLP = def.TLP
	}
	if m.Yardstick == "" {
		m.Yardstick = def.Yardstick
	}
	if m.Zone == "" {
		m.Zone = def.Zone
	}
	if _, err := loadZone(m.Zone); err != nil {
		return err
	}
	if !slices.Contains([]model.TLP{model.TLPRed, model.TLPAmberStrict, model.TLPAmber, model.TLPGreen, model.TLPClear}, m.TLP) {
		return &model.Fault{Code: "bad_tlp", Params: map[string]string{
			"tlp": string(m.TLP), "message": fmt.Sprintf("%q is not a TLP marking; use red, amber+strict, amber, green or clear", m.TLP),
		}}
	}
	if m.Yardstick != model.YardstickICD203 && m.Yardstick != model.YardstickPHIA {
		return &model.Fault{Code: "bad_yardstick", Params: map[string]string{
			"yardstick": string(m.Yardstick), "message": fmt.Sprintf("%q is not a yardstick; use icd203 or phia", m.Yardstick),
		}}
	}
	if m.RetainUntil != "" {
		if _, err := time.Parse(time.DateOnly, m.RetainUntil); err != nil {
			return &model.Fault{Code: "bad_date", Params: map[string]string{
				"date": m.RetainUntil, "message": fmt.Sprintf("%q is not a date; use YYYY-MM-DD", m.RetainUntil),
			}}
		}
	}
	return nil
}

// Open opens the case in dir. A read-only session works while somebody else
// holds the case, and changes nothing in it.
func (d *Desk) Open(ctx context.Context, dir string, readOnly bool) (*Session, error) {
	c, err := casefile.Open(ctx, dir, d.caseOptions(readOnly))
	if err != nil {
		return nil, fmt.Errorf("open case %s: %w", dir, err)
	}
	return d.begin(ctx, c)
}

func (d *Desk) caseOptions(readOnly bool) casefile.Options {
	return casefile.Options{
		Actor: d.opt.Actor, Now: d.opt.Now, Rand: d.opt.Rand, ConfigDir: d.opt.ConfigDir, ReadOnly: readOnly,
	}
}

// begin turns an opened case file into a session and remembers the case.
func (d *Desk) begin(ctx context.Context, c *casefile.Case) (*Session, error) {
	s, err := newSession(ctx, d, c)
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	if err := d.remember(c); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (d *Desk) recentFile() string { return filepath.Join(d.opt.ConfigDir, "recent.json") }

// Recent lists the cases opened on this machine, latest first.
func (d *Desk) Recent() ([]RecentCase, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	list, err := d.readRecent()
	if err != nil {
		return nil, err
	}
	for i := range list {
		_, err := os.Stat(filepath.Join(list[i].Dir, "case.db"))
		list[i].Exists = err == nil
	}
	return list, nil
}

// Forget takes a case off the list of recent ones; the case itself stays.
func (d *Desk) Forget(id string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	list, err := d.readRecent()
	if err != nil {
		return err
	}
	return d.writeRecent(slices.DeleteFunc(list, func(r RecentCase) bool { return r.ID == id }))
}

func (d *Desk) readRecent() ([]RecentCase, error) {
	b, err := os.ReadFile(d.recentFile())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read recent cases: %w", err)
	}
	var list []RecentCase
	if err := json.Unmarshal(b, &list); err != nil {
		// The list is a convenience; a damaged one must not keep a case shut.
		return nil, nil
	}
	return list, nil
}

func (d *Desk) writeRecent(list []RecentCase) error {
	b, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return fmt.Errorf("write recent cases: %w", err)
	}
	return writeFileAtomic(d.recentFile(), b, 0o600)
}

func (d *Desk) remember(c *casefile.Case) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	list, err := d.readRecent()
	if err != nil {
		return err
	}
	dir, err := filepath.Abs(c.Dir())
	if err != nil {
		return fmt.Errorf("find the case folder: %w", err)
	}
	m := c.Meta()
	list = slices.DeleteFunc(list, func(r RecentCase) bool { return r.ID == m.ID || r.Dir == dir })
	list = slices.Insert(list, 0, RecentCase{ID: m.ID, Name: m.Name, Owner: m.Owner, Dir: dir, Opened: d.opt.Now().UTC()})
	return d.writeRecent(list[:min(len(list), maxRecent)])
}

// randRead fills b with randomness for salts; several workers may ask at once.
func (d *Desk) randRead(b []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := io.ReadFull(d.opt.Rand, b)
	if err != nil {
		return n, fmt.Errorf("read randomness: %w", err)
	}
	return n, nil
}
