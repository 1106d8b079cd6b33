-- The custody log: one row per logged act, chained by hash (see custody.Record).
CREATE TABLE log (
  seq        INTEGER PRIMARY KEY,
  version    INTEGER NOT NULL,
  at         TEXT NOT NULL,
  actor      TEXT NOT NULL,
  action     TEXT NOT NULL,
  object     TEXT NOT NULL,
  commitment BLOB NOT NULL,
  prev       BLOB NOT NULL,
  hash       BLOB NOT NULL,
  payload    BLOB
) STRICT;

-- Nodes of the log's Merkle tree, by stored index (RFC 6962, tlog).
CREATE TABLE nodes (
  id   INTEGER PRIMARY KEY,
  hash BLOB NOT NULL
) STRICT;

-- Case metadata, subjects, saved searches, collectors: the latest content of
-- each; log is the record that wrote it.
CREATE TABLE objects (
  kind TEXT NOT NULL,
  id   TEXT NOT NULL,
  log  INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE containers (
  id     INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  name   TEXT NOT NULL,
  size   INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  file   TEXT NOT NULL, -- SHA-256 of the file as stored
  log    INTEGER NOT NULL
) STRICT;

-- Paths inside archives, so that a record names its member by number.
CREATE TABLE members (
  id   INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE
) STRICT;

-- Imports and collections. The columns repeat what joins need from the body.
CREATE TABLE batches (
  id        INTEGER PRIMARY KEY,
  state     TEXT NOT NULL,
  source    TEXT,
  mode      TEXT,
  withdrawn INTEGER NOT NULL,
  log       INTEGER NOT NULL,
  body      BLOB NOT NULL
) STRICT;

-- One row per Append: the items it stored are item .. item + count - 1, in the
-- order of their records. commits holds 32 bytes per item, kinds one byte, uids
-- eight bytes (the start of SHA-256 of the UID) per new post.
CREATE TABLE chunks (
  log     INTEGER PRIMARY KEY,
  batch   INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  item    INTEGER NOT NULL,
  count   INTEGER NOT NULL,
  post    INTEGER NOT NULL,
  fresh   INTEGER NOT NULL,
  kinds   BLOB NOT NULL,
  uids    BLOB NOT NULL,
  commits BLOB NOT NULL
) STRICT;

CREATE INDEX chunks_batch ON chunks (batch, count, fresh);

-- One row per person or page that posted; state is the latest profile.
CREATE TABLE accounts (
  id        INTEGER PRIMARY KEY,
  uid       TEXT,
  state     INTEGER NOT NULL,
  seen      INTEGER NOT NULL,
  followers INTEGER
) STRICT;

-- Profiles as they were shown, without their counts.
CREATE TABLE account_states (
  id          INTEGER PRIMARY KEY,
  account     INTEGER NOT NULL,
  platform    TEXT,
  native_id   TEXT,
  handle      TEXT,
  name        TEXT,
  url         TEXT,
  created     INTEGER,
  created_ns  INTEGER,
  created_original TEXT,
  created_zone     TEXT,
  verified    INTEGER,
  bot         INTEGER,
  place_name  TEXT,
  country     TEXT,
  lat         REAL,
  lon         REAL,
  has_point   INTEGER,
  place_from  TEXT,
  gender      TEXT,
  gender_from TEXT,
  age         TEXT,
  age_from    TEXT,
  description TEXT
) STRICT;

-- Posts as parsed the first time. seen and the counts are of the latest
-- sighting; everything else is of the first. Missing values are NULL.
CREATE TABLE posts (
  id        INTEGER PRIMARY KEY,
  first     INTEGER NOT NULL, -- item number of the first sighting
  batch     INTEGER NOT NULL,
  account   INTEGER,
  state     INTEGER,
  seen      INTEGER NOT NULL,
  likes     INTEGER,
  comments  INTEGER,
  shares    INTEGER,
  views     INTEGER,
  created    INTEGER,
  created_ns INTEGER,
  platform   TEXT,
  kind       TEXT,
  page_type  TEXT,
  visibility TEXT,
  native_id  TEXT,
  place_name TEXT,
  country    TEXT,
  lat        REAL,
  lon        REAL,
  has_point  INTEGER,
  place_from TEXT,
  reply_to   TEXT,
  repost_of  TEXT,
  quote_of   TEXT,
  thread     TEXT,
  hashtags   TEXT,
  mentions   TEXT,
  links      TEXT,
  media      TEXT,
  created_original TEXT,
  created_zone     TEXT,
  edited          INTEGER,
  edited_ns       INTEGER,
  edited_original TEXT,
  edited_zone     TEXT,
  platform_lang   TEXT,
  url        TEXT,
  title      TEXT,
  text       TEXT
) STRICT;

-- One row per time a post was seen. parsed is the canonical core of the post
-- when it was parsed otherwise than the first time.
CREATE TABLE sightings (
  id        INTEGER PRIMARY KEY, -- item number
  post      INTEGER NOT NULL,
  fresh     INTEGER NOT NULL,
  batch     INTEGER NOT NULL,
  seq       INTEGER NOT NULL,
  log       INTEGER NOT NULL,
  container INTEGER,
  member    INTEGER,
  start     INTEGER,
  length    INTEGER,
  line      INTEGER,
  item      TEXT,
  state     INTEGER,
  followers INTEGER,
  following INTEGER,
  posts     INTEGER,
  likes     INTEGER,
  comments  INTEGER,
  shares    INTEGER,
  views     INTEGER,
  seen      INTEGER,
  seen_ns   INTEGER,
  seen_original TEXT,
  seen_zone TEXT,
  raw       BLOB NOT NULL,
  salt      BLOB NOT NULL,
  parsed    BLOB
) STRICT;

CREATE INDEX sightings_again ON sightings (post) WHERE fresh = 0;

CREATE TABLE rejects (
  id        INTEGER PRIMARY KEY, -- item number
  batch     INTEGER NOT NULL,
  seq       INTEGER NOT NULL,
  log       INTEGER NOT NULL,
  container INTEGER,
  member    INTEGER,
  start     INTEGER,
  length    INTEGER,
  line      INTEGER,
  item      TEXT,
  raw       BLOB NOT NULL,
  salt      BLOB NOT NULL,
  code      TEXT,
  reason    TEXT
) STRICT;

CREATE INDEX rejects_batch ON rejects (batch);

-- Canonical bytes of items that are no byte range of a container.
CREATE TABLE raws (
  item INTEGER PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;

-- What was understood of each post. No evidence: it can be made again.
CREATE TABLE enrichments (
  post        INTEGER PRIMARY KEY,
  engine      INTEGER NOT NULL,
  lang        TEXT,
  confidence  REAL,
  second      TEXT,
  polarity    TEXT,
  sentiment   REAL,
  hashtags    TEXT,
  mentions    TEXT,
  links       TEXT,
  reasons     TEXT
) STRICT;

CREATE TABLE engines (
  id      INTEGER PRIMARY KEY,
  version TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE marks (
  post    INTEGER PRIMARY KEY,
  starred INTEGER NOT NULL,
  grade   TEXT,
  note    TEXT,
  labels  TEXT
) STRICT;

CREATE TABLE runs (
  id     INTEGER PRIMARY KEY,
  log    INTEGER NOT NULL,
  body   BLOB NOT NULL,
  result BLOB NOT NULL
) STRICT;

CREATE TABLE requests (
  id   INTEGER PRIMARY KEY,
  log  INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
