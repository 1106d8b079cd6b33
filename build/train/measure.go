package main

// scores are the usual figures of a classifier, as means over classes.
type scores struct {
	accuracy, recall, f1 float64
	classRecall, classF1 []float64
}

// measure compares predicted with true classes 0..k−1; a prediction below 0 is
// wrong whatever the truth.
func measure(truth, got []int, k int) scores {
	hit, said, are := make([]float64, k), make([]float64, k), make([]float64, k)
	right := 0.0
	for i, y := range truth {
		are[y]++
		if got[i] >= 0 {
			said[got[i]]++
		}
		if got[i] == y {
			hit[y]++
			right++
		}
	}
	s := scores{accuracy: right / max(float64(len(truth)), 1)}
	n := 0.0
	for c := range k {
		recall, f1 := hit[c]/max(are[c], 1), 2*hit[c]/max(said[c]+are[c], 1)
		s.classRecall, s.classF1 = append(s.classRecall, recall), append(s.classF1, f1)
		if are[c] > 0 {
			n++
			s.recall += recall
			s.f1 += f1
		}
	}
	s.recall /= max(n, 1)
	s.f1 /= max(n, 1)
	return s
}

// f1At is the F1 of the texts whose score is at least edge against the truth.
func f1At(score []float64, truth []bool, edge float64) float64 {
	var hit, said, are float64
	for i, s := range score {
		if truth[i] {
			are++
		}
		if s >= edge {
			said++
			if truth[i] {
				hit++
			}
		}
	}
	return 2 * hit / max(said+are, 1)
}
