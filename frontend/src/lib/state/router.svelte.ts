// Where the page is: "#/screen?parameters". The address is the only store of it, so back and forward work.

export const SCREENS = ['cases', 'explore'] as const;
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

class Router {
  #place = $state.raw<Place>(readPlace(''));
  readonly #left = new Map<Screen, URLSearchParams>();

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
    if (screen !== this.screen) this.#left.set(this.screen, this.params);
    if (hash === location.hash) return;
    if (replace) history.replaceState(null, '', hash);
    else history.pushState(null, '', hash);
    this.#place = readPlace(hash);
  }

  /** Goes to a screen as it was when it was left. */
  show(screen: Screen): void {
    if (screen !== this.screen) this.go(screen, this.#left.get(screen));
  }
}

export const router = new Router();
