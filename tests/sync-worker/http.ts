import type { PushedEvent } from '#sync-worker/batch-check.ts'
import { cookieFor, type Person } from './people.ts'
import { eventsIn, pullOf, pushOf } from './rpc.ts'

/** LiveStore's HTTP transport by hand: what a forged client would send. The account is the same for a whole server. */
export const push = async (url: string, storeId: string, batch: readonly PushedEvent[], named = storeId) =>
  call(url, await cookieFor(url), storeId, pushOf(named, batch))

/** Everything the log holds. */
export const pullEvents = async (url: string, storeId: string): Promise<readonly PushedEvent[]> =>
  eventsIn(await call(url, await cookieFor(url), storeId, pullOf(storeId)))

export const pushAs = ({ url, cookie }: Person, storeId: string, batch: readonly PushedEvent[], headers = {}) =>
  call(url, cookie, storeId, pushOf(storeId, batch), headers)

export const pullAs = ({ url, cookie }: Person, storeId: string) => call(url, cookie, storeId, pullOf(storeId))

const call = (url: string, cookie: string, storeId: string, body: string, headers = {}) =>
  fetch(`${url}/sync?storeId=${storeId}&transport=http`, {
    method: 'POST',
    body,
    headers: { Cookie: cookie, ...headers },
  })
