import { t, type Key } from '$lib/i18n/index.svelte';
import type { Action } from '$lib/state/actions.svelte';
import { app } from '$lib/state/app.svelte';
import { BINDINGS, bindingFor, takesText } from '$lib/state/keys';
import { ask, checkAll, checkTo, context, openRow, star, step, targets, type ListView } from './actions';
import { explore } from './store.svelte';

interface Screen {
  list: ListView;
  /** Puts the focus into the query. */
  search: () => void;
  /** Puts the focus into the facets. */
  facets: () => void;
  /** Puts the focus into the list. */
  toList: () => void;
}

/** Acts after which the focus is not in the list: they have it themselves, or leave it where it is. */
const KEEP_FOCUS = new Set(['search', 'facets', 'star', 'label', 'note', 'grade', 'context']);

/** Acts that need no list. */
const ANY_TIME = new Set(['search', 'facets', 'close']);

/** What the keys of this screen do. */
export function keyHandler({ list, search, facets, toList }: Screen): (event: KeyboardEvent) => void {
  const inDetails = (event: KeyboardEvent) =>
    event.target instanceof Element && event.target.closest('aside') !== null;
  const actions: Record<string, (event: KeyboardEvent) => void> = {
    search,
    facets,
    next: (event) => step(list, 1, event.shiftKey),
    previous: (event) => step(list, -1, event.shiftKey),
    open: () => openRow(explore.cursor),
    check: (event) =>
      event.shiftKey ? void checkTo(explore.cursor, explore.cursor) : explore.checks.toggle(explore.cursor),
    check_all: () => void checkAll(),
    star: (event) => star(targets(inDetails(event))),
    label: (event) => ask('labels', targets(inDetails(event))),
    note: (event) => ask('note', targets(inDetails(event))),
    grade: (event) => ask('grade', targets(inDetails(event))),
    context: (event) => void context(inDetails(event)),
    first: () => list.go(0),
    last: () => list.go(explore.total - 1),
    page_down: () => step(list, list.pageSize(), false),
    page_up: () => step(list, -list.pageSize(), false),
    close: (event) => {
      // Out of the facets, back to the list: nothing else goes.
      if (event.target instanceof Element && event.target.closest('.facets')) return;
      if (explore.checks.size) explore.checks.clear();
      else explore.open('');
    },
  };

  return (event) => {
    if (event.defaultPrevented || takesText(event.target)) return;
    const binding = bindingFor(event, 'explore');
    const act = binding && actions[binding.id];
    if (!act) return;
    // Buttons and tabs keep the keys that work them; letters and "/" mean the same everywhere.
    const target = event.target instanceof Element ? event.target : null;
    const inWidget = target?.closest(
      'button, a, [role="tab"], [role="menu"], [role="dialog"], [role="region"]',
    );
    if (inWidget && event.key.length > 1 && event.key !== 'Escape') return;
    if (inWidget && event.key === ' ') return;
    if (target?.closest('[role="dialog"], [role="menu"], [role="listbox"]')) return;
    event.preventDefault();
    // Whoever types fast means the list that was asked for, not the one that is still shown.
    if (ANY_TIME.has(binding.id) || inDetails(event)) act(event);
    else explore.whenListed(() => act(event));
    if (!KEEP_FOCUS.has(binding.id)) toList();
  };
}

/** What the palette offers here: what the keys do to posts. */
export function paletteActions(): Action[] {
  if (!explore.total) return [];
  const writes: [string, () => void][] = [
    ['star', () => star(targets())],
    ['label', () => ask('labels', targets())],
    ['note', () => ask('note', targets())],
    ['grade', () => ask('grade', targets())],
  ];
  const reads: [string, () => void][] = [
    ['context', () => void context()],
    ['check_all', () => void checkAll()],
  ];
  return [...(app.info?.read_only ? [] : writes), ...reads].map(([id, run]) => {
    const binding = BINDINGS.find((one) => one.id === id);
    return {
      id: `explore.${id}`,
      text: t(`key.${id}` as Key),
      group: 'palette.do',
      keys: binding?.keys ?? [],
      run,
    };
  });
}
