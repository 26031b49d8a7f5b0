import { Schema } from 'effect'
import { answer, bodyOf, type Call } from './api-call.ts'
import { KeyId } from './key-id.ts'
import { objectNameFor } from './placement.ts'
import { refuse } from './refuse.ts'
import { mayWrite } from './rights/role.ts'
import { rightTo } from './rights/store-right.ts'

/** `GET /api/stores/:storeId/keys?from=`: a page of the wrapped keys, for everybody who may read the log they open. */
export const readKeys = async (call: Call): Promise<Response> => {
  const right = await rightTo(call)
  if (right instanceof Response) return right
  const from = Number(new URL(call.request.url).searchParams.get('from') ?? 0)
  if (!Number.isSafeInteger(from) || from < 0) return refuse('MalformedPage')
  return answer(await objectOf(call).readKeys(from))
}

/** `POST /api/stores/:storeId/keys`: adds those that are new, and answers all as they stand now. */
export const addKeys = async (call: Call): Promise<Response> => {
  const right = await rightTo(call)
  if (right instanceof Response) return right
  if (!mayWrite(right.role)) return refuse('MayNotWrite')
  const body = await bodyOf(call.request, Keys, maxKeysBytes)
  return body instanceof Response ? body : answer({ rows: await objectOf(call).addKeys(body.keys) })
}

const objectOf = ({ env, params }: Call) => env.STORE_LOG.getByName(objectNameFor(params.storeId ?? ''))

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
