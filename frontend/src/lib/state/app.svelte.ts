import { api, toFault, type Fault, type Info, type Settings } from '$lib/api';
import { setLang } from '$lib/i18n/index.svelte';

export const DEFAULTS: Settings = {
  theme: 'system',
  lang: 'system',
  density: 'comfortable',
  text_size: 100,
  facets_width: 232,
  detail_width: 460,
};

/** What every screen knows: the open case, the settings, and the last thing that went wrong. */
class AppState {
  info = $state.raw<Info | null>(null);
  settings = $state.raw<Settings>(DEFAULTS);
  fault = $state.raw<Fault | null>(null);
  notice = $state('');
  /** Whether the settings are known, so that the page can be drawn as the user wants it. */
  ready = $state(false);
  /** Whether the case that the window was started with is still being opened, which takes time when it is big. */
  opening = $state(true);
  /** How many posts the selection has, once that is known. */
  found = $state<number | null>(null);
  #saving = Promise.resolve();

  get zone(): string {
    return this.info?.meta.zone ?? 'UTC';
  }

  /** Loads settings and the open case, and follows them from then on; returns the function that stops. */
  async start(): Promise<() => void> {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const repaint = () => this.#paint(dark.matches);
    dark.addEventListener('change', repaint);
    try {
      this.settings = { ...DEFAULTS, ...(await api().settings()) };
    } catch (reason) {
      this.fail(reason);
    }
    setLang(this.settings.lang);
    repaint();
    this.ready = true;
    try {
      this.info = await api().current();
    } catch (reason) {
      this.fail(reason);
    }
    const poll = window.setInterval(() => void this.#watchIndex(), 1000);
    return () => {
      dark.removeEventListener('change', repaint);
      window.clearInterval(poll);
    };
  }

  /** Takes another case, or none, as the open one. */
  setCase(info: Info | null): void {
    // What was found was found in the case as it was then.
    if (info?.meta.id !== this.info?.meta.id || info?.posts !== this.info?.posts) this.found = null;
    this.info = info;
  }

  /** Changes settings at once and keeps them. */
  async change(part: Partial<Settings>): Promise<void> {
    this.settings = { ...this.settings, ...part };
    setLang(this.settings.lang);
    this.#paint(window.matchMedia('(prefers-color-scheme: dark)').matches);
    // One after the other: the window answers calls at once, so that an earlier choice could be written last.
    this.#saving = this.#saving.then(async () => {
      await this.attempt(() => api().saveSettings(this.settings));
    });
    await this.#saving;
  }

  /** Runs something that may fail and shows the fault; undefined when it failed. */
  async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await work();
      this.fault = null;
      return result;
    } catch (reason) {
      this.fail(reason);
      return undefined;
    }
  }

  /** While posts are still being indexed, their number is asked for every second. */
  async #watchIndex(): Promise<void> {
    const before = this.info;
    if (!before || before.indexed >= before.posts) return;
    try {
      const now = await api().current();
      if (now && this.info === before) this.info = now;
    } catch (reason) {
      this.fail(reason);
    }
  }

  fail(reason: unknown): void {
    this.fault = toFault(reason);
  }

  #paint(systemDark: boolean): void {
    const { theme, density, text_size } = this.settings;
    const dark = theme === 'dark' || (theme === 'system' && systemDark);
    const root = document.documentElement;
    root.dataset['theme'] = dark ? 'dark' : 'light';
    root.dataset['density'] = density;
    // Every size of text, and of what holds it, is in rem: all of them follow.
    root.style.setProperty('--text-scale', String(text_size / 100));
  }
}

export const app = new AppState();
