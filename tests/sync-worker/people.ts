import { exports } from 'cloudflare:workers'

export const origin = 'http://pjai.test'

/** A device that talks to the Worker inside workerd, with its cookie. */
export interface Device {
  readonly cookie: string
  readonly accountId: string
  readonly api: (method: string, path: string, body?: object, headers?: Record<string, string>) => Promise<Answer>
}

export interface Answer {
  readonly status: number
  readonly code: string | undefined
  readonly body: any
  readonly headers: Headers
}

export const fetchWorker = (path: string, init: RequestInit = {}): Promise<Response> =>
  (exports as any).default.fetch(new Request(`${origin}${path}`, init))

export const call = async (cookie: string, method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> => {
  const text = body === undefined ? undefined : JSON.stringify(body)
  const response = await fetchWorker(path, {
    method,
    headers: {
      Origin: origin,
      ...(cookie === '' ? {} : { Cookie: cookie }),
      ...(text === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(text.length) }),
      'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36',
      ...headers,
    },
    ...(text === undefined ? {} : { body: text }),
  })
  const answered: any = await response.json().catch(() => undefined)
  return { status: response.status, code: answered?.error?.code, body: answered, headers: response.headers }
}

export const cookieOf = (answer: Answer): string =>
  answer.headers.getAll('Set-Cookie').map((cookie) => cookie.split(';', 1)[0]).join('; ')

let addresses = 0

export const signIn = async (): Promise<Device> => {
  const answer = await call('', 'POST', '/api/auth/sign-in/anonymous', {}, { 'CF-Connecting-IP': `10.0.0.${++addresses}` })
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  const cookie = cookieOf(answer)
  return { cookie, accountId: answer.body.user.id, api: (...rest) => call(cookie, ...rest) }
}
