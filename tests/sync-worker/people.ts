import { request } from 'node:http'
import { WebSocket } from 'undici'
import { pullFrame } from './rpc.ts'

/** A device with a session, or without one when its cookie is empty. */
export interface Person {
  readonly url: string
  readonly cookie: string
  readonly accountId: string
  /** What it is answered on `/api`. */
  readonly api: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
}

export interface Answer {
  readonly status: number
  /** Of a refusal. */
  readonly code: string | undefined
  readonly body: Said
  readonly headers: Headers
}

/** All that is read here of any answer; each has its part of it. */
interface Said {
  readonly error?: { readonly code: string; readonly message: string }
  readonly user: { readonly id: string; readonly isAnonymous: boolean }
  readonly accountId: string
  readonly passkeys: readonly { readonly id: string; readonly keyring: string | null }[]
  readonly code: string
  readonly expiresAt: string
  readonly devices: readonly { readonly id: string; readonly isThisDevice: boolean }[]
  readonly stores: readonly { readonly storeId: string; readonly role: string }[]
  readonly shares: readonly unknown[]
  readonly shareId: string
  readonly linkId: string
  readonly token: string
  readonly entries: readonly { readonly what: string; readonly why: string }[]
  readonly rows: readonly unknown[]
  readonly recipientId: string
  readonly recipients: readonly { readonly recipientId: string }[]
  readonly rp: unknown
  readonly challenge: string
  readonly statement: string
  readonly signature: string
  readonly publicKey: string
}

const chromeOnLinux = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36'

export const personWith = (url: string, cookie: string, accountId = ''): Person => ({
  url,
  cookie,
  accountId,
  api: async (method, path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      // As a browser says it; Node's fetch says only what it is told.
      headers: {
        Origin: url,
        Cookie: cookie,
        'User-Agent': chromeOnLinux,
        'Content-Type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answered = (await response.json().catch(() => ({}))) as Said | null // the tests say what they expect of it
    return { status: response.status, code: answered?.error?.code, body: answered as Said, headers: response.headers }
  },
})

/** A new device, with an anonymous account of its own. */
export const signIn = async (url: string, headers?: Record<string, string>): Promise<Person> => {
  const answer = await personWith(url, '').api('POST', '/api/auth/sign-in/anonymous', {}, headers)
  if (answer.status !== 200) throw new Error(`No session: ${JSON.stringify(answer.body)}`)
  return personWith(url, cookieIn(answer), answer.body.user.id)
}

export const cookieIn = ({ headers }: Answer): string =>
  [...headers]
    .filter(([name]) => name === 'set-cookie')
    .map(([, cookie]) => cookie.split(';', 1)[0])
    .join('; ')

/** The cookie of one account per server, for tests in which it does not matter whose store it is. */
export const cookieFor = async (url: string): Promise<string> => {
  const known = cookies.get(url) ?? signIn(url).then(({ cookie }) => cookie)
  cookies.set(url, known)
  return known
}

const cookies = new Map<string, Promise<string>>()

/** How an upgrade is answered: 101, or the status and code of the refusal. */
export const knock = (
  { url, cookie }: Person,
  storeId: string,
  headers: Record<string, string> = {},
  address = `/sync?storeId=${storeId}&transport=ws`,
) =>
  new Promise<{ readonly status: number; readonly code: string | undefined }>((resolve, reject) => {
    const upgrade = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    }
    const sent = request(url + address, {
      agent: false,
      headers: { ...upgrade, Origin: url, Cookie: cookie, ...headers },
    })
    sent.on('error', reject)
    sent.on('upgrade', (_, connection) => {
      connection.destroy()
      resolve({ status: 101, code: undefined })
    })
    sent.on('response', async (response) => {
      const text = (await response.setEncoding('utf8').toArray()).join('')
      resolve({ status: response.statusCode ?? 0, code: JSON.parse(text).error.code })
    })
    sent.end()
  })

/** A socket without LiveStore's client: what a forged one would use. */
export const openSocket = async (person: Person, storeId: string, headers: Record<string, string> = {}) => {
  const socket = await dial(person, `/sync?storeId=${storeId}&transport=ws`, headers)
  socket.send(pullFrame(storeId, '1000000')) // as every device does; one that never spoke is hung up on only after ten seconds
  return socket
}

/** What a device opens to hear who else is there. */
export const attend = (person: Person, storeId: string) => dial(person, `/presence?storeId=${storeId}`)

const dial = async ({ url, cookie }: Person, address: string, headers: Record<string, string> = {}) => {
  const socket = new WebSocket(url.replace('http', 'ws') + address, { headers: { Cookie: cookie, ...headers } })
  const received: string[] = []
  socket.addEventListener('message', ({ data }) => received.push(String(data)))
  const closed = new Promise<{ readonly code: number; readonly reason: string }>((resolve) =>
    socket.addEventListener('close', ({ code, reason }) => resolve({ code, reason })),
  )
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error('The socket did not open.')))
  })
  return { send: (frame: string) => socket.send(frame), close: () => socket.close(), closed, received }
}
