import { t } from '$lib/i18n/index.svelte';
import { offer, type Action } from '$lib/state/actions.svelte';
import { app } from '$lib/state/app.svelte';
import { router } from '$lib/state/router.svelte';
import { followDrops } from './drops.svelte';

/** The sections of Listen, in the order of their tabs. */
export const TABS = ['import', 'batches', 'subjects', 'manual', 'collectors'] as const;

/** Follows dropped files and offers the sections to the palette, on every screen; returns what stops it. */
export function startListen(): () => void {
  const undropped = followDrops();
  const takeBack = offer(() => (app.info ? TABS.map(section) : []));
  return () => {
    undropped();
    takeBack();
  };
}

const section = (tab: (typeof TABS)[number]): Action => ({
  id: `listen.${tab}`,
  text: `${t('screen.listen')}: ${t(`listen.tab.${tab}`)}`,
  group: 'palette.go',
  run: () => router.go('listen', new URLSearchParams({ tab })),
});
