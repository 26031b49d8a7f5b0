import { IllegalStoreId, parseStoreId } from '#schema/stores/store-id.ts'
import type { Env } from './env.ts'
import { maxFrameBytes } from './frame-check.ts'
import { objectNameFor } from './placement.ts'
import { refuse } from './refuse.ts'

/**
 * The door to a store's log: `/sync?storeId=…&transport=ws|http`.
 *
 * Nothing the client says goes through unread: the object gets an address made of what was checked, and LiveStore's
 * `payload` stays outside.
 */
export const syncWith = async (request: Request, env: Env): Promise<Response> => {
  const { origin, searchParams } = new URL(request.url)
  const storeId = searchParams.get('storeId')
  const transport = searchParams.get('transport')

  if (!isOwnPage(request)) return refuse('ForeignOrigin')
  if (storeId === null) return refuse('MissingStoreId')
  if (parseStoreId(storeId) instanceof IllegalStoreId) return refuse('IllegalStoreId')
  if (transport !== 'ws' && transport !== 'http') return refuse('UnknownTransport')
  const refusal = transport === 'ws' ? refusalForSocket(request) : refusalForPost(request)
  if (refusal !== undefined) return refusal

  const checked = new Request(`${origin}/sync?storeId=${storeId}&transport=${transport}`, request)
  return env.STORE_LOG.getByName(objectNameFor(storeId)).fetch(checked)
}

/** Browsers let any page open a socket to any address, and say only here which page it was. Other programs say nothing. */
export const isOwnPage = (request: Request) => {
  const origin = request.headers.get('Origin')
  return origin === null || origin.replace(/^https?:\/\//, '') === new URL(request.url).host
}

const refusalForSocket = (request: Request) => {
  if (request.method !== 'GET') return refuse('MethodNotAllowed', { Allow: 'GET' })
  const isUpgrade = request.headers.get('Upgrade')?.toLowerCase() === 'websocket'
  return isUpgrade ? undefined : refuse('UpgradeRequired', { Upgrade: 'websocket' })
}

const refusalForPost = (request: Request) => {
  if (request.method !== 'POST') return refuse('MethodNotAllowed', { Allow: 'POST' })
  const length = request.headers.get('Content-Length')
  if (length === null) return refuse('LengthRequired')
  return Number(length) <= maxFrameBytes ? undefined : refuse('FrameTooLarge')
}
