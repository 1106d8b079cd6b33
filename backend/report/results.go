package report

import (
	"encoding/json"
	"fmt"

	"vedette/backend/model"
)

// ResultsOf reads the typed results out of recorded runs. Where several runs
// are of one kind the last one counts; kinds the report does not show are
// passed over. A run whose result is not valid JSON is an error.
func ResultsOf(runs []model.Run) (Results, error) {
	var r Results
	for i := range runs {
		if err := r.add(&runs[i]); err != nil {
			return Results{}, fmt.Errorf("read result of run %d (%s): %w", runs[i].ID, runs[i].Spec.Kind, err)
		}
	}
	return r, nil
}

// VoiceOf reads the result of a run that compares subjects.
func VoiceOf(run model.Run) (*Result[model.VoiceResult], error) {
	res, err := decode[model.VoiceResult](&run)
	if err != nil {
		return nil, fmt.Errorf("read result of run %d (%s): %w", run.ID, run.Spec.Kind, err)
	}
	return res, nil
}

func (r *Results) add(run *model.Run) (err error) {
	switch run.Spec.Kind {
	case "volume":
		r.Volume, err = decode[model.VolumeResult](run)
	case "sentiment":
		r.Sentiment, err = decode[model.SentimentResult](run)
	case "voice":
		r.Voice, err = decode[model.VoiceResult](run)
	case "accounts":
		r.Accounts, err = decode[model.RankResult](run)
	case "hashtags":
		r.Hashtags, err = decode[model.RankResult](run)
	case "domains":
		r.Domains, err = decode[model.RankResult](run)
	case "types":
		r.Types, err = decode[model.ShareResult](run)
	case "languages":
		r.Languages, err = decode[model.ShareResult](run)
	case "platforms":
		r.Platforms, err = decode[model.ShareResult](run)
	case "alerts":
		r.Alerts, err = decode[model.AlertsResult](run)
	}
	return err
}

func decode[T any](run *model.Run) (*Result[T], error) {
	res := &Result[T]{Run: run.ID}
	if err := json.Unmarshal(run.Result, &res.Value); err != nil {
		return nil, fmt.Errorf("decode JSON: %w", err)
	}
	return res, nil
}
