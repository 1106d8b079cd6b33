// Where the page is: "#/screen?parameters". The address is the only store of it, so back and forward work.

export const SCREENS = ['cases', 'listen', 'explore', 'situation', 'report'] as const;
export type Screen = (typeof SCREENS)[number];

interface Place {
  screen: Screen;
  params: URLSearchParams;
}

export function readPlace(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const screen = SCREENS.find((name) => name === path) ?? 'cases';
  return { screen, params: new URLSearchParams(query) };
}

export function writePlace(screen: Screen, params: URLSearchParams): string {
  const query = params.toString();
  return query ? `#/${screen}?${query}` : `#/${screen}`;
}

/** Screens that read the selection from the address; it goes along from one to the other. */
export const SELECTING: readonly Screen[] = ['explore', 'situation', 'report'];

/** Whether a parameter of an address belongs to the selection. */
export const ofSelection = (name: string) => /^(q|from|to|subject|in\..+|not\..+)$/.test(name);

/** Parameters of a screen as it was left, with the selection of the one that is left now. */
export function withSelectionOf(left: URLSearchParams, now: URLSearchParams): URLSearchParams {
  const out = new URLSearchParams();
  for (const [name, value] of now) if (ofSelection(name)) out.append(name, value);
  const same = [...left].filter(([name]) => ofSelection(name)).toString() === [...out].toString();
  for (const [name, value] of left) {
    // A post that was open belongs to what was selected then.
    if (!ofSelection(name) && (same || name !== 'post')) out.append(name, value);
  }
  return out;
}

class Router {
  #place = $state.raw<Place>(readPlace(''));
  readonly #left = new Map<Screen, URLSearchParams>();
  #selecting: Screen = 'explore';

  get screen(): Screen {
    return this.#place.screen;
  }

  get params(): URLSearchParams {
    return this.#place.params;
  }

  /** Follows the address from now on; returns the function that stops. */
  start(): () => void {
    const read = () => {
      this.#place = readPlace(location.hash);
    };
    read();
    window.addEventListener('popstate', read);
    window.addEventListener('hashchange', read);
    return () => {
      window.removeEventListener('popstate', read);
      window.removeEventListener('hashchange', read);
    };
  }

  /** Goes somewhere; with replace, without a new step for "back". */
  go(screen: Screen, params = new URLSearchParams(), replace = false): void {
    const hash = writePlace(screen, params);
    if (screen !== this.screen) {
      this.#left.set(this.screen, this.params);
      if (SELECTING.includes(this.screen)) this.#selecting = this.screen;
    }
    if (hash === location.hash) return;
    if (replace) history.replaceState(null, '', hash);
    else history.pushState(null, '', hash);
    this.#place = readPlace(hash);
  }

  /** Goes to a screen as it was when it was left, with the selection as it is now. */
  show(screen: Screen): void {
    if (screen === this.screen) return;
    const left = this.#left.get(screen) ?? new URLSearchParams();
    const from = SELECTING.includes(this.screen) ? this.params : this.#left.get(this.#selecting);
    this.go(screen, SELECTING.includes(screen) && from ? withSelectionOf(left, from) : left);
  }
}

export const router = new Router();
