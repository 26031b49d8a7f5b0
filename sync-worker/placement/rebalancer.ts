import { DurableObject } from 'cloudflare:workers'
import type { PlannedMove } from '#schema/placement/planner.ts'
import { isoOf } from '#sync-worker/api-call.ts'
import type { Env } from '#sync-worker/env.ts'
import { findMoves } from './find-moves.ts'
import { underWayAmong } from './move-rows.ts'
import { policyIn } from './policy.ts'
import type { RebalancerDay, Standing } from './rebalancer-calls.ts'
import { startPlanned } from './start-planned.ts'

/**
 * Looks at all cells once in a while, suggests moves, and carries out those it is told to, two at once. There is one of it.
 *
 *     alarm ──► due? look: suggestions ──(act)──► queue ──► a desk each, at most two under way ──► the next
 */
export class Rebalancer extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS queue (storeId TEXT PRIMARY KEY, move TEXT NOT NULL)')
    ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS suggestions (storeId TEXT PRIMARY KEY, move TEXT NOT NULL)')
    ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS started (moveId TEXT PRIMARY KEY)')
    ctx.storage.sql.exec(
      'CREATE TABLE IF NOT EXISTS looks (at INTEGER PRIMARY KEY, suggested INTEGER NOT NULL, started INTEGER NOT NULL)',
    )
    ctx.storage.sql.exec(
      'CREATE TABLE IF NOT EXISTS days (day TEXT PRIMARY KEY, looks INTEGER NOT NULL, started INTEGER NOT NULL)',
    )
  }

  async look(act: boolean): Promise<void> {
    await this.lookAt(Date.now(), act)
    await this.resume()
  }

  async lookSoon(): Promise<void> {
    this.ctx.storage.kv.put('isDue', true)
    await this.resume()
  }

  async enqueue(moves: readonly PlannedMove[]): Promise<void> {
    this.#enqueue(moves)
    await this.resume()
  }

  async standing(): Promise<Standing> {
    const nextAt = await this.#nextAt()
    return {
      last: this.#last(),
      nextAt: nextAt === null ? null : Math.max(nextAt, Date.now()), // due, if it never looked
      underWay: await this.#countUnderWay(),
      waiting: this.#movesIn('queue'),
      suggestions: this.#movesIn('suggestions'),
    }
  }

  daysAfter(day: string): readonly RebalancerDay[] {
    return this.ctx.storage.sql
      .exec<RebalancerDay & Record<string, SqlStorageValue>>('SELECT day, looks, started FROM days WHERE day > ?', day)
      .toArray()
  }

  override async alarm() {
    await this.ctx.storage.setAlarm(Date.now() + retryAfter) // the runtime gives up after six failures
    await this.run(Date.now())
    await this.resume()
  }

  /** Sets the alarm to when there is something to do next. */
  async resume(): Promise<void> {
    const isBusy = this.#movesIn('queue').length > 0 || (await this.#countUnderWay()) > 0
    const next = isBusy ? Date.now() + pause : await this.#nextAt()
    if (next === null) await this.ctx.storage.deleteAlarm()
    else await this.ctx.storage.setAlarm(Math.max(next, Date.now()))
  }

  /** Does what is due. */
  async run(now: number): Promise<void> {
    const nextAt = await this.#nextAt()
    if (nextAt !== null && nextAt <= now) await this.lookAt(now, (await policyIn(this.env.DB)).mode === 'act')
    await this.#startNext()
  }

  async lookAt(now: number, act: boolean): Promise<void> {
    const moves = await findMoves(this.env, now)
    const { sql } = this.ctx.storage
    this.ctx.storage.transactionSync(() => {
      this.ctx.storage.kv.delete('isDue')
      sql.exec('DELETE FROM suggestions')
      for (const move of moves) sql.exec('INSERT INTO suggestions VALUES (?, ?)', move.storeId, JSON.stringify(move))
      sql.exec('DELETE FROM looks')
      sql.exec('INSERT INTO looks VALUES (?, ?, 0)', now, moves.length)
      this.#count(now, { looks: 1, started: 0 })
      if (act) this.#enqueue(moves)
    })
  }

  /** As many as may be under way together. What cannot be moved now is left to the next look. */
  async #startNext(): Promise<void> {
    const { sql } = this.ctx.storage
    let underWay = await this.#countUnderWay()
    for (const move of this.#movesIn('queue')) {
      if (underWay >= mostAtOnce) return
      const started = await startPlanned(this.env, move)
      sql.exec('DELETE FROM queue WHERE storeId = ?', move.storeId)
      sql.exec('DELETE FROM suggestions WHERE storeId = ?', move.storeId)
      if (started === undefined) continue
      sql.exec('INSERT OR IGNORE INTO started VALUES (?)', started)
      sql.exec('UPDATE looks SET started = started + 1')
      this.#count(Date.now(), { looks: 0, started: 1 })
      underWay++
    }
  }

  #count(at: number, { looks, started }: Omit<RebalancerDay, 'day'>) {
    this.ctx.storage.sql.exec(
      `INSERT INTO days VALUES (?1, ?2, ?3)
       ON CONFLICT (day) DO UPDATE SET looks = looks + ?2, started = started + ?3`,
      isoOf(at).slice(0, 10),
      looks,
      started,
    )
  }

  #enqueue(moves: readonly PlannedMove[]) {
    for (const move of moves)
      this.ctx.storage.sql.exec('INSERT OR REPLACE INTO queue VALUES (?, ?)', move.storeId, JSON.stringify(move))
  }

  async #countUnderWay(): Promise<number> {
    const { sql } = this.ctx.storage
    const started = sql
      .exec<{ moveId: string }>('SELECT moveId FROM started')
      .toArray()
      .map(({ moveId }) => moveId)
    const underWay = await underWayAmong(this.env.DB, started)
    for (const moveId of started.filter((one) => !underWay.includes(one)))
      sql.exec('DELETE FROM started WHERE moveId = ?', moveId)
    return underWay.length
  }

  async #nextAt(): Promise<number | null> {
    const { mode, everyMinutes } = await policyIn(this.env.DB)
    if (mode === 'off') return null
    return this.ctx.storage.kv.get('isDue') ? 0 : (this.#last()?.at ?? 0) + everyMinutes * 60_000
  }

  #last(): Standing['last'] {
    const { sql } = this.ctx.storage
    return sql.exec<NonNullable<Standing['last']>>('SELECT at, suggested, started FROM looks').toArray()[0] ?? null
  }

  /** In the order in which they came. */
  #movesIn(table: 'queue' | 'suggestions'): readonly PlannedMove[] {
    return this.ctx.storage.sql
      .exec<{ move: string }>(`SELECT move FROM ${table} ORDER BY rowid`)
      .toArray()
      .map(({ move }) => JSON.parse(move)) // this object wrote them
  }
}

const mostAtOnce = 2
const retryAfter = 60_000
/** What people see of a queue that goes on. */
const pause = 1000
