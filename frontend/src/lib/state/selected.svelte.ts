import type { Selection } from '$lib/api';
import { router, type Screen } from './router.svelte';
import { readSelection, writeSelection } from './selection';

/** The selection that every screen reads, as it is in the address. */
class Selected {
  get value(): Selection {
    return readSelection(router.params);
  }

  /** Its text in the address; equal selections have equal text. */
  get key(): string {
    return writeSelection(this.value).toString();
  }

  /** Goes to a screen with a selection: "the posts behind this" is Explore. */
  show(selection: Selection, screen: Screen = 'explore'): void {
    router.go(screen, writeSelection(selection));
  }
}

export const selected = new Selected();
