package model

// Account is a participant as a source showed it at one moment. Counts are
// snapshots. Gender and age are only ever what the participant declared or the
// platform supplied, and carry their provenance.
type Account struct {
	Platform string `json:"platform,omitempty"`
	// NativeID is the platform's id; where a source gives only a handle, it is
	// "@" + the lower-cased handle.
	NativeID    string     `json:"native_id,omitempty"`
	Handle      string     `json:"handle,omitempty"`
	Name        string     `json:"name,omitempty"`
	Description string     `json:"description,omitempty"`
	URL         string     `json:"url,omitempty"`
	Created     Instant    `json:"created,omitzero"`
	Followers   Count      `json:"followers,omitzero"`
	Following   Count      `json:"following,omitzero"`
	Posts       Count      `json:"posts,omitzero"`
	Verified    *bool      `json:"verified,omitempty"`
	DeclaredBot bool       `json:"declared_bot,omitempty"`
	Place       Place      `json:"place,omitzero"`
	Gender      Attributed `json:"gender,omitzero"`
	Age         Attributed `json:"age,omitzero"`
}

// UID is the account's identity: "platform:native id"; empty when unknown.
func (a *Account) UID() string {
	if a.NativeID == "" {
		return ""
	}
	return a.Platform + ":" + a.NativeID
}

// IsZero reports whether the source named no author at all.
func (a Account) IsZero() bool { return a.NativeID == "" && a.Handle == "" && a.Name == "" }

// Attributed is a value with its provenance.
type Attributed struct {
	Value      string     `json:"value,omitempty"`
	Provenance Provenance `json:"provenance,omitempty"`
}

// IsZero reports whether there is no value.
func (a Attributed) IsZero() bool { return a.Value == "" }
