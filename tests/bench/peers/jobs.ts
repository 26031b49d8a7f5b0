/** What every peer does, and what there is to say when one of them does it better than PJai. */
export interface Job {
  readonly name: string
  readonly unit: string
  readonly better: 'less' | 'more'
  readonly what: string
  /** Why PJai is behind where it is. */
  readonly why: string
}

const paysForTheLog =
  'PJai decides, journals and materializes a fact in the page, with rows in three tables and what it takes to undo it, before it is asked how durable it is; bare SQLite writes one row, once'

export const jobs = {
  addOne: {
    name: 'append one, durable',
    unit: 'ms',
    better: 'less',
    what: 'from the call until a page that crashes would not lose it',
    why: paysForTheLog,
  },
  acknowledged: {
    name: 'append one, acknowledged',
    unit: 'ms',
    better: 'less',
    what: 'from the call until the worker that owns the files has it in its log and its state; only of those that have such a worker',
    why: 'the journal is written beside it, what is committed is sealed and synced from the same worker, and a fact of PJai writes rows in three tables with their indexes, where the other has one table.',
  },
  addMany: {
    name: 'append 1 000 in one act, durable',
    unit: 'ms',
    better: 'less',
    what: 'the same, by what each has for many',
    why: `${paysForTheLog}. Eight indexes and a table of texts are kept for what the Memory Explorer asks; TinyBase keeps its rows in memory and writes one JSON file.`,
  },
  addWatched: {
    name: 'append 1 000 with a live query open',
    unit: 'rows/s',
    better: 'more',
    what: 'until they are durable and the fifty most important, watched, are the new ones',
    why: `${paysForTheLog}.`,
  },
  answered: {
    name: 'append one, to the live query’s new answer',
    unit: 'ms',
    better: 'less',
    what: 'from the call to the answer that has the new row; it need not be durable yet',
    why: 'a commit of LiveStore runs schemas, fibers and a changeset before the query is asked again in the page; TinyBase changes an object in memory, and a bare file has neither events nor changesets.',
  },
  top: {
    name: 'top 50 by importance',
    unit: 'ms',
    better: 'less',
    what: 'the database is open, and a row was appended since the last answer, so that nobody answers from what it answered before',
    why: 'PJai checks every row it reads by a schema; rows of objects in memory, and queries that keep their answer up to date by themselves, need not be read again.',
  },
  search: {
    name: 'search a word',
    unit: 'ms',
    better: 'less',
    what: 'the ids of all rows with a word that one in a thousand holds, another word each time',
    why: 'PJai’s list scans the texts, because LiveStore’s SQLite has no full text that survives a rebase; SQLite, PGlite and Dexie ask an index of words, for which they pay with each append. The room of search has such an index beside the stores, and it is not what is measured here.',
  },
  open: {
    name: 'open',
    unit: 'ms',
    better: 'less',
    what: 'in a page just loaded, from the call to the first answer of the query above',
    why: 'PJai starts a worker, SQLite in it and in the page, takes the lock of the store, looks whether a crash left something behind and copies the state from OPFS into the page; an IndexedDB is open in the browser already.',
  },
  memory: {
    name: 'memory',
    unit: 'MB',
    better: 'less',
    what: 'what the processes of the page take more than those of a blank page, after the page’s garbage was collected: opened, and the query answered once',
    why: 'PJai holds the state twice, in the page, where queries answer at once, and in the worker that owns the files; IndexedDB keeps its rows in a process of the browser, which is not counted.',
  },
  disk: {
    name: 'bytes on disk for a row',
    unit: 'B',
    better: 'less',
    what: 'of the browser’s files of IndexedDB and OPFS once it was closed; for the unsharded database those of all ten personas, by the rows of one',
    why: 'PJai keeps the log beside the state, and room for files that are not there yet; the others have no history.',
  },
} as const satisfies Readonly<Record<string, Job>>

export type JobId = keyof typeof jobs
