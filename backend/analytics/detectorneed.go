package analytics

// What a restless series needs: a part of the score that it reached on the third
// of its highest days. Two rises in four weeks leave the threshold as it is; a
// series that rises every week must rise higher to be news. Of the values tried
// (days 14 to 28, second to fourth, a half to one) these stand in the middle of a
// wide range in which the labelled series come out alike.
const (
	restlessDay  = 3
	restlessPart = 2.0 / 3
)

// needed is the score that step i needs, threshold or more: scores are those of
// the steps before. The highest score of each of the last days counts once; a day
// is 24 hours that end a window's length before the step, and so on backwards.
func (d detector) needed(scores []float64, i int, threshold float64) float64 {
	var top [restlessDay]float64 // descending
	end := i - d.span
	for day := 0; day < d.memory && end > 0; day++ {
		peak := 0.0
		for _, s := range scores[max(end-d.day, 0):end] {
			peak = max(peak, s)
		}
		for k := range top {
			if peak > top[k] {
				peak, top[k] = top[k], peak
			}
		}
		end -= d.day
	}
	return max(threshold, restlessPart*top[restlessDay-1])
}
