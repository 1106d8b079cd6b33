import { api, type Subject } from '$lib/api';
import { app } from './app.svelte';

/** The watched subjects of the open case, for screens that name one. */
class Subjects {
  list = $state.raw<Subject[]>([]);
  #case = '';

  /** Reads them anew; a case without any has an empty list. */
  async load(): Promise<void> {
    const id = app.info?.meta.id ?? '';
    if (id !== this.#case) this.list = [];
    this.#case = id;
    if (!id) return;
    const list = await app.attempt(() => api().subjects());
    if (list && id === this.#case) this.list = list;
  }

  /** Whether a subject of the open case has been read. */
  knows(id: string): boolean {
    return this.#case === app.info?.meta.id && this.list.some((subject) => subject.id === id);
  }

  /** A subject's name; its id as long as the name is not known. */
  name(id: string): string {
    const found = this.list.find((subject) => subject.id === id);
    return found && this.knows(id) ? found.name : id;
  }
}

export const subjects = new Subjects();
