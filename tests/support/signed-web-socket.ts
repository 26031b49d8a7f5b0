import { WebSocket } from 'undici'

/** Browsers send the cookie by themselves. Here it stands in the address, as a user's name would. */
class SignedWebSocket extends WebSocket {
  constructor(address: string | URL) {
    const url = new URL(address)
    const Cookie = decodeURIComponent(url.username)
    url.username = ''
    super(url, { headers: { Cookie } })
  }
}

// Node has none before 22; without one LiveStore's client is offline and does not say so.
globalThis.WebSocket = SignedWebSocket as unknown as typeof globalThis.WebSocket // undici's is the same class, typed apart

/** The address of `/sync` for a socket that carries the cookie. */
export const signedSyncUrl = (url: string, cookie: string): string =>
  `${url.replace('//', `//${encodeURIComponent(cookie)}@`)}/sync`
