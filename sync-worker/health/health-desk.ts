import { DurableObject } from 'cloudflare:workers'
import type { Env } from '#sync-worker/env.ts'
import { exportMetrics } from '#sync-worker/telemetry/export.ts'
import { judgeReadings } from './alerts.ts'
import { checkCells } from './checks.ts'
import { deliverDue } from './deliveries.ts'
import { figuresToMetrics } from './metrics.ts'
import { readReadings } from './readings.ts'
import { readSettings } from './settings.ts'

/** Looks after all cells by its alarm: asks, judges, and tells webhooks. All it finds stands in D1. */
export class HealthDesk extends DurableObject<Env> {
  async begin(): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + soon)
  }

  async lookBy(at: number): Promise<void> {
    this.ctx.storage.kv.put('lookAt', Math.min(at, this.#lookAt()))
    await this.ctx.storage.setAlarm(Math.max(this.#lookAt(), Date.now()))
  }

  override async alarm(): Promise<void> {
    const now = Date.now()
    const nextDelivery = await this.run(now).catch((error: unknown) => {
      console.error(error) // D1 does not answer, say: the next look is the next try
      return Number.POSITIVE_INFINITY
    })
    await this.ctx.storage.setAlarm(Math.max(Math.min(this.#lookAt(), nextDelivery), Date.now()))
  }

  /** Does what is due. When the next webhook is to be told; infinite if none waits. */
  async run(now: number): Promise<number> {
    if (this.#lookAt() <= now) {
      this.ctx.storage.kv.put('lookAt', now + 60_000) // if it fails
      await this.look(now)
      this.ctx.storage.kv.put('lookAt', now + (await readSettings(this.env.DB)).checkEveryMinutes * 60_000)
    }
    return deliverDue(this.env, now)
  }

  async look(now: number): Promise<void> {
    const { DB } = this.env
    const asked = this.ctx.storage.kv.get<Asked>('asked') ?? {}
    const cells = await checkCells(this.env, asked, now)
    this.ctx.storage.kv.put('asked', Object.fromEntries(cells.map(({ cellId, askedUpTo }) => [cellId, askedUpTo])))
    await judgeReadings(DB, await readReadings(DB, cells, now), now)
    await exportMetrics(this.env, figuresToMetrics(cells, now))
  }

  #lookAt(): number {
    return this.ctx.storage.kv.get<number>('lookAt') ?? 0
  }
}

/** By cell: up to where its stores were asked in turn. */
type Asked = Readonly<Record<string, number>>

const soon = 1000
