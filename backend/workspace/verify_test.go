package workspace

import (
	"strings"
	"testing"

	"vedette/backend/casefile"
)

func TestVerificationInWords(t *testing.T) {
	for code, want := range map[string]string{
		"":                      "VERIFIED: everything",
		casefile.NoteClock:      "VERIFIED: everything",
		casefile.NoteAdopted:    "VERIFIED, WITHIN THE NOTES ABOVE",
		casefile.NoteUnderstood: "VERIFIED, WITHIN THE NOTES ABOVE",
	} {
		v := Verification{VerifyReport: casefile.VerifyReport{OK: true, Claim: casefile.ClaimCheckpoint}}
		if code != "" {
			v.Notes = []casefile.Finding{{Code: code, Object: "log:2", Message: "m"}}
		}
		var b strings.Builder
		WriteVerification(&b, v)
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q: %s", code, b.String())
		}
	}
}
