import { Schema } from 'effect'
import { signText } from '#proof/signed-text.ts'
import { answer, bodyOf, type Call, isoOf } from '#sync-worker/api-call.ts'
import { deleteBlobs, deleteBlobsOf } from '#sync-worker/blobs.ts'
import { eraseFileLinks } from '#sync-worker/file-links/erase-file-links.ts'
import { KeyId } from '#sync-worker/key-id.ts'
import { askLog } from '#sync-worker/placement/ask-log.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { recordAccess } from '#sync-worker/rights/access-log.ts'
import { rightTo } from '#sync-worker/rights/store-right.ts'
import { isErased, isOwner, markErased } from '#sync-worker/rights/stores.ts'
import { withdraw } from '#sync-worker/rights/withdraw.ts'
import { overwriteRemainsIn } from './overwrite-remains.ts'
import { signingKeyOf } from './signing-key.ts'

/**
 * `POST /api/stores/:storeId/erasures`, the owner's alone → 201 and the certificate.
 *
 *     { keyIds }             destroys these keys: what they sealed opens no more, the blobs among it are gone, and nothing
 *                            is sealed with them again
 *     { everything: true }   destroys all, and the blobs; ends every share, and closes the store for ever
 *
 * The log stays as it is, so that what was proven about it still is. To ask again gives the same times, signed anew.
 */
export const erase = async (call: Call): Promise<Response> => {
  const body = await bodyOf(call.request, Order, maxOrderBytes)
  if (body instanceof Response) return body
  return 'keyIds' in body ? eraseKeys(call, body.keyIds) : eraseStore(call)
}

const eraseKeys = async (call: Call, keyIds: readonly string[]) => {
  const right = await rightTo(call)
  if (right instanceof Response) return right
  if (right.role !== 'owner') return refuse('MayNotErase')
  const destroyed = await askLog(call.env, call.params.storeId ?? '', (log) => log.destroyKeys(keyIds, call.now))
  const links = await eraseFileLinks(call.env.DB, call.params.storeId ?? '', call.now, keyIds).run()
  await deleteBlobsOf(call.env.BLOBS, call.params.storeId ?? '', new Set(keyIds))
  if (links.meta.changes > 0) await overwriteRemainsIn(call.env.DB)
  await record(call, 'keys')
  return certify(call, { destroyed: destroyed.map(({ keyId, at }) => ({ keyId, at: isoOf(at) })) })
}

const eraseStore = async (call: Call) => {
  const { env, params, session, now } = call
  const { storeId = '' } = params
  if (!(await isErased(env.DB, storeId))) {
    const right = await rightTo(call)
    if (right instanceof Response) return right
    if (right.role !== 'owner') return refuse('MayNotErase')
    await markErased(env.DB, storeId, now)
  } else if (!(await isOwner(env.DB, storeId, session.accountId))) return refuse('StoreErased')
  const { keys, sha256 } = await askLog(env, storeId, (log) => log.destroyAllKeys(now))
  await deleteBlobs(env.BLOBS, storeId)
  await overwriteRemainsIn(env.DB)
  await withdraw(env, [storeId], { everybody: true, reason: 'StoreErased' })
  await record(call, 'store')
  return certify(call, { everything: { keys, sha256 } })
}

/** `GET /api/signing-key`: what certificates of this server are verified with. */
export const showSigningKey = async ({ env }: Call): Promise<Response> =>
  answer({ algorithm: 'Ed25519', publicKey: (await signingKeyOf(env.DB)).publicKey })

/** What is signed is the text of the statement, so that nobody has to agree on how JSON is written. */
const certify = async ({ env, params, now }: Call, what: object) => {
  const key = await signingKeyOf(env.DB)
  const statement = JSON.stringify({
    certificate: 'pjai erasure 1',
    storeId: params.storeId,
    ...what,
    issuedAt: isoOf(now),
  })
  return answer({ statement, publicKey: key.publicKey, signature: await signText(key.privateKey, statement) }, 201)
}

const record = ({ env, session, params, now }: Call, why: string) =>
  recordAccess(env.DB, { ...session, storeId: params.storeId ?? '', what: 'erased', why }, now)

const Order = Schema.Union(
  Schema.Struct({ keyIds: Schema.Array(KeyId).pipe(Schema.minItems(1), Schema.maxItems(2000)) }),
  Schema.Struct({ everything: Schema.Literal(true) }),
)

/** Of 2000 ids, each 25 characters with its quotes. */
const maxOrderBytes = 55_000
