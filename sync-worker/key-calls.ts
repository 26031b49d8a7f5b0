import { Schema } from 'effect'
import { answer, bodyOf, type Call } from './api-call.ts'
import { KeyId } from './key-id.ts'
import { askLog } from './placement/ask-log.ts'
import { refuse } from './refuse.ts'
import { mayWrite } from './rights/role.ts'
import { rightTo } from './rights/store-right.ts'

/** `GET /api/stores/:storeId/keys?from=`: a page of the wrapped keys, for everybody who may read the log they open. */
export const readKeys = async (call: Call): Promise<Response> => {
  const right = await rightTo(call)
  if (right instanceof Response) return right
  const from = Number(new URL(call.request.url).searchParams.get('from') ?? 0)
  if (!Number.isSafeInteger(from) || from < 0) return refuse('MalformedPage')
  return answer(await askLog(call.env, call.params.storeId ?? '', (log) => log.readKeys(from)))
}

/** `POST /api/stores/:storeId/keys`: adds those that are new, and answers all as they stand now. */
export const addKeys = async (call: Call): Promise<Response> => {
  const right = await rightTo(call)
  if (right instanceof Response) return right
  if (!mayWrite(right.role)) return refuse('MayNotWrite')
  const body = await bodyOf(call.request, Keys, maxKeysBytes)
  if (body instanceof Response) return body
  const rows = await askLog(call.env, call.params.storeId ?? '', (log) => log.addKeys(body.keys))
  return rows === 'CellReadOnly' ? refuse(rows) : answer({ rows })
}

const Keys = Schema.Struct({
  keys: Schema.Array(
    Schema.Struct({
      keyId: KeyId,
      // A nonce of 12 bytes, a key of 32, a tag of 16.
      wrapped: Schema.String.pipe(Schema.pattern(/^[A-Za-z0-9+/]{80}$/)),
    }),
  ).pipe(Schema.minItems(1), Schema.maxItems(500)),
})

/** Of 500 keys, each some 130 characters. */
const maxKeysBytes = 70_000
