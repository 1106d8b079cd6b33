package names

import (
	"strconv"
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	var x Table
	if _, ok := x.Find("a"); ok || x.Len() != 0 {
		t.Fatal("an empty table knows something")
	}
	for i := range 100_000 {
		if c := x.Code(strconv.Itoa(i)); c != uint32(i) {
			t.Fatalf("%d has number %d", i, c)
		}
	}
	long := strings.Repeat("x", 3*blockSize)
	if x.Code("") != 100_000 || x.Code(long) != 100_001 || x.Code("7") != 7 {
		t.Fatal("numbers are not in the order of first sight")
	}
	for _, want := range []string{"", long, "99999", "0"} {
		c, ok := x.Find(want)
		if !ok || x.Value(c) != want {
			t.Fatalf("%.20q is %d, %v", want, c, ok)
		}
	}
	if _, ok := x.Find("absent"); ok || x.Len() != 100_002 {
		t.Fatal("a string that was never given is found")
	}
}
