import { checkpointText } from '#proof/checkpoint.ts'
import { type SignedText, signText } from '#proof/signed-text.ts'
import type { SigningKey } from '#sync-worker/erasing/signing-key.ts'
import type { LogChain } from './log-chain.ts'

/** What the server says of a log and cannot take back: every 256 events, and of the last one whenever somebody asks. */
export const makeCheckpoints = (sql: SqlStorage, chain: LogChain, signingKey: () => Promise<SigningKey>) => {
  sql.exec(`CREATE TABLE IF NOT EXISTS checkpoints (
    seq INTEGER PRIMARY KEY, statement TEXT NOT NULL, publicKey TEXT NOT NULL, signature TEXT NOT NULL)`)

  const sign = async (seq: number, now: number): Promise<SignedText | undefined> => {
    const hash = chain.hashAt(seq)
    if (hash === null) return undefined
    const { privateKey, publicKey } = await signingKey()
    const statement = checkpointText(chain.start(), seq, hash, new Date(now))
    return { statement, publicKey, signature: await signText(privateKey, statement) }
  }

  const lastKept = () => sql.exec<{ seq: number }>('SELECT coalesce(max(seq), 0) AS seq FROM checkpoints').one().seq

  return {
    /** Signs what is due, also what an older version or a crash left undone. */
    keepUp: async (head: number, now: number): Promise<void> => {
      for (let seq = lastKept() + every; seq <= head; seq += every) {
        const signed = await sign(seq, now)
        if (signed === undefined) return
        const { statement, publicKey, signature } = signed
        sql.exec('INSERT OR IGNORE INTO checkpoints VALUES (?, ?, ?, ?)', seq, statement, publicKey, signature)
      }
    },

    isDue: (head: number): boolean => lastKept() + every <= head,

    /** Of the events after one and up to another. */
    within: (after: number, to: number): readonly SignedText[] =>
      sql
        .exec<{ statement: string; publicKey: string; signature: string }>(
          'SELECT statement, publicKey, signature FROM checkpoints WHERE seq > ? AND seq <= ? ORDER BY seq',
          after,
          to,
        )
        .toArray(),

    /** Those of a log that lost its end say what is no more. */
    trim: (head: number) => sql.exec('DELETE FROM checkpoints WHERE seq > ?', head),

    sign,
  }
}

const every = 256
