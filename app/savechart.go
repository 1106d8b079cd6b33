package app

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxChart bounds the bytes of a chart that the page may save.
const maxChart = 16 << 20

// maxChartPixels bounds a picture before it is decoded: a small file can claim
// a picture that fills the memory.
const maxChartPixels = 64 << 20

// SaveChart asks where to save a chart of the page and writes it: format is png,
// svg or csv, data its bytes in base64, name what the dialog proposes, dialog its
// title. It returns the file's name, "" when the user cancels. The page draws
// what strangers wrote, so that its bytes are checked for being what the format
// says, and nothing that a viewer would run.
func (s *SystemService) SaveChart(name, format, data, dialog string) (string, error) {
	if base64.StdEncoding.DecodedLen(len(data)) > maxChart+2 {
		return "", fault("chart_too_large", "the chart is larger than 16 MB", nil)
	}
	b, err := base64.StdEncoding.DecodeString(data)
	if err != nil || len(b) > maxChart {
		return "", fault("bad_chart", "the chart did not arrive as it was drawn", nil)
	}
	if b, err = checkChart(format, b); err != nil {
		return "", err
	}
	path, err := s.host.savePath(dialog, name, "."+format)
	if err != nil || path == "" {
		return "", err
	}
	return filepath.Base(path), writeWhole(path, b)
}

// checkChart holds bytes to what their format says; a picture is written anew,
// without whatever stood around its pixels.
func checkChart(format string, b []byte) ([]byte, error) {
	var err error
	switch format {
	case "png":
		b, err = redraw(b)
	case "svg":
		err = checkDrawing(b)
	case "csv":
		if !utf8.Valid(b) {
			err = errors.New("it is not UTF-8")
		}
	default:
		return nil, fault("bad_chart_format", "cannot save a chart as "+strconv.Quote(format)+"; use png, svg or csv", map[string]string{"format": format})
	}
	if err != nil {
		return nil, fault("bad_chart", "the chart is no "+format+": "+err.Error(), nil)
	}
	return b, nil
}

func redraw(b []byte) ([]byte, error) {
	head, err := png.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("read the picture: %w", err)
	}
	if head.Width < 1 || head.Height < 1 || head.Width > maxChartPixels/head.Height {
		return nil, errors.New("the picture is too large")
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("read the picture: %w", err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return nil, fmt.Errorf("write the picture: %w", err)
	}
	return out.Bytes(), nil
}

// drawn are the elements of a drawing: shapes and words, nothing that runs, loads
// or links.
var drawn = []string{
	"svg", "g", "path", "rect", "line", "polyline", "polygon", "circle", "ellipse", "text", "tspan",
	"defs", "clipPath", "linearGradient", "radialGradient", "stop", "title", "desc",
}

func checkDrawing(b []byte) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	elements := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			if elements == 0 {
				return errors.New("there is no drawing in it")
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the drawing: %w", err)
		}
		switch t := token.(type) {
		case xml.Directive:
			return errors.New("a drawing has no declarations")
		case xml.StartElement:
			elements++
			if err := checkElement(t, elements == 1); err != nil {
				return err
			}
		}
	}
}

func checkElement(e xml.StartElement, first bool) error {
	if first != (e.Name.Local == "svg") || !slices.Contains(drawn, e.Name.Local) {
		return fmt.Errorf("the element %q does not belong there", e.Name.Local)
	}
	for _, a := range e.Attr {
		name, value := strings.ToLower(a.Name.Local), strings.ToLower(a.Value)
		outside := strings.Contains(value, "url(") && strings.Count(value, "url(") != strings.Count(value, "url(#")
		if strings.HasPrefix(name, "on") || name == "href" || name == "src" || outside {
			return fmt.Errorf("the attribute %q does not belong there", a.Name.Local)
		}
	}
	return nil
}

// writeWhole writes a file beside its place and moves it there: what is at the
// path is all of it or what was there before.
func writeWhole(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".vedette-*")
	if err != nil {
		return wrap("save the chart", err)
	}
	_, err = f.Write(b)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return wrap("save the chart", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}
