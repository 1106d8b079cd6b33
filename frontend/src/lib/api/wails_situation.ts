import * as go from '$wails/go/app/SituationService';
import * as system from '$wails/go/app/SystemService';
import { model, workspace } from '$wails/go/models';
import type { Run, Situation, SituationApi } from './situation';
import type { Selection } from './types';

/** Awaits a binding and turns what it throws into a Fault. */
type Call = <T>(work: Promise<unknown>) => Promise<T>;

const selection = (value: Selection) => model.Selection.createFrom(value);

export function assessing(call: Call): SituationApi {
  return {
    situation: (value, lang) => call<Situation>(go.Situation(selection(value), lang)),
    refine: (value, point) =>
      call<Selection>(go.Refine(selection(value), workspace.Refinement.createFrom(point))),
    recordSituation: (value) => call<string>(go.Record(selection(value))),
    runs: () => call<Run[]>(go.Runs()),
    saveChart: (name, format, data, dialog) => call<string>(system.SaveChart(name, format, data, dialog)),
  };
}
