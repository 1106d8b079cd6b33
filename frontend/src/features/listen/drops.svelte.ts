import { api, Fault } from '$lib/api';
import { t } from '$lib/i18n/index.svelte';
import { app } from '$lib/state/app.svelte';
import { router } from '$lib/state/router.svelte';
import { intake } from './intake.svelte';

/** Takes files that are dropped anywhere on the window to the import; returns the function that stops. */
export function followDrops(): () => void {
  return api().onFiles((files) => {
    if (files instanceof Fault) {
      app.fail(files);
    } else if (!app.info) {
      app.notice = t('shell.needs_case');
    } else {
      if (intake.jobId) app.notice = t('listen.busy');
      else intake.take(files);
      router.go('listen', new URLSearchParams({ tab: 'import' }));
    }
  });
}
