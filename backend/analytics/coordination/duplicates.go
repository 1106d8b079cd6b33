package coordination

import "slices"

// duplicates counts the rows that repeat an earlier one in every column. It takes
// eight bytes a row.
func duplicates(s *Shares) int64 {
	mixes := make([]uint64, s.Len())
	for i := range mixes {
		mixes[i] = s.mix(i)
	}
	slices.Sort(mixes)
	again := map[uint64]bool{} // rows that are equal have equal mixes
	for i := 1; i < len(mixes); i++ {
		if mixes[i] == mixes[i-1] {
			again[mixes[i]] = true
		}
	}
	if len(again) == 0 {
		return 0
	}
	type row struct {
		object, account, content uint32
		at                       int64
	}
	var n int64
	seen := map[row]bool{}
	for i := range s.at {
		if !again[s.mix(i)] {
			continue
		}
		r := row{s.object[i], s.account[i], s.content[i], s.at[i]}
		if seen[r] {
			n++
		}
		seen[r] = true
	}
	return n
}

// mix is a hash of row i.
func (s *Shares) mix(i int) uint64 {
	return mix(mix(uint64(s.object[i])<<32|uint64(s.content[i])) + mix(uint64(s.account[i])+uint64(s.at[i])*0x9e3779b97f4a7c15))
}
