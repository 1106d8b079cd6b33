import type { Selection } from '$lib/api';
import { isEmpty, writeSelection } from '$lib/state/selection';

/** Searches remembered. */
const KEEP = 20;

/** What was searched in this session, latest first, of one case at a time. */
class Recent {
  list = $state.raw<readonly Selection[]>([]);
  #case = '';

  /** Remembers a selection; one that is remembered already moves to the front. */
  add(caseId: string, selection: Selection): void {
    if (caseId !== this.#case) this.list = [];
    this.#case = caseId;
    if (isEmpty(selection)) return;
    const text = (one: Selection) => writeSelection(one).toString();
    const key = text(selection);
    this.list = [selection, ...this.list.filter((one) => text(one) !== key)].slice(0, KEEP);
  }
}

export const recent = new Recent();
