package cli

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// table writes a file of a test and gives its path.
func table(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "table.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const shareTable = "\ufeffaccount_id,object_id,content_id,timestamp_share,more\n" +
	"mia,u1,1,1700000000,x\n\"leo\",u1,2,1700000004,x\nmia,u2,3,2023-11-15T10:00:00Z,x\nleo,u2,4,2023-11-15T10:00:08Z,x\nzoe,u2,5,2023-11-15 11:00:00,x\nzoe,u3,6,1.7000001e9,x\n"

func TestMethodCoordination(t *testing.T) {
	r := &runner{t: t, config: t.TempDir()}
	path := table(t, shareTable)
	if got := r.must(ExitDone, "method", "coordination", "--in", path); got != "account_a,account_b,weight,avg_time_delta\nleo,mia,2,6\n" {
		t.Errorf("%q", got)
	}
	var res struct {
		Summary  map[string]float64
		Edges    []map[string]any
		Clusters []struct{ Accounts []string }
		Null     *struct{ Rounds int } `json:"null_model"`
		Settings []map[string]float64  `json:"sensitivity"`
	}
	r.object(ExitDone, &res, "method", "coordination", "--in", path, "--time-window", "4", "--min-participation", "1", "--edge-weight", "0", "--rounds", "5", "--sensitivity")
	if res.Summary["pairs"] != 1 || res.Summary["vertices"] != 2 || res.Summary["sub_edges"] != 0 || res.Summary["rows"] != 6 || len(res.Edges) != 1 || res.Null.Rounds != 5 || len(res.Settings) == 0 {
		t.Errorf("%+v", res)
	}
	for _, bad := range []string{"", "a,b\n1,2\n", "object_id,account_id,content_id,timestamp_share\nu,a,1,soon\n", "object_id,account_id,content_id,timestamp_share\nu,a\n"} {
		if _, _, errs := r.run("method", "coordination", "--in", table(t, bad)); !strings.Contains(errs, "able") && !strings.Contains(errs, "Line") {
			t.Errorf("%q: %s", bad, errs)
		}
	}
	r.must(ExitUsage, "method", "coordination")
	r.must(ExitUsage, "method", "coordination", "--in", path, "--edge-weight", "2")
	r.must(ExitFailed, "method", "coordination", "--in", filepath.Join(t.TempDir(), "absent.csv"))
}

func TestMethodAlerts(t *testing.T) {
	r := &runner{t: t, config: t.TempDir()}
	var b strings.Builder
	b.WriteString("value,timestamp\n")
	start := time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
	const steps, rise = 10 * 288, 9*288 + 100
	for i := range steps {
		n := 4 + i%3
		if i >= rise && i < rise+30 {
			n = 90
		}
		fmt.Fprintf(&b, "%d,%s\n", n, start.Add(time.Duration(i)*5*time.Minute).Format(time.DateTime))
	}
	path := table(t, b.String())
	for _, args := range [][]string{nil, {"--json"}} {
		out := strings.Split(strings.TrimSpace(r.must(ExitDone, append([]string{"method", "alerts", "--in", path}, args...)...)), "\n")
		if len(out) != steps {
			t.Fatalf("%d lines", len(out))
		}
		alerts := 0
		for i, line := range out {
			var row struct {
				Time    string
				Score   float64
				Alert   bool
				Reasons []struct{ Code string }
			}
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				t.Fatal(err)
			}
			if i == 0 && (row.Time != "2024-03-01 00:00:00" || len(row.Reasons) != 1 || row.Reasons[0].Code != "too_little_history") {
				t.Errorf("%+v", row)
			}
			if row.Alert {
				alerts++
				if i < rise || i > rise+2 || row.Score < 2.5 {
					t.Errorf("alert at %d: %+v", i, row)
				}
			}
		}
		if alerts != 1 {
			t.Errorf("%d alerts", alerts)
		}
	}
	for _, bad := range []string{"timestamp,value\n2024-01-01,-3\n", "timestamp,value\n2024-01-01,many\n", "timestamp,value\n0,1\n1,1\n2,1\n99999999999,1\n"} {
		r.must(ExitUsage, "method", "alerts", "--in", table(t, bad))
	}
}

func TestMethodAutomation(t *testing.T) {
	r := &runner{t: t, config: t.TempDir()}
	csvTable := "id,screen_name,name,description,followers_count,friends_count,listedcount,favourites_count,statuses_count,created_at,captured_at,default_profile,verified\n" +
		"1,hourly_tide_bot,Tide times,A bot that posts the tide every hour,40,0,1,0,90000,2016-01-01,2017-03-10,TRUE,FALSE\n" +
		"2,mira_l,Mira Lund,Reads too much,2400,500,60,9000,8000,2009-02-03,2017-03-10,FALSE,TRUE\n3,x,,,,,,,,,,,\n"
	jsonTable := `{"id":"1","username":"hourly_tide_bot","name":"Tide times","description":"A bot that posts the tide every hour","public_metrics":{"followers_count":40,"following_count":0,"tweet_count":90000,"listed_count":1,"like_count":0},"created_at":"2016-01-01T00:00:00Z","captured_at":"2017-03-10","default_profile":true,"verified":false}` + "\n"
	type row struct {
		ID           string
		Score        *float64
		Insufficient bool
		Features     []struct{ Name string }
	}
	read := func(text string) []row {
		var out []row
		for line := range strings.Lines(r.must(ExitDone, "method", "automation", "--in", table(t, text))) {
			var x row
			if err := json.Unmarshal([]byte(line), &x); err != nil {
				t.Fatal(err)
			}
			out = append(out, x)
		}
		return out
	}
	got := read(csvTable)
	if len(got) != 3 || *got[0].Score < .9 || *got[1].Score > .1 || len(got[0].Features) < 20 || got[2].Score != nil || !got[2].Insufficient {
		t.Fatalf("%+v", got)
	}
	again := read(jsonTable)
	if len(again) != 1 || *again[0].Score != *got[0].Score {
		t.Errorf("JSON scores %v, CSV %v", *again[0].Score, *got[0].Score)
	}
}

func TestMethodCommunities(t *testing.T) {
	r := &runner{t: t, config: t.TempDir()}
	path := table(t, "source,target,weight\na,b,1\nb,c,2\nc,a,1\nd,e,1\ne,f,1\nf,d,1\nc,d,0.5\ng,h,0\n")
	rows, err := csv.NewReader(strings.NewReader(r.must(ExitDone, "method", "communities", "--in", path))).ReadAll()
	if err != nil || len(rows) != 9 || rows[0][0] != "node" || rows[1][1] != rows[3][1] || rows[1][1] == rows[4][1] || rows[7][1] == rows[8][1] {
		t.Errorf("%v, %v", err, rows)
	}
	var res struct {
		Modularity  float64
		Communities int
		Nodes       []struct{ Node string }
	}
	r.object(ExitDone, &res, "method", "communities", "--in", path)
	if res.Modularity < .3 || res.Communities != 4 || len(res.Nodes) != 8 || res.Nodes[0].Node != "a" {
		t.Errorf("%+v", res)
	}
	r.must(ExitUsage, "method", "communities", "--in", table(t, "source,target,weight\na,b,-1\n"))
	r.must(ExitUsage, "method", "communities", "--in", path, "--resolution", "0")
}
