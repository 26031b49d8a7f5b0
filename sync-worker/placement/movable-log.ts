import { DurableObject } from 'cloudflare:workers'
import type { Env } from '#sync-worker/env.ts'
import { overwriteRemains } from '#sync-worker/erasing/overwrite-remains.ts'
import { type Place, storeIdOf } from '#sync-worker/placement.ts'
import type { Away } from './away.ts'
import { knowCells } from './configured.ts'
import { makeHandover } from './handover.ts'
import type { Survey, Taken } from './move-parties.ts'
import { logAt } from './places.ts'
import {
  addPage,
  type Digest,
  digestOf,
  type Extent,
  extentsOf,
  lastRow,
  pageOf,
  type TablePage,
} from './table-copy.ts'

/** An object whose log can go to another, and come from one. */
export abstract class MovableLog extends DurableObject<Env> {
  protected readonly handover = makeHandover(this.ctx.storage.sql)
  #waiting: (() => void)[] = []

  /** Chains all that was accepted. */
  protected abstract finishChain(): void
  protected abstract begin(): void
  protected abstract closeAllSockets(reason: string): Promise<void>

  /** A device whose push waits here needs to know nothing: it is taken, or its socket is closed and it dials the new place. */
  protected async untilUnfenced(): Promise<void> {
    if (this.handover.state() === 'fenced') await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** For whoever asks before a move: of the object that is the owner. */
  measure(): Survey | Away {
    return this.handover.refusalTo('read') ?? this.survey()
  }

  survey(): Survey {
    const { sql } = this.ctx.storage
    const extents = extentsOf(sql)
    const [head] = sql.exec<{ hash: string }>('SELECT hash FROM chain ORDER BY n DESC LIMIT 1').toArray()
    const log = extents.find(({ table }) => table.startsWith('eventlog_'))
    return { events: log?.last ?? 0, bytes: sql.databaseSize, headHash: head?.hash ?? null, extents }
  }

  readTable(table: string, after: number, upTo: number): TablePage {
    return pageOf(this.ctx.storage.sql, table, after, upTo)
  }

  digest(table: string, after: number, upTo: number): Promise<Digest> {
    return digestOf(this.ctx.storage.sql, table, after, upTo)
  }

  /** From here to `lift` or `retire` nobody writes: the database itself refuses what was let in just before. */
  fence(moveId: string): readonly Extent[] {
    this.handover.fence(moveId)
    this.finishChain()
    for (const { table } of extentsOf(this.ctx.storage.sql).filter(({ grows }) => grows))
      this.ctx.storage.sql.exec(
        `CREATE TRIGGER IF NOT EXISTS "fence_${table}" BEFORE INSERT ON "${table}" BEGIN SELECT RAISE(ABORT, 'StoreMoving'); END`,
      )
    return extentsOf(this.ctx.storage.sql)
  }

  lift(moveId: string): void {
    for (const { table } of extentsOf(this.ctx.storage.sql))
      this.ctx.storage.sql.exec(`DROP TRIGGER IF EXISTS "fence_${table}"`)
    this.handover.lift(moveId)
    this.#wake()
  }

  /** The sockets are closed beside it: the fence does not wait for them. */
  retire(moveId: string, to: Place): void {
    this.handover.retire(moveId, to)
    this.ctx.waitUntil(this.closeAllSockets('StoreMoved'))
    this.#wake()
  }

  /** A tombstone keeps no key: what is destroyed at the new place is destroyed everywhere. */
  async forgetKeys(moveId: string): Promise<void> {
    if (this.handover.isOf(moveId, 'gone')) await this.#drop(['subjectKeys', 'destroyedKeys'])
  }

  async clean(moveId: string): Promise<void> {
    if (this.handover.isOf(moveId, 'gone')) await this.#dropAll()
  }

  receive(moveId: string): void {
    this.handover.receive(moveId)
  }

  /** The next rows of a table, from where the last ones ended. */
  async take(moveId: string, from: Place, { table, create, last, grows }: Extent): Promise<Taken> {
    const { sql } = this.ctx.storage
    await knowCells(this.env, from.cellId)
    const source = logAt(this.env, storeIdOf(this.ctx.id.name) ?? '', from)
    let taken = 0
    if (!grows) this.#empty(moveId, table, create)
    for (let after = grows ? this.#make(moveId, table, create) : 0; ; ) {
      const page = await source.readTable(table, after, last)
      if (!this.handover.isOf(moveId, 'arriving')) throw new Error(`Move ${moveId}: nothing is awaited any more.`)
      addPage(sql, table, page)
      taken += page.rows.length
      after = page.last
      if (!page.more || grows) return { last: page.more ? after : last, rows: taken }
    }
  }

  activate(moveId: string): void {
    this.handover.activate(moveId)
    this.begin()
  }

  settle(moveId: string): void {
    this.handover.settle(moveId)
  }

  async abandon(moveId: string): Promise<void> {
    this.handover.abandon(moveId)
    await this.#dropAll()
  }

  #make(moveId: string, table: string, create: string): number {
    if (!this.handover.isOf(moveId, 'arriving')) throw new Error(`Move ${moveId}: nothing is awaited any more.`)
    const { sql } = this.ctx.storage
    const isThere = sql.exec('SELECT 1 FROM sqlite_schema WHERE name = ?', table).toArray().length > 0
    if (!isThere) sql.exec(create)
    return lastRow(sql, table)
  }

  #empty(moveId: string, table: string, create: string) {
    this.#make(moveId, table, create)
    this.ctx.storage.sql.exec(`DELETE FROM "${table}"`)
  }

  #dropAll() {
    return this.#drop(extentsOf(this.ctx.storage.sql).map(({ table }) => table))
  }

  /** No byte of a key stays in what they leave. */
  async #drop(tables: readonly string[]): Promise<void> {
    const { storage } = this.ctx
    const { sql } = storage
    const there = extentsOf(sql).filter(({ table }) => tables.includes(table))
    const rows = there
      .filter(({ grows }) => !grows)
      .reduce(
        (sum, { table }) => sum + sql.exec<{ rows: number }>(`SELECT count(*) AS rows FROM "${table}"`).one().rows,
        0,
      )
    for (const { table } of there) sql.exec(`DROP TABLE "${table}"`)
    await storage.sync()
    await overwriteRemains(rows, async (statement) => {
      sql.exec(statement)
      await storage.sync()
    })
  }

  #wake() {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}
