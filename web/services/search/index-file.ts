import sqlite3InitModule, { type SAHPoolUtil, type Sqlite3Static } from '@sqlite.org/sqlite-wasm'
import { isSearchIndexSound, openSearchIndex, type SearchDatabase } from '#schema/stores/search-index.ts'
import { ftsDatabase } from './fts-database.ts'

export interface OpenIndex {
  readonly db: SearchDatabase
  /** Nothing is in it. */
  readonly isNew: boolean
  /** Why it does not stay, or did not, in a sentence. */
  readonly problem: string | null
  /** Closes it and takes it off this device. */
  readonly discard: () => void
}

const fileName = '/index.db'

/** Once: an index that is made anew has the same. */
let sqliteLoading: Promise<Sqlite3Static> | undefined

/**
 * The index on this device. One that is damaged is thrown away, and where nothing can be kept it is in memory. SQLite
 * deletes its journal after each transaction, and the pool cuts a deleted file to nothing: what was overwritten stays
 * nowhere.
 */
export const openIndexFile = async (): Promise<OpenIndex> => {
  sqliteLoading ??= sqlite3InitModule()
  const sqlite = await sqliteLoading
  const pool = await filePool(sqlite)
  if (pool === undefined) {
    const db = ftsDatabase(new sqlite.oo1.DB(':memory:'))
    openSearchIndex(db)
    return { db, isNew: true, problem: inMemory, discard: db.close }
  }
  const openFile = () => {
    const db = ftsDatabase(new pool.OpfsSAHPoolDb(fileName))
    try {
      db.run('pragma temp_store = memory')
      db.run('pragma synchronous = normal')
      const isNew = openSearchIndex(db)
      if (!isNew && !isSearchIndexSound(db)) throw new Error('The index is damaged.')
      return { db, isNew, problem: null }
    } catch (error) {
      db.close()
      throw error
    }
  }
  const opened = orElse(openFile, () => {
    pool.unlink(fileName)
    return { ...openFile(), problem: damaged }
  })
  return {
    ...opened,
    discard: () => {
      opened.db.close()
      pool.unlink(fileName)
    },
  }
}

const orElse = <A, B>(first: () => A, second: () => B): A | B => {
  try {
    return first()
  } catch {
    return second()
  }
}

export const damaged =
  'The search index on this device was damaged. It is being made anew; what is not found yet is not lost.'
const inMemory = 'This browser keeps no files for the page, so the index is made anew each time.'

/** The worker of a page that was just closed lets go of the files a moment later. */
const filePool = async (sqlite: Sqlite3Static): Promise<SAHPoolUtil | undefined> => {
  if (!('FileSystemSyncAccessHandle' in globalThis)) return undefined
  for (let tries = 0; tries < 20; tries++) {
    try {
      return await sqlite.installOpfsSAHPoolVfs(poolOptions)
    } catch {
      await new Promise((resume) => setTimeout(resume, 100))
    }
  }
  return undefined
}

const poolOptions = {
  name: 'pjai-search',
  directory: 'pjai-search',
  initialCapacity: 4,
  preserveOnInitFailure: true,
  forceReinitIfPreviouslyFailed: true, // not in its types
}
