package custody

import (
	"crypto/sha256"

	"vedette/backend/model"
)

// CommitItem hashes a record and commits to it. importerVersion is the batch's
// format and version joined by "/". The salt must be fresh random bytes: it
// keeps a commitment from betraying a short record after the record is erased.
func CommitItem(rec *model.Record, importerVersion string, salt [32]byte) model.Item {
	var canonical []byte
	switch {
	case rec.Post != nil:
		canonical = Canonical(rec.Post)
	case rec.Reject != nil:
		canonical = CanonicalReject(rec.Reject)
	}
	raw := model.Hash(sha256.Sum256(rec.Raw))
	return model.Item{
		Record:  *rec,
		RawHash: raw,
		Salt:    salt,
		Commit:  ItemCommit(salt, raw, canonical, importerVersion),
	}
}

// ItemCommit is SHA256("item1" ‖ salt ‖ raw ‖ SHA256(canonical ‖ importerVersion)).
// The canonical slice may be appended to in place.
func ItemCommit(salt [32]byte, raw model.Hash, canonical []byte, importerVersion string) model.Hash {
	parsed := sha256.Sum256(append(canonical, importerVersion...))
	var b [len(ItemTag) + 3*32]byte
	n := copy(b[:], ItemTag)
	n += copy(b[n:], salt[:])
	n += copy(b[n:], raw[:])
	copy(b[n:], parsed[:])
	return sha256.Sum256(b[:])
}

// PayloadCommit is the commitment of a log record that carries its content as
// a payload.
func PayloadCommit(payload []byte) model.Hash { return sha256.Sum256(payload) }
