import type { ImportOptions, Reject } from './listen';
import type { PostView } from './types';

/** Where a field of a post comes from, as docs/guide/profiles.md explains it; a string is a column. */
export interface MappingField {
  from?: string | string[];
  template?: string;
  const?: string;
  as?: string;
  layouts?: string[];
  separator?: string;
  decimal?: string;
  unescape?: boolean;
  missing?: string[];
  values?: Record<string, string>;
  hidden_by?: string;
  pattern?: string;
  prefix?: string;
}

/** How the columns of a table become posts. */
export interface MappingProfile {
  name: string;
  version?: number;
  note?: string;
  header?: string[];
  required?: string[];
  optional?: string[];
  rows?: string;
  platform?: string;
  type?: string;
  kind?: string;
  fields: Record<string, MappingField | string>;
  ignore?: string[];
  zone?: string;
  date_order?: string;
  zone_names?: Record<string, string>;
}

/** Something that a person should look at; rows are the first that it is about. */
export interface MappingProblem {
  code: string;
  message: string;
  rows?: number[];
}

/** One part of a proposed profile, with its reason; confidence is in per cent. */
export interface Suggestion {
  field: string;
  column: string;
  code: string;
  reason: string;
  confidence: number;
  warnings: MappingProblem[] | null;
}

/** A column with its first different values; filled counts the rows that were looked at. */
export interface TableColumn {
  name: string;
  samples: string[] | null;
  filled: number;
}

/** A saved profile that a table resembles without having its columns. */
export interface NearProfile {
  name: string;
  added: string[] | null;
  missing: string[] | null;
  needed: boolean;
}

/** A table, and the profile that is proposed for it. */
export interface ProfileGuess {
  file: string;
  container: string;
  rows: number;
  columns: TableColumn[] | null;
  profile: MappingProfile;
  reasons: Suggestion[] | null;
  near: NearProfile | null;
}

/** How one field fares over the first rows. */
export interface FieldCheck {
  field: string;
  columns: string[] | null;
  filled: number;
  empty: number;
  unread: number;
  examples: { row: number; cell: string; read: string }[] | null;
  problems: MappingProblem[] | null;
}

/** Both readings of a date in digits, as days. */
export interface DateReadings {
  text: string;
  dmy: string;
  mdy: string;
}

/** A profile tried over the first rows of a table. */
export interface ProfileTrial {
  rows: number;
  accepted: number;
  rejects: Reject[] | null;
  fields: FieldCheck[] | null;
  unmapped: string[] | null;
  posts: PostView[] | null;
  dates: DateReadings | null;
}

/** A profile that can be used by its name. A shipped one has no file; one with a problem cannot be used. */
export interface SavedProfile {
  name: string;
  label: string;
  note: string;
  platform: string;
  file: string;
  columns: string[] | null;
  fields: string[] | null;
  problem: string;
}

/** Mapping the columns of tables, and the profiles that remember it. Profiles are given and taken as JSON. */
export interface MappingApi {
  /** Proposes a profile for one of the chosen files, by its place in the inspection. */
  guessProfile(token: string, file: number, options: ImportOptions): Promise<ProfileGuess>;
  /** Runs the profile of the options over the file's first rows; nothing is stored. */
  tryProfile(token: string, file: number, options: ImportOptions): Promise<ProfileTrial>;
  profiles(): Promise<SavedProfile[]>;
  profile(name: string): Promise<string>;
  saveProfile(profile: string): Promise<SavedProfile>;
  removeProfile(name: string): Promise<void>;
  /** Asks for a profile's file; "" when the user cancels. */
  openProfile(title: string): Promise<string>;
  /** Asks where to save a profile; the file's name, or "" when the user cancels. */
  exportProfile(name: string, title: string): Promise<string>;
}
