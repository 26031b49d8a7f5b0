import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { anthropic } from './model-server-anthropic.ts'
import { openAi } from './model-server-openai.ts'
import { type Asked, scriptFor } from './model-server-script.ts'
import { ownCertificate } from './own-certificate.ts'

export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Asked
}

export interface ModelServer {
  /** `http://127.0.0.1:<port>/v1`, or `https` with the name it was given: both dialects are below it. */
  readonly baseUrl: string
  readonly port: number
  /** All but those of browsers that ask whether they may. */
  readonly requests: readonly RecordedRequest[]
  /** Whether pages of other origins may call. */
  readonly allowPages: (isAllowed: boolean) => void
  /** Which key it wants; none when undefined. */
  readonly wantKey: (key: string | undefined) => void
  /** Lets models that wait say their next piece, or so many. */
  readonly give: (pieces?: number) => void
  readonly stop: () => Promise<void>
}

/**
 * A server of models on loopback, which does what the model's name says (model-server-script.ts). It knows no clock: what is
 * slow waits for the test. With a name it is somebody else's by all that a page can tell, if its browser is one of
 * `strangersAt`.
 */
export const startModelServer = async ({
  port = 0,
  name,
  has = modelNames,
}: {
  port?: number
  name?: string
  /** Which of the models it has. */
  has?: readonly string[]
} = {}): Promise<ModelServer> => {
  const requests: RecordedRequest[] = []
  const limitedOnce = new Set<string>()
  const gates = newGates()
  let pagesAllowed = true
  let wantedKey: string | undefined

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    if (pagesAllowed) allow(request, response)
    if (request.method === 'OPTIONS') return response.writeHead(pagesAllowed ? 204 : 403).end()
    const body = await bodyOf(request)
    requests.push({ method: request.method ?? '', path, headers: request.headers, body })
    const dialect =
      path.endsWith('/messages') || request.headers['anthropic-version'] !== undefined ? anthropic : openAi
    const refuse = (status: number, message: string, headers = {}) =>
      response
        .writeHead(status, { 'Content-Type': 'application/json', ...headers })
        .end(dialect.refusal(status, message))

    if (wantedKey !== undefined && keyIn(request) !== wantedKey)
      return refuse(401, `Incorrect API key provided: ${keyIn(request)}`)
    if (path === '/v1/models')
      return response.writeHead(200, { 'Content-Type': 'application/json' }).end(dialect.models(has))
    if (path !== dialect.path)
      return response.writeHead(404, { 'Content-Type': 'text/plain' }).end('404 page not found')

    const { model } = body
    if (!has.includes(model)) return refuse(404, `The model '${model}' does not exist`)
    if (model === 'hangs') return undefined
    if (model === 'locked') return refuse(401, 'This model is not for this key.')
    if (model === 'busy') return refuse(dialect.busy, 'Loading model')
    if (model === 'failing') return refuse(500, 'It fell over.')
    if (model === 'small') return refuse(400, "This model's maximum context length is 8 tokens.")
    if (model === 'closed') return refuse(429, 'Come back tomorrow', { 'Retry-After': '600' })
    if (model === 'always-limited' || (model === 'limited' && !limitedOnce.has(path))) {
      limitedOnce.add(path)
      return refuse(429, 'Rate limit reached', { 'Retry-After': '1' })
    }

    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' })
    response.flushHeaders()
    const speaker = dialect.speaker(model, (text) => response.write(text))
    for (const act of scriptFor(body)) {
      if (response.destroyed) return undefined
      if (act.type === 'wait') await gates.pass(response)
      else if (act.type === 'cut') return response.destroy()
      else if (act.type === 'raw') response.write(act.text)
      else speaker(act)
      if (act.type === 'say') await new Promise((resume) => setImmediate(resume)) // a piece of its own on the wire
    }
    return response.end()
  }

  const listener = (request: IncomingMessage, response: ServerResponse) => void answer(request, response)
  const server = name === undefined ? createServer(listener) : createSecureServer(await ownCertificate(name), listener)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: listening } = server.address() as AddressInfo // it listens on TCP
  return {
    baseUrl: name === undefined ? `http://127.0.0.1:${listening}/v1` : `https://${name}:${listening}/v1`,
    port: listening,
    requests,
    allowPages: (isAllowed) => {
      pagesAllowed = isAllowed
    },
    wantKey: (key) => {
      wantedKey = key
    },
    give: gates.give,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Flags of a browser for which a name of the internet stands for this machine: no call leaves it. */
export const strangersAt = (name: string): readonly string[] => [
  `--host-resolver-rules=MAP ${name} 127.0.0.1`,
  '--ignore-certificate-errors',
]

export const modelNames: readonly string[] = [
  'quick',
  'echo',
  'slow',
  'reasons',
  'tools',
  'long',
  'paced',
  'limited',
  'always-limited',
  'closed',
  'locked',
  'busy',
  'failing',
  'small',
  'breaks',
  'broken',
  'unfinished',
  'remembers',
  'garbage',
  'hangs',
]

const allow = (request: IncomingMessage, response: ServerResponse) => {
  response.setHeader('Access-Control-Allow-Origin', '*')
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS')
  response.setHeader('Access-Control-Allow-Headers', request.headers['access-control-request-headers'] ?? '*')
  response.setHeader('Access-Control-Expose-Headers', 'Retry-After')
}

const keyIn = ({ headers }: IncomingMessage) =>
  String(headers['x-api-key'] ?? headers.authorization?.replace(/^Bearer /, '') ?? '')

const bodyOf = async (request: IncomingMessage): Promise<Asked> => {
  const text = (await request.setEncoding('utf8').toArray()).join('')
  return text === '' ? { model: '', messages: [] } : JSON.parse(text)
}

/** Pieces that were given ahead are there for who comes next. */
const newGates = () => {
  let given = 0
  const waiting: (() => void)[] = []
  return {
    give: (pieces = 1) => {
      given += pieces
      while (given > 0 && waiting.length > 0) {
        given--
        waiting.shift()?.()
      }
    },
    pass: (response: ServerResponse) =>
      new Promise<void>((resume) => {
        if (given > 0) {
          given--
          return resume()
        }
        waiting.push(resume)
        response.once('close', () => {
          const at = waiting.indexOf(resume)
          if (at >= 0) waiting.splice(at, 1)
          resume()
        })
      }),
  }
}
