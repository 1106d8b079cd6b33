package linear

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
)

// magic opens a model file.
const magic = "vedette-linear 1\n"

// errModel is the cause of every failure to read a model.
var errModel = errors.New("damaged model")

// Model scores features: per class an intercept and 1<<Bits weights of one byte.
// It is immutable and safe for parallel use.
type Model struct {
	Name    string
	Classes []string
	Bits    uint
	Bias    []float32
	Step    []float32 // per class, what one step of a weight is worth
	weights []int8    // 1<<Bits rows of one weight a class
}

// Scores adds up the features, one sum a class, into out.
func (m *Model) Scores(f []Feature, out []float32) {
	k := len(m.Classes)
	out = out[:k]
	clear(out)
	mask := uint32(1)<<m.Bits - 1
	for _, x := range f {
		row := m.weights[int(x.Hash&mask)*k:][:k]
		for c, w := range row {
			out[c] += float32(float32(w) * x.Value) // rounded: never fused, so the same on every machine
		}
	}
	for c := range out {
		out[c] = float32(out[c]*m.Step[c]) + m.Bias[c]
	}
}

// Margin is how much a feature moves class a against class b.
func (m *Model) Margin(x Feature, a, b int) float32 {
	k := len(m.Classes)
	row := m.weights[int(x.Hash&(1<<m.Bits-1))*k:][:k]
	return (float32(row[a])*m.Step[a] - float32(row[b])*m.Step[b]) * x.Value
}

// Weight is how much a feature moves class a.
func (m *Model) Weight(x Feature, a int) float32 {
	k := len(m.Classes)
	return float32(m.weights[int(x.Hash&(1<<m.Bits-1))*k+a]) * m.Step[a] * x.Value
}

// Softmax turns scores into probabilities in place.
func Softmax(s []float32) {
	top := s[0]
	for _, x := range s {
		top = max(top, x)
	}
	sum := float32(0)
	for i, x := range s {
		s[i] = float32(math.Exp(float64(x - top)))
		sum += s[i]
	}
	for i := range s {
		s[i] /= sum
	}
}

// Pack makes a model of trained weights, rows of one weight a class, and writes
// it: weights are rounded to 127 steps a class, and rows of nothing beyond one
// step left out.
func Pack(name string, classes []string, bits uint, weights, bias []float32) []byte {
	k := len(classes)
	step := make([]float32, k)
	for i, w := range weights {
		step[i%k] = max(step[i%k], float32(math.Abs(float64(w)))/127)
	}
	b := []byte(magic + name + "\n" + strings.Join(classes, " ") + "\n")
	b = append(b, byte(bits))
	for c := range k {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(bias[c]))
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(step[c]))
	}
	gap := uint64(0)
	for at := 0; at < len(weights); at += k {
		row := make([]int8, k)
		any := false
		for c := range k {
			if step[c] > 0 {
				row[c] = int8(math.Round(float64(weights[at+c] / step[c])))
			}
			any = any || row[c] > 1 || row[c] < -1
		}
		if !any {
			gap++
			continue
		}
		b = binary.AppendUvarint(b, gap)
		for _, w := range row {
			b = append(b, byte(w))
		}
		gap = 0
	}
	return b
}

// Load reads a model that Pack wrote.
func Load(b []byte) (*Model, error) {
	rest, ok := strings.CutPrefix(string(b[:min(len(b), 4096)]), magic)
	name, rest, ok1 := strings.Cut(rest, "\n")
	list, _, ok2 := strings.Cut(rest, "\n")
	m := &Model{Name: name, Classes: strings.Fields(list)}
	k := len(m.Classes)
	if !ok || !ok1 || !ok2 || k < 1 || k > 64 {
		return nil, fmt.Errorf("read header: %w", errModel)
	}
	b = b[len(magic)+len(name)+len(list)+2:]
	if len(b) < 1+8*k || b[0] < 4 || b[0] > 22 {
		return nil, fmt.Errorf("read size: %w", errModel)
	}
	m.Bits, b = uint(b[0]), b[1:]
	for range k {
		bias, step := math.Float32frombits(binary.LittleEndian.Uint32(b)), math.Float32frombits(binary.LittleEndian.Uint32(b[4:]))
		if bias-bias != 0 || step-step != 0 {
			return nil, fmt.Errorf("read scale: %w", errModel)
		}
		m.Bias, m.Step = append(m.Bias, bias), append(m.Step, step)
		b = b[8:]
	}
	m.weights = make([]int8, k<<m.Bits)
	for at := uint64(0); len(b) > 0; at++ {
		gap, n := binary.Uvarint(b)
		if n <= 0 || gap >= 1<<m.Bits || at+gap >= 1<<m.Bits || len(b) < n+k {
			return nil, fmt.Errorf("read weights: %w", errModel)
		}
		at += gap
		for c := range k {
			m.weights[int(at)*k+c] = int8(b[n+c])
		}
		b = b[n+k:]
	}
	return m, nil
}
