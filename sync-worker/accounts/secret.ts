import { ensureTables } from '#sync-worker/tables.ts'

/** What cookies are signed with: made at first use, the same for ever. Of two made at once the first one stays. */
export const serverSecret = async (db: D1Database): Promise<string> => {
  const secret = secrets.get(db) ?? (await readOrMake(db))
  secrets.set(db, secret)
  return secret
}

const secrets = new WeakMap<D1Database, string>()

const readOrMake = async (db: D1Database): Promise<string> => {
  await ensureTables(db)
  const made = [...crypto.getRandomValues(new Uint8Array(32))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
  const [, read] = await db.batch<{ value: string }>([
    db.prepare("INSERT INTO secrets (name, value) VALUES ('sessions', ?) ON CONFLICT DO NOTHING").bind(made),
    db.prepare("SELECT value FROM secrets WHERE name = 'sessions'"),
  ])
  const value = read?.results[0]?.value
  if (value === undefined) throw new Error('The server has no secret.') // our bug: it was written just before
  return value
}
