import { api, type RecentCase, type Settings } from '$lib/api';
import { t } from '$lib/i18n/index.svelte';
import type { Action } from '$lib/state/actions.svelte';
import { app } from '$lib/state/app.svelte';
import { dialogs } from '$lib/state/dialogs.svelte';
import { jobs } from '$lib/state/jobs.svelte';
import { BINDINGS } from '$lib/state/keys';
import { router } from '$lib/state/router.svelte';
import { percent } from '$lib/text/format';
import { TEXT_SIZES } from './sizes';

let recents: readonly RecentCase[] = [];

/** Reads the list of cases anew, for the next time the palette opens. */
export async function learnCases(): Promise<void> {
  recents = (await app.attempt(() => api().recent())) ?? [];
}

/** What the palette offers on every screen: the keys' own actions, settings, and what is done to a case. */
export function everywhere(actions: Record<string, () => void>): Action[] {
  return [...byKeys(actions), ...settings(), ...(app.info ? ofCase() : []), ...otherCases()];
}

function byKeys(actions: Record<string, () => void>): Action[] {
  return BINDINGS.flatMap((binding) => {
    const run = actions[binding.id];
    const needsCase = binding.id.startsWith('screen.') && binding.id !== 'screen.cases';
    if (!run || binding.id === 'palette' || (needsCase && !app.info)) return [];
    const group = binding.id.startsWith('screen.') ? ('palette.go' as const) : ('palette.do' as const);
    return [{ id: binding.id, text: t(binding.label), group, keys: binding.keys, run }];
  });
}

function settings(): Action[] {
  const themes: Settings['theme'][] = ['light', 'dark', 'system'];
  const langs: { lang: Settings['lang']; value: string }[] = [
    { lang: 'en', value: 'English' },
    { lang: 'es', value: 'Español' },
    { lang: 'system', value: t('settings.system') },
  ];
  return [
    ...themes.map((theme): Action => ({
      id: `theme.${theme}`,
      text: t('palette.theme', { value: t(`settings.${theme}`) }),
      group: 'palette.set',
      run: () => void app.change({ theme }),
    })),
    ...langs.map(({ lang, value }): Action => ({
      id: `lang.${lang}`,
      text: t('palette.lang', { value }),
      group: 'palette.set',
      run: () => void app.change({ lang }),
    })),
    ...(['comfortable', 'compact'] as const).map((density): Action => ({
      id: `density.${density}`,
      text: t('palette.density', { value: t(`settings.${density}`) }),
      group: 'palette.set',
      run: () => void app.change({ density }),
    })),
    ...TEXT_SIZES.map((text_size): Action => ({
      id: `size.${text_size}`,
      text: t('palette.text_size', { value: percent(text_size / 100) }),
      group: 'palette.set',
      run: () => void app.change({ text_size }),
    })),
    {
      id: 'settings',
      text: t('settings.title'),
      group: 'palette.set',
      run: () => (dialogs.settings = true),
    },
    { id: 'about', text: t('about.open'), group: 'palette.do', run: () => (dialogs.about = true) },
  ];
}

function ofCase(): Action[] {
  const begin = (start: () => Promise<string>) => () => {
    jobs.shown = true;
    void jobs.run(start);
  };
  return [
    { id: 'verify', text: t('palette.verify'), group: 'palette.case', run: begin(() => api().verify()) },
    { id: 'enrich', text: t('palette.enrich'), group: 'palette.case', run: begin(() => api().enrich()) },
    ...(app.info?.read_only
      ? []
      : [
          {
            id: 'case_settings',
            text: t('settings.case'),
            group: 'palette.case' as const,
            run: () => (dialogs.caseSettings = true),
          },
        ]),
    { id: 'close', text: t('palette.close_case'), group: 'palette.case', run: () => void closeCase() },
  ];
}

async function closeCase(): Promise<void> {
  await app.attempt(async () => {
    await api().close();
    app.setCase(null);
  });
  router.show('cases');
}

function otherCases(): Action[] {
  return recents
    .filter((known) => known.exists && known.id !== app.info?.meta.id)
    .map((known) => ({
      id: `case.${known.id}`,
      text: t('palette.open_case', { name: known.name }),
      group: 'palette.case',
      run: () => void openCase(known.id),
    }));
}

async function openCase(id: string): Promise<void> {
  const info = await app.attempt(() => api().openRecent(id, false));
  if (!info) return;
  app.setCase(info);
  router.go('explore');
}
