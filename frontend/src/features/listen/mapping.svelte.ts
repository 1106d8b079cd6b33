import {
  api,
  toFault,
  type Fault,
  type Files,
  type MappingProfile,
  type ProfileGuess,
  type ProfileTrial,
  type SavedProfile,
} from '$lib/api';
import { t } from '$lib/i18n/index.svelte';
import { app } from '$lib/state/app.svelte';
import { intake } from './intake.svelte';
import { adapted, lacks } from './mapping';

/** The mapping of one table: what is proposed, what the analyst makes of it, and how it fares. */
export class Mapping {
  guess = $state.raw<ProfileGuess | null>(null);
  profile = $state.raw<MappingProfile | null>(null);
  trial = $state.raw<ProfileTrial | null>(null);
  saved = $state.raw<SavedProfile[]>([]);
  /** Which profile it began with; "" is the proposed one. */
  began = $state('');
  /** Why the table cannot be looked at, the profile not be tried or not be kept. */
  fault = $state.raw<Fault | null>(null);
  trying = $state(false);
  readonly files: Files;
  readonly file: number;
  #tries = 0;

  constructor(files: Files, file: number) {
    this.files = files;
    this.file = file;
  }

  async open(): Promise<void> {
    try {
      const guess = await api().guessProfile(this.files.token, this.file, this.#options(''));
      this.guess = guess;
      this.profile = guess.profile;
      this.saved = (await api().profiles()).filter((p) => p.problem === '');
      await this.try();
    } catch (reason) {
      this.fault = toFault(reason);
    }
  }

  /** Begins anew with a saved or shipped profile, or with the proposed one (""). */
  async begin(label: string): Promise<void> {
    const guess = this.guess;
    if (!guess) return;
    try {
      this.profile =
        label === ''
          ? guess.profile
          : adapted(JSON.parse(await api().profile(label)) as MappingProfile, guess);
      this.began = label;
      await this.try();
    } catch (reason) {
      this.fault = toFault(reason);
    }
  }

  /** Takes a change and tries it. */
  change(profile: MappingProfile): void {
    this.profile = profile;
    void this.try();
  }

  /** Tries the profile as it is now, if it can be. */
  async try(): Promise<void> {
    const profile = this.profile;
    const mine = ++this.#tries;
    this.fault = null;
    if (!profile || lacks({ ...profile, name: profile.name || '-' }).length) {
      this.trial = null;
      return;
    }
    this.trying = true;
    try {
      const named = { ...profile, name: profile.name.trim() || '-' };
      const trial = await api().tryProfile(this.files.token, this.file, this.#options(JSON.stringify(named)));
      if (mine === this.#tries) this.trial = trial;
    } catch (reason) {
      if (mine !== this.#tries) return;
      this.trial = null;
      this.fault = toFault(reason);
    } finally {
      if (mine === this.#tries) this.trying = false;
    }
  }

  /** Saves the profile, so that this table and later ones like it are read by it; whether that was done. */
  async keep(): Promise<boolean> {
    if (!this.profile) return false;
    try {
      const saved = await api().saveProfile(
        JSON.stringify({ ...this.profile, name: this.profile.name.trim() }),
      );
      app.notice = t('mapping.saved', { name: saved.label });
      intake.options.profile = '';
      await intake.mapped();
      // A profile without a signature fits no table by itself.
      if (intake.inspected[this.file]?.code === 'needs_mapping') await this.useOnce();
      return true;
    } catch (reason) {
      this.fault = toFault(reason);
      return false;
    }
  }

  /** Uses the profile for these files only. */
  async useOnce(): Promise<void> {
    if (!this.profile) return;
    intake.options.profile = JSON.stringify(this.profile, null, 2);
    await intake.mapped();
  }

  // What the mapping itself says is not chosen beside it.
  #options(profile: string) {
    return { ...$state.snapshot(intake.options), date_order: '', zone: '', format: '', profile };
  }
}
