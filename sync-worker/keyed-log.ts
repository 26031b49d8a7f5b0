import { Encoding } from 'effect'
import { type KeyRow, makeKeyTable } from './key-table.ts'
import { isReadOnly } from './placement/configured.ts'
import { MovableLog } from './placement/movable-log.ts'
import { cellIdOf } from './placement.ts'

/** An object with the wrapped keys of what its log holds. */
export abstract class KeyedLog extends MovableLog {
  readonly #keys = makeKeyTable(this.ctx.storage.sql)

  readKeys(from: number) {
    return this.handover.refusalTo('read') ?? this.#keys.read(from)
  }

  addKeys(rows: readonly KeyRow[]) {
    const refusal = this.handover.refusalTo('write') ?? (this.isReadOnly() ? 'CellReadOnly' : undefined)
    return refusal ?? this.#keys.add(rows)
  }

  async destroyKeys(keyIds: readonly string[], now: number) {
    const away = this.handover.refusalTo('destroy')
    if (away !== undefined) return away
    const destroyed = this.#keys.destroy(keyIds, now)
    await this.#overwriteDestroyed()
    return destroyed
  }

  isDestroyed(keyId: string) {
    return this.handover.refusalTo('read') ?? this.#keys.isDestroyed(keyId)
  }

  async destroyAllKeys(now: number) {
    const away = this.handover.refusalTo('destroy')
    if (away !== undefined) return away
    const keyIds = this.#keys.destroyAll(now)
    await this.#overwriteDestroyed()
    return { keys: keyIds.length, sha256: await sha256Of(keyIds.join('\n')) }
  }

  protected isReadOnly(): boolean {
    return isReadOnly(this.env, cellIdOf(this.ctx.id.name))
  }

  /** Nothing else may write meanwhile. */
  #overwriteDestroyed() {
    const { storage } = this.ctx
    return this.ctx.blockConcurrencyWhile(() => this.#keys.overwriteDestroyed(() => storage.sync()))
  }
}

const sha256Of = async (text: string) =>
  Encoding.encodeHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
