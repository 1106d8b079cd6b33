import type { Key } from '$lib/i18n/index.svelte';
import type { Screen } from './router.svelte';

// Keys as data: the handler and the list of keys read the same table.

export interface Binding {
  id: string;
  keys: readonly string[];
  label: Key;
  /** Absent: everywhere. */
  screen?: Screen;
}

export const BINDINGS: readonly Binding[] = [
  { id: 'help', keys: ['?'], label: 'key.help' },
  { id: 'palette', keys: ['Ctrl+k'], label: 'key.palette' },
  { id: 'jobs', keys: ['Alt+j'], label: 'key.jobs' },
  { id: 'undo', keys: ['Ctrl+z'], label: 'key.undo' },
  { id: 'redo', keys: ['Ctrl+Shift+z', 'Ctrl+y'], label: 'key.redo' },
  { id: 'history', keys: ['Alt+h'], label: 'key.history' },
  { id: 'screen.cases', keys: ['Alt+1'], label: 'key.cases' },
  { id: 'screen.listen', keys: ['Alt+2'], label: 'key.listen' },
  { id: 'screen.explore', keys: ['Alt+3'], label: 'key.explore' },
  { id: 'screen.situation', keys: ['Alt+4'], label: 'key.situation' },
  { id: 'screen.report', keys: ['Alt+5'], label: 'key.report' },
  { id: 'back', keys: ['Alt+ArrowLeft'], label: 'key.back' },
  { id: 'forward', keys: ['Alt+ArrowRight'], label: 'key.forward' },
  { id: 'search', keys: ['/'], label: 'key.search', screen: 'explore' },
  { id: 'search.situation', keys: ['/'], label: 'key.search', screen: 'situation' },
  { id: 'facets', keys: ['f'], label: 'key.facets', screen: 'explore' },
  { id: 'next', keys: ['j', 'ArrowDown'], label: 'key.next', screen: 'explore' },
  { id: 'previous', keys: ['k', 'ArrowUp'], label: 'key.previous', screen: 'explore' },
  { id: 'open', keys: ['Enter'], label: 'key.open', screen: 'explore' },
  { id: 'check', keys: ['Space'], label: 'key.check', screen: 'explore' },
  { id: 'check_all', keys: ['Ctrl+a'], label: 'key.check_all', screen: 'explore' },
  { id: 'star', keys: ['s'], label: 'key.star', screen: 'explore' },
  { id: 'label', keys: ['l'], label: 'key.label', screen: 'explore' },
  { id: 'note', keys: ['n'], label: 'key.note', screen: 'explore' },
  { id: 'grade', keys: ['g'], label: 'key.grade', screen: 'explore' },
  { id: 'context', keys: ['c'], label: 'key.context', screen: 'explore' },
  { id: 'page_down', keys: ['PageDown'], label: 'key.page_down', screen: 'explore' },
  { id: 'page_up', keys: ['PageUp'], label: 'key.page_up', screen: 'explore' },
  { id: 'first', keys: ['Home'], label: 'key.first', screen: 'explore' },
  { id: 'last', keys: ['End'], label: 'key.last', screen: 'explore' },
  { id: 'close', keys: ['Escape'], label: 'key.close', screen: 'explore' },
];

/** The name of the key that an event is about, as the table writes it. */
export function keyName(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'Space' : event.key;
  if (event.ctrlKey || event.metaKey) {
    // Whether Shift is down is said apart: Caps Lock writes capitals, too.
    const shift = event.shiftKey && key.length === 1 ? 'Shift+' : '';
    return `Ctrl+${event.altKey ? 'Alt+' : ''}${shift}${key.length === 1 ? key.toLowerCase() : key}`;
  }
  return (event.altKey ? 'Alt+' : '') + key;
}

/** Whether an element takes typing, so that letters are letters. */
export function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

/** The binding that an event asks for on a screen, if any. */
export function bindingFor(event: KeyboardEvent, screen: Screen): Binding | undefined {
  const name = keyName(event);
  return BINDINGS.find((b) => b.keys.includes(name) && (!b.screen || b.screen === screen));
}
