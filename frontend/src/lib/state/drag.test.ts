import { describe, expect, it } from 'vitest';
import { drag } from './drag.svelte';

/** A drag event, which jsdom has not. */
function event(kind: string, types: string[]): Event {
  return Object.assign(new Event(kind, { bubbles: true, cancelable: true }), { dataTransfer: { types } });
}

describe('what is dragged over the window', () => {
  it('is shown, and never opened by the web view', () => {
    const stop = drag.start();
    const within = document.body.appendChild(document.createElement('p'));
    for (const types of [['Files'], ['text/uri-list'], ['text/plain']]) {
      for (const kind of ['dragenter', 'dragover']) {
        const over = event(kind, types);
        document.body.dispatchEvent(over);
        expect(over.defaultPrevented).toBe(true);
        expect(drag.over).toBe(true);
      }
      within.dispatchEvent(event('dragenter', types));
      document.body.dispatchEvent(event('dragleave', types));
      expect(drag.over).toBe(true);
      within.dispatchEvent(event('dragleave', types));
      expect(drag.over).toBe(false);
      const drop = event('drop', types);
      document.body.dispatchEvent(drop);
      expect(drop.defaultPrevented).toBe(true);
    }
    stop();
    within.remove();
    const after = event('drop', ['Files']);
    document.body.dispatchEvent(after);
    expect(after.defaultPrevented).toBe(false);
  });

  it('goes into a field when it is words, not when it is a file', () => {
    const stop = drag.start();
    const field = document.body.appendChild(document.createElement('input'));
    const words = event('drop', ['text/plain']);
    field.dispatchEvent(words);
    expect(words.defaultPrevented).toBe(false);
    const file = event('drop', ['Files', 'text/plain']);
    field.dispatchEvent(file);
    expect(file.defaultPrevented).toBe(true);
    field.remove();
    stop();
  });
});
