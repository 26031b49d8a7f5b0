import { Schema } from '@livestore/livestore'
import { Data } from 'effect'

/** Asks the server's `/api`. Gives its answer, or why there is none, in a sentence. */
export const ask = async (method: string, path: string, body: unknown = {}): Promise<unknown> => {
  const hasBody = method !== 'GET'
  const response = await send(path, {
    method,
    ...(hasBody ? { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : {}),
  })
  return response instanceof Error ? response : response.json().catch(() => new ServerAway())
}

/** The same for what is not only JSON. */
export const send = async (path: string, init: RequestInit): Promise<Response | ServerRefused | ServerAway> => {
  try {
    const response = await fetch(path, init)
    return response.ok ? response : new ServerRefused(decodeRefusal(await response.json()).error)
  } catch {
    return new ServerAway()
  }
}

const decodeRefusal = Schema.decodeUnknownSync(
  Schema.Struct({ error: Schema.Struct({ code: Schema.String, message: Schema.String }) }),
)

export class ServerRefused extends Data.TaggedError('ServerRefused')<{
  readonly code: string
  readonly message: string
}> {}

export class ServerAway extends Data.TaggedError('ServerAway') {
  override get message() {
    return 'The server does not answer. Try again when you are connected.'
  }
}
