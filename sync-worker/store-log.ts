import { DurableObject } from 'cloudflare:workers'
import { makeDurableObject, PERSISTENCE_FORMAT_VERSION } from '@livestore/sync-cf/cf-worker'
import { refusalForBatch } from './batch-check.ts'
import type { Env } from './env.ts'
import { refusalForFrame } from './frame-check.ts'
import { type KeyRow, makeKeyTable } from './key-table.ts'
import { storeIdOf } from './placement.ts'
import { refuse } from './refuse.ts'

/**
 * The log of one store, in the order everybody agrees on.
 *
 * LiveStore keeps the log and talks to the devices; this object stands before it and checks what comes in. It holds
 * LiveStore's object instead of extending it, because a check needs the log's head and LiveStore's hooks know no `this`.
 */
export class StoreLog extends DurableObject<Env> {
  readonly #storeId = storeIdOf(this.ctx.id.name) ?? ''

  readonly #log = makeLog(this.ctx, this.env, {
    onPush: async ({ batch }) => {
      const refusal = refusalForBatch(batch, this.#head())
      if (refusal !== undefined) throw refusal // the device reads it as the cause of LiveStore's UnknownError
    },
  })

  readonly #keys = makeKeyTable(this.ctx.storage.sql)

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#mendHead()
  }

  override async fetch(request: Request): Promise<Response> {
    if (request.method !== 'POST') return this.#log.fetch(request)
    const body = await request.text()
    const refusal = refusalForFrame(body, this.#storeId)
    if (refusal !== undefined) return refuse(refusal)
    const response = await this.#log.fetch(new Request(request, { body }))
    return response.status >= 500 ? refuse('SyncFailed') : response
  }

  override async webSocketMessage(socket: WebSocket, frame: string | ArrayBuffer) {
    const refusal = refusalForFrame(frame, this.#storeId)
    if (refusal !== undefined) return socket.close(policyViolation, refusal)
    await this.#log.webSocketMessage(socket, frame)
  }

  override async webSocketClose(socket: WebSocket, code: number, reason: string, wasClean: boolean) {
    await this.#log.webSocketClose(socket, code, reason, wasClean)
  }

  readKeys(from: number) {
    return this.#keys.read(from)
  }

  addKeys(rows: readonly KeyRow[]) {
    return this.#keys.add(rows)
  }

  #head(): number {
    const [row] = this.ctx.storage.sql.exec<{ currentHead: number }>(`SELECT currentHead FROM ${headTable}`).toArray()
    return row?.currentHead ?? 0
  }

  /** LiveStore stores the events, then the head. A crash between the two would make it refuse every push for ever. */
  #mendHead() {
    const { sql } = this.ctx.storage
    const logTable = `eventlog_${PERSISTENCE_FORMAT_VERSION}_${this.#storeId}`
    const exists = sql.exec('SELECT 1 FROM sqlite_schema WHERE name = ?', headTable).toArray().length > 0
    if (exists) sql.exec(`UPDATE ${headTable} SET currentHead = (SELECT coalesce(max(seqNum), 0) FROM ${logTable})`)
  }
}

/** LiveStore's own table: one row. */
const headTable = `context_${PERSISTENCE_FORMAT_VERSION}`

/** The WebSocket close code for a message that breaks the rules of its receiver (RFC 6455, 7.4.1). */
const policyViolation = 1008

type Hooks = Pick<NonNullable<Parameters<typeof makeDurableObject>[0]>, 'onPush'>

const makeLog = (ctx: DurableObjectState, env: Env, hooks: Hooks): Required<DurableObject> => {
  const Log = makeDurableObject({
    ...hooks,
    storage: { _tag: 'do-sqlite' },
    enabledTransports: new Set(['ws', 'http']),
  })
  // LiveStore types its object by an older release of the runtime types; there is one runtime.
  return new Log(ctx, env) as unknown as Required<DurableObject>
}
