import { Data, Schema } from 'effect'
import { decoderOf } from '#schema/shared/quick-schema.ts'
import type { KeyRow, KeyTable } from './subject-keys.ts'

/** The table of a store's wrapped keys, beside its log on a server: `/api/stores/<store id>/keys`. */
export const remoteKeyTable = (
  server: string,
  storeId: string,
  headers: Readonly<Record<string, string>> = {},
): KeyTable => {
  const ask = async (query: string, init: RequestInit) => {
    const response = await fetch(`${server}/api/stores/${storeId}/keys${query}`, { ...init, headers }).catch(
      (cause: unknown) => {
        throw new KeyTableUnreachable({ cause })
      },
    )
    if (response.status >= 500) throw new KeyTableUnreachable({ cause: response.status })
    const answer: unknown = await response.json()
    if (!response.ok) throw new KeysRefused(refusalIn(answer))
    return answer
  }
  return {
    read: async (from) => decodePage(await ask(`?from=${from}`, {})),
    add: async (rows) => {
      const added: KeyRow[] = []
      for (let at = 0; at < rows.length; at += keysPerRequest) {
        const body = JSON.stringify({ keys: rows.slice(at, at + keysPerRequest) })
        added.push(...decodeRows(await ask('', { method: 'POST', body })).rows)
      }
      return added
    },
  }
}

/** As it was when it was asked first: for several readers who want the same of it. */
export const readOnce = (table: KeyTable): KeyTable => {
  const pages = new Map<number, ReturnType<KeyTable['read']>>()
  return {
    ...table,
    read: (from) => {
      const page = pages.get(from) ?? table.read(from)
      pages.set(from, page)
      return page
    },
  }
}

/** The server takes as many at once. */
const keysPerRequest = 500

const Rows = Schema.Struct({
  rows: Schema.Array(Schema.Struct({ keyId: Schema.String, wrapped: Schema.NullOr(Schema.String) })),
})
const decodeRows = decoderOf(Rows)
const decodePage = decoderOf(Schema.Struct({ ...Rows.fields, next: Schema.Int, more: Schema.Boolean }))

const Refusal = Schema.Struct({ error: Schema.Struct({ code: Schema.String, message: Schema.String }) })

const refusalIn = (answer: unknown) => {
  const decoded = Schema.decodeUnknownOption(Refusal)(answer)
  return decoded._tag === 'Some' ? decoded.value.error : { code: 'Unknown', message: 'The server refused.' }
}

export class KeyTableUnreachable extends Data.TaggedError('KeyTableUnreachable')<{ readonly cause: unknown }> {
  override get message() {
    return 'The server did not answer when asked for keys.'
  }
}

export class KeysRefused extends Data.TaggedError('KeysRefused')<{ readonly code: string; readonly message: string }> {}
