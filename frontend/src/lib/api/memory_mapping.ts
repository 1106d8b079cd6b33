import { Fault } from './fault';
import type { ImportOptions } from './listen';
import type { MappingApi, MappingProfile, ProfileGuess, ProfileTrial, SavedProfile } from './mapping';

/** Mapping in memory: tests say what is proposed and what a trial finds, and read what was tried and saved. */
export interface MemoryMapping extends MappingApi {
  guess: ProfileGuess;
  trial: ProfileTrial;
  /** The JSON of the profile that the next dialog gives. */
  opened: string;
  readonly tried: ImportOptions[];
  readonly kept: Map<string, string>;
}

export function memoryMapping(): MemoryMapping {
  const self: MemoryMapping = {
    guess: {
      file: 'harbour.csv',
      container: 'text',
      rows: 2,
      columns: [
        { name: 'ref', samples: ['h1', 'h2'], filled: 2 },
        { name: 'when', samples: ['03/04/2025'], filled: 2 },
        { name: 'said', samples: ['The ferry is late', 'No ferry today'], filled: 2 },
        { name: 'mood', samples: [], filled: 0 },
      ],
      profile: {
        name: 'harbour',
        version: 1,
        header: ['ref', 'when', 'said', 'mood'],
        platform: 'web',
        type: 'other',
        kind: 'post',
        fields: { id: { from: ['ref'] }, created: { from: ['when'] }, text: { from: ['said'] } },
        ignore: ['mood'],
      },
      reasons: [
        {
          field: 'text',
          column: 'said',
          code: 'by_values',
          reason: '"said" has the longest texts.',
          confidence: 60,
          warnings: [],
        },
      ],
      near: null,
    },
    trial: {
      rows: 2,
      accepted: 2,
      rejects: [],
      fields: [
        {
          field: 'created',
          columns: ['when'],
          filled: 2,
          empty: 0,
          unread: 0,
          examples: [{ row: 2, cell: '03/04/2025', read: '2025-04-03T00:00:00Z' }],
          problems: [{ code: 'ambiguous_dates', message: 'two readings', rows: [2] }],
        },
      ],
      unmapped: [],
      posts: [],
      dates: { text: '03/04/2025', dmy: '2025-04-03', mdy: '2025-03-04' },
    },
    opened: '',
    tried: [],
    kept: new Map(),
    guessProfile: () => Promise.resolve(self.guess),
    tryProfile(_token, _file, options) {
      self.tried.push(options);
      return Promise.resolve(self.trial);
    },
    profiles: () => Promise.resolve([...self.kept].map(([, json]) => listed(json))),
    profile(name) {
      const json = self.kept.get(name);
      const params = { name };
      if (json === undefined) {
        return Promise.reject(new Fault({ code: 'profile_not_found', message: 'no such profile', params }));
      }
      return Promise.resolve(json);
    },
    saveProfile(json) {
      const saved = listed(json);
      self.kept.set(saved.name, json);
      return Promise.resolve(saved);
    },
    removeProfile(name) {
      self.kept.delete(name);
      return Promise.resolve();
    },
    openProfile: () => Promise.resolve(self.opened),
    exportProfile: (name) => Promise.resolve(`${name}.json`),
  };
  return self;
}

function listed(json: string): SavedProfile {
  const p = JSON.parse(json) as MappingProfile;
  return {
    name: p.name,
    label: `${p.name}/${p.version ?? 1}`,
    note: p.note ?? '',
    platform: p.platform ?? '',
    file: `${p.name}.json`,
    columns: p.header ?? [],
    fields: Object.keys(p.fields),
    problem: '',
  };
}
