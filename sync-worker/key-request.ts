import { Schema } from 'effect'
import type { Env } from './env.ts'
import { objectNameFor } from './placement.ts'
import { refuse } from './refuse.ts'
import { isOwnPage } from './sync-request.ts'

/**
 * The keys of a store's subjects: `GET /api/stores/<store id>/keys?from=<position>` and `POST` of `{ keys: [{ keyId,
 * wrapped }] }`. `GET` answers `{ rows, next, more }`, `POST` the rows as they stand now.
 */
export const keysWith = async (request: Request, env: Env, storeId: string): Promise<Response> => {
  if (!isOwnPage(request)) return refuse('ForeignOrigin')
  const log = env.STORE_LOG.getByName(objectNameFor(storeId))
  if (request.method === 'GET') {
    const from = Number(new URL(request.url).searchParams.get('from') ?? 0)
    if (!Number.isSafeInteger(from) || from < 0) return refuse('IllegalPosition')
    return answer(await log.readKeys(from))
  }
  if (request.method !== 'POST') return refuse('MethodNotAllowed', { Allow: 'GET, POST' })
  const length = Number(request.headers.get('Content-Length') ?? Number.NaN)
  if (Number.isNaN(length)) return refuse('LengthRequired')
  if (length > maxBytes) return refuse('KeysTooLarge')
  const body = decode(await request.text())
  return body._tag === 'Some' ? answer({ rows: await log.addKeys(body.value.keys) }) : refuse('MalformedKeys')
}

const answer = (page: { readonly rows: readonly unknown[] }) =>
  Response.json(page, { headers: { 'Cache-Control': 'no-store' } })

/** Two hundred keys and what is around them. */
const maxBytes = 50_000

const Keys = Schema.Struct({
  keys: Schema.Array(
    Schema.Struct({
      keyId: Schema.String.pipe(Schema.pattern(/^[\w-]{22}$/)),
      // A nonce of 12 bytes, a key of 32, a tag of 16.
      wrapped: Schema.String.pipe(Schema.pattern(/^[A-Za-z0-9+/]{80}$/)),
    }),
  ).pipe(Schema.minItems(1), Schema.maxItems(200)),
})
const decode = Schema.decodeUnknownOption(Schema.parseJson(Keys))
