package custody

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"aead.dev/minisign"
)

// ErrSignature is wrapped by every error about a signature that does not hold.
var ErrSignature = errors.New("the signature does not hold")

// Key is a signing key. The zero value signs nothing.
type Key struct{ private minisign.PrivateKey }

// NewKey makes a signing key.
func NewKey(random io.Reader) (Key, error) {
	_, private, err := minisign.GenerateKey(random)
	if err != nil {
		return Key{}, fmt.Errorf("make a signing key: %w", err)
	}
	return Key{private: private}, nil
}

// ParseKey reads what Key.MarshalText wrote.
func ParseKey(text []byte) (Key, error) {
	var k Key
	if err := k.private.UnmarshalText(bytes.TrimSpace(text)); err != nil {
		return Key{}, fmt.Errorf("parse signing key: %w", err)
	}
	return k, nil
}

// MarshalText returns the secret key in minisign's format, without a password.
func (k Key) MarshalText() ([]byte, error) {
	b, err := k.private.MarshalText()
	if err != nil {
		return nil, fmt.Errorf("write signing key: %w", err)
	}
	return append(b, '\n'), nil
}

// IsZero reports whether there is no key.
func (k Key) IsZero() bool { return k.private.ID() == 0 }

// Public returns the public key as minisign writes it on its second line.
func (k Key) Public() string {
	pub, ok := k.private.Public().(minisign.PublicKey)
	if !ok || k.IsZero() {
		return ""
	}
	return publicText(pub)
}

// Sign returns the text of a detached minisign signature (pre-hashed ed25519).
// The comment is signed too; it must be one line.
func (k Key) Sign(message []byte, comment string) ([]byte, error) {
	r := minisign.NewReader(bytes.NewReader(message))
	if _, err := io.Copy(io.Discard, r); err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	return r.SignWithComments(k.private, comment, "vedette "+k.Public()), nil
}

// VerifySignature checks a detached minisign signature against a public key as
// Key.Public gives it.
func VerifySignature(public string, message, signature []byte) error {
	var pub minisign.PublicKey
	if err := pub.UnmarshalText([]byte(public)); err != nil {
		return fmt.Errorf("%w: public key: %w", ErrSignature, err)
	}
	r := minisign.NewReader(bytes.NewReader(message))
	if _, err := io.Copy(io.Discard, r); err != nil {
		return fmt.Errorf("%w: %w", ErrSignature, err)
	}
	if !r.Verify(pub, signature) {
		return ErrSignature
	}
	return nil
}

// SignedCheckpoint is a checkpoint with its signature: the checkpoint's text,
// an empty line, and the minisign signature over that text.
type SignedCheckpoint struct {
	Checkpoint Checkpoint
	Signature  []byte
}

// SignCheckpoint signs a checkpoint.
func SignCheckpoint(c Checkpoint, k Key) (SignedCheckpoint, error) {
	sig, err := k.Sign(c.Text(), fmt.Sprintf("case %s size %d time %s", c.Case, c.Size, c.Time.UTC().Format(TimeLayout)))
	if err != nil {
		return SignedCheckpoint{}, err
	}
	return SignedCheckpoint{Checkpoint: c, Signature: sig}, nil
}

// Bytes returns both parts as one file.
func (s *SignedCheckpoint) Bytes() []byte {
	b := append(s.Checkpoint.Text(), '\n')
	return append(b, s.Signature...)
}

// Verify checks the signature against a public key.
func (s *SignedCheckpoint) Verify(public string) error {
	return VerifySignature(public, s.Checkpoint.Text(), s.Signature)
}

// ParseSignedCheckpoint splits what SignedCheckpoint.Bytes made. It does not
// check the signature.
func ParseSignedCheckpoint(data []byte) (SignedCheckpoint, error) {
	text, sig, ok := bytes.Cut(data, []byte("\n\n"))
	if !ok {
		return SignedCheckpoint{}, fmt.Errorf("%w: no signature", ErrCheckpoint)
	}
	c, err := ParseCheckpoint(append(bytes.Clone(text), '\n'))
	if err != nil {
		return SignedCheckpoint{}, err
	}
	return SignedCheckpoint{Checkpoint: c, Signature: sig}, nil
}

func publicText(pub minisign.PublicKey) string {
	b, err := pub.MarshalText()
	if err != nil {
		return ""
	}
	lines := bytes.Split(bytes.TrimSpace(b), []byte("\n"))
	return string(lines[len(lines)-1])
}
