import { Data } from 'effect'
import { isId } from '#schema/shared/ids.ts'

export type StoreKind = 'workspace' | 'persona'

export interface StoreName {
  readonly kind: StoreKind
  readonly id: string
}

/** `persona_<id>`: names the log, the database, the Durable Object. The only place that puts the two together. */
export const storeIdFor = (kind: StoreKind, id: string): string | IllegalStoreId =>
  isId(id) ? `${kind}_${id}` : new IllegalStoreId({ given: id })

/** The only place that takes them apart. */
export const parseStoreId = (storeId: string): StoreName | IllegalStoreId => {
  const [, kind, id] = /^(workspace|persona)_([a-z0-9]{1,40})$/.exec(storeId) ?? []
  return kind === undefined || id === undefined
    ? new IllegalStoreId({ given: storeId })
    : { kind: kind as StoreKind, id } // the pattern allows no other kind
}

export class IllegalStoreId extends Data.TaggedError('IllegalStoreId')<{ readonly given: string }> {
  override get message() {
    return 'A store id is “workspace_” or “persona_” followed by 1–40 lowercase letters and digits.'
  }
}
