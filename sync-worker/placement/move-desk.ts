import { DurableObject } from 'cloudflare:workers'
import type { Env } from '#sync-worker/env.ts'
import { letOthersIn } from '#sync-worker/let-others-in.ts'
import { knowCells } from './configured.ts'
import { canRollBack, hasEnded, isBehindFence, isUnderWay, type Move, mostFailures, pauseAfter } from './move.ts'
import type { MoveOrder } from './move-parties.ts'
import { tellMove } from './move-rows.ts'
import { rolledBackFor, steps } from './move-saga.ts'

/** Drives the moves of one store by its alarm, and remembers them: what it does next stands in its database. */
export class MoveDesk extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS moves (moveId TEXT PRIMARY KEY, startedAt INTEGER, move TEXT)')
  }

  async start(order: MoveOrder): Promise<Move | 'MoveUnderWay'> {
    await knowCells(this.env, order.from.cellId, order.to.cellId)
    if (this.moves().some(isUnderWay)) return 'MoveUnderWay'
    const now = Date.now()
    const epoch = Math.max(order.to.epoch, ...this.moves().map(({ to }) => to.epoch + 1)) // never one that was tried
    const move: Move = {
      ...order,
      to: { ...order.to, epoch },
      step: 'planned',
      events: 0,
      copied: 0,
      bytes: 0,
      verified: {},
      startedAt: now,
      fencedAt: null,
      fenceMs: null,
      endedAt: null,
      dueAt: now,
      failures: 0,
      why: null,
    }
    this.#keep(move)
    await this.resume()
    const isThere = await tellMove(this.env.DB, move)
    const known = this.#moveOf(move.moveId)
    if (isThere || !canRollBack(known)) return known
    const turned = rolledBackFor(known, 'The cell it was to go to was removed.')
    this.#keep(turned)
    return turned
  }

  async rollBack(moveId: string): Promise<Move | 'MoveNotFound' | 'MoveTooFar'> {
    const move = this.moves().find((known) => known.moveId === moveId)
    if (move === undefined) return 'MoveNotFound'
    if (!canRollBack(move)) return 'MoveTooFar'
    const turned = { ...rolledBackFor(move, 'It was called back.'), dueAt: Date.now() }
    this.#keep(turned)
    await this.resume()
    await tellMove(this.env.DB, turned)
    return turned
  }

  /** The newest first. */
  moves(): readonly Move[] {
    return this.ctx.storage.sql
      .exec<{ move: string }>('SELECT move FROM moves ORDER BY startedAt DESC, rowid DESC LIMIT 100')
      .toArray()
      .map(({ move }) => JSON.parse(move)) // this object wrote them
  }

  async resume(): Promise<void> {
    const due = Math.min(...this.moves().flatMap((move) => (hasEnded(move) ? [] : [move.dueAt])))
    if (Number.isFinite(due)) await this.ctx.storage.setAlarm(Math.max(due, Date.now()))
  }

  override async alarm() {
    await this.run(Date.now())
    await this.resume()
  }

  /** Does what is due, step by step, as far as it goes. */
  async run(now: number): Promise<void> {
    for (const { moveId } of this.moves()) {
      while (await this.step(moveId, now))
        await (this.env.MOVE_REST ? scheduler.wait(Number(this.env.MOVE_REST)) : letOthersIn())
    }
  }

  /** One step of a move. Whether it went on. */
  async step(moveId: string, now: number): Promise<boolean> {
    const before = this.#moveOf(moveId)
    if (hasEnded(before) || before.dueAt > now) return false
    const after = await this.#perform(before).catch((error: unknown) => failed(before, error))
    // Called back meanwhile: what the step found counts no more, unless it went too far.
    if (this.#moveOf(moveId).step !== before.step) return true
    this.#keep(after)
    return true
  }

  /** Done when D1 was told too, which behind the fence can wait. */
  async #perform(move: Move): Promise<Move> {
    await knowCells(this.env, move.from.cellId, move.to.cellId)
    const next = { ...(await steps[move.step](this.env, move, Date.now())), failures: 0 }
    if (!isBehindFence(next)) await tellMove(this.env.DB, next)
    return next
  }

  #moveOf(moveId: string): Move {
    const { move } = this.ctx.storage.sql
      .exec<{ move: string }>('SELECT move FROM moves WHERE moveId = ?', moveId)
      .one()
    return JSON.parse(move) // this object wrote it
  }

  #keep(move: Move) {
    this.ctx.storage.sql.exec(
      `INSERT INTO moves VALUES (?1, ?2, ?3) ON CONFLICT (moveId) DO UPDATE SET move = ?3`,
      move.moveId,
      move.startedAt,
      JSON.stringify(move),
    )
  }
}

const failed = (move: Move, error: unknown): Move => {
  const failures = move.failures + 1
  const why = error instanceof Error ? error.message : String(error)
  if (failures > mostFailures && canRollBack(move)) return rolledBackFor({ ...move, failures: 0 }, why)
  return { ...move, failures, why, dueAt: Date.now() + pauseAfter(failures) }
}
