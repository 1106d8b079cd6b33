// What jsdom has not got and the page uses.
import { afterEach, vi } from 'vitest';

Object.defineProperty(window, 'matchMedia', {
  value: (query: string) => ({
    matches: false,
    media: query,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
  }),
});

class Sizes {
  observe = vi.fn();
  unobserve = vi.fn();
  disconnect = vi.fn();
}
Object.defineProperty(window, 'ResizeObserver', { value: Sizes });

Object.defineProperty(document, 'fonts', { value: { ready: Promise.resolve() } });

afterEach(() => {
  history.replaceState(null, '', '#/');
});
