import { beforeEach, describe, expect, it, vi } from 'vitest';
import { provide } from '$lib/api';
import { implementation } from '$lib/api/memory';
import { app } from './app.svelte';
import { subjects } from './subjects.svelte';

describe('names of subjects', () => {
  const api = implementation(3);

  beforeEach(async () => {
    provide(api);
    app.info = await api.current();
  });

  it('are ids until they are read, and when nobody knows them', async () => {
    expect(subjects.name('s1')).toBe('s1');
    vi.spyOn(api, 'subjects').mockResolvedValue([
      { id: 's1', name: 'Bridge', type: 'topic', query: 'bridge', competitor: false },
    ]);
    await subjects.load();
    expect(subjects.name('s1')).toBe('Bridge');
    expect(subjects.name('gone')).toBe('gone');
    expect(subjects.knows('gone')).toBe(false);
  });

  it('are those of the open case only', async () => {
    vi.spyOn(api, 'subjects').mockResolvedValue([
      { id: 's1', name: 'Bridge', type: 'topic', query: 'bridge', competitor: false },
    ]);
    await subjects.load();
    if (app.info) app.info = { ...app.info, meta: { ...app.info.meta, id: 'other' } };
    expect(subjects.name('s1')).toBe('s1');
    app.info = null;
    await subjects.load();
    expect(subjects.list).toEqual([]);
  });
});
