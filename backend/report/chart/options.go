package chart

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Options is the ECharts option of the chart as JSON, for the window's bundled
// ECharts. The keys are sorted and <, > and & are escaped.
func Options(d Definition) (json.RawMessage, error) {
	bar := charts.NewBar()
	bar.SetGlobalOptions(
		charts.WithInitializationOpts(opts.Initialization{ChartID: d.ID}),
		charts.WithTitleOpts(opts.Title{Title: d.Title, Subtitle: d.Subtitle, Left: "left"}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis", AxisPointer: &opts.AxisPointer{Type: "shadow"}}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(len(d.Series) > 1 && d.Spans == nil), Top: "bottom"}),
		charts.WithGridOpts(opts.Grid{Left: "8", Right: "24", Top: "64", Bottom: "48", ContainLabel: opts.Bool(true)}),
		charts.WithAriaOpts(&opts.Aria{Enabled: opts.Bool(true)}),
		charts.WithColorsOpts(palette[:]),
		charts.WithAnimation(false),
	)
	category := func(inverse bool) (opts.XAxis, opts.YAxis) {
		return opts.XAxis{Type: "category", Name: d.CategoryName, NameLocation: "middle", NameGap: 28, Data: d.Categories},
			opts.YAxis{Type: "category", Name: d.CategoryName, Data: d.Categories, Inverse: opts.Bool(inverse)}
	}
	if d.Horizontal {
		_, y := category(true)
		bar.SetGlobalOptions(charts.WithYAxisOpts(y),
			charts.WithXAxisOpts(opts.XAxis{Type: "value", Name: d.ValueName, NameLocation: "middle", NameGap: 28, Max: d.limit()}))
	} else {
		x, _ := category(false)
		bar.SetGlobalOptions(charts.WithXAxisOpts(x), charts.WithYAxisOpts(opts.YAxis{Type: "value", Name: d.ValueName}))
	}
	for _, s := range d.Series {
		bar.AddSeries(s.Name, d.barData(s), d.seriesOptions(s)...)
	}
	// Validate puts the x axis' own list, which is empty here, over the categories.
	bar.Validate()
	if d.Horizontal {
		bar.YAxisList[0].Data = d.Categories
	} else {
		bar.XAxisList[0].Data = d.Categories
	}
	option := bar.JSON()
	raw, err := json.Marshal(option)
	if err != nil {
		return nil, fmt.Errorf("encode chart %s: %w", d.ID, err)
	}
	return raw, nil
}

// limit is the end of the value axis where it is fixed.
func (d *Definition) limit() any {
	if d.Percent && len(d.Series) > 1 {
		return 100
	}
	return nil
}

// seriesOptions are the colour and stack of a series.
func (d *Definition) seriesOptions(s Series) []charts.SeriesOpts {
	o := []charts.SeriesOpts{charts.WithItemStyleOpts(opts.ItemStyle{Color: s.Color})}
	if len(d.Series) > 1 {
		o = append(o, charts.WithBarChartOpts(opts.BarChart{Stack: "all"}))
	}
	return o
}

// barData turns values into bars with their own colours where they have them;
// shares become percent, as the axis says.
func (d *Definition) barData(s Series) []opts.BarData {
	data := make([]opts.BarData, len(s.Values))
	for i, v := range s.Values {
		if d.Percent {
			v = math.Round(v*1e9) / 1e7
		}
		data[i] = opts.BarData{Value: v}
		if i < len(s.Colors) {
			data[i].ItemStyle = &opts.ItemStyle{Color: s.Colors[i]}
		}
	}
	return data
}
