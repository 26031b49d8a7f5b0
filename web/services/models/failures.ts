import { isLocalUrl } from '#schema/providers/base-url.ts'
import { corsCure } from './cors-cure.ts'
import { type Endpoint, hostOf } from './endpoint.ts'
import { ModelFailure } from './model-call.ts'
import { namesNear } from './names-near.ts'
import { retryAfterOf } from './retry-after.ts'

/** What an answer that is none says of itself. Undefined when it is one. */
export const failureOfResponse = async (
  response: Response,
  endpoint: Endpoint,
  model: string | undefined,
): Promise<ModelFailure | undefined> => {
  const type = response.headers.get('Content-Type') ?? ''
  if (response.ok) return /json|event-stream/.test(type) || type === '' ? undefined : notAnApi(endpoint)
  const said = saidIn(await response.text().catch(() => ''), endpoint)
  return failureOfStatus(response.status, said, endpoint, model, retryAfterOf(response.headers, endpoint.world.now()))
}

const failureOfStatus = (
  status: number,
  said: string,
  endpoint: Endpoint,
  model: string | undefined,
  retryAfterMs: number | undefined,
): ModelFailure => {
  const host = hostOf(endpoint.target)
  const later = retryAfterMs === undefined ? {} : { retryAfterMs }
  const quoted = said === '' ? '' : ` It says: “${said}”`
  if (status === 401 || status === 403) return keyFailure(endpoint)
  if (status === 402)
    return new ModelFailure({ code: 'rateLimited', detail: `The account at ${host} has no credit left.${quoted}` })
  if (status === 413 || isTooLong(said)) return new ModelFailure({ code: 'tooLong', detail: tooLong(model) })
  if (model !== undefined && (status === 404 || status === 400) && isAboutModel(said))
    return wrongModel(model, endpoint)
  if (status === 404) return nothingThere(endpoint)
  if (status === 408 || status === 504)
    return new ModelFailure({ code: 'timeout', detail: `${host} took too long. Try again.` })
  if (status === 429)
    return new ModelFailure({ code: 'rateLimited', detail: `${host} takes no more for now.${quoted}`, ...later })
  if (status === 503 || status === 529)
    return new ModelFailure({
      code: 'overloaded',
      detail: `${host} is busy, or still loading the model.${quoted}`,
      ...later,
    })
  return new ModelFailure({ code: 'server', detail: `${host} failed (${status}).${quoted} Try again.`, ...later })
}

const isTooLong = (said: string) =>
  /context[ _-]?(length|size|window)|too (long|many tokens)|maximum .{0,40}tokens|exceed\w* .{0,40}(context|tokens)/i.test(
    said,
  )

const isAboutModel = (said: string) => /model/i.test(said)

const tooLong = (model: string | undefined) =>
  `This is more than ${model ?? 'the model'} takes at once. Choose a model with a larger context, or start a new conversation.`

const keyFailure = ({ target, key }: Endpoint): ModelFailure =>
  key === undefined
    ? new ModelFailure({ code: 'noKey', detail: `${hostOf(target)} wants a key. Add it in Settings → Models.` })
    : new ModelFailure({
        code: 'wrongKey',
        detail: `${hostOf(target)} does not take this key, or it may not use this model. Put a valid one in Settings → Models.`,
      })

const wrongModel = (model: string, { target }: Endpoint): ModelFailure => {
  const near = namesNear(
    model,
    target.models.map(({ id }) => id),
  )
  const hint = near.length === 0 ? 'List its models anew in Settings → Models.' : `Near it: ${near.join(', ')}.`
  return new ModelFailure({ code: 'wrongModel', detail: `${hostOf(target)} has no model “${model}”. ${hint}` })
}

const nothingThere = ({ target }: Endpoint) =>
  new ModelFailure({
    code: 'server',
    detail: `There is nothing at ${target.baseUrl}. Most addresses end in /v1: look at it in Settings → Models.`,
  })

const notAnApi = ({ target }: Endpoint) =>
  new ModelFailure({
    code: 'malformed',
    detail: `What answers at ${target.baseUrl} is no model server, but a page. Most addresses end in /v1.`,
  })

/** Our own server answered in the place of the provider. */
export const failureOfProxy = async (response: Response, { target }: Endpoint): Promise<ModelFailure> => {
  const { code, message } = refusalIn(await response.text().catch(() => ''))
  if (response.status === 429) return new ModelFailure({ code: 'rateLimited', detail: message, retryAfterMs: 10_000 })
  if (code === 'BodyTooLarge') return new ModelFailure({ code: 'tooLong', detail: message })
  return new ModelFailure({ code: 'refused', detail: `Our server could not reach ${hostOf(target)}: ${message}` })
}

const refusalIn = (text: string): { readonly code?: string; readonly message: string } => {
  const { error } = jsonIn(text) as { error?: { code?: unknown; message?: unknown } } // read with care below
  return typeof error?.code === 'string' && typeof error.message === 'string'
    ? { code: error.code, message: error.message }
    : { message: 'It does not say why.' }
}

/**
 * No answer at all. A browser says only that it failed, so the address is knocked at once more without wanting to read:
 * whoever answers then is there, and only does not allow this page.
 */
export const failureOfNetwork = async (url: string, endpoint: Endpoint): Promise<ModelFailure> => {
  const { target, world } = endpoint
  const isLocal = isLocalUrl(target.baseUrl)
  if (!world.isOnline() && (!isLocal || target.viaProxy))
    return new ModelFailure({
      code: 'offline',
      detail: 'This device is offline. A model on this device still answers.',
    })
  if (target.viaProxy)
    return new ModelFailure({
      code: 'offline',
      detail: 'Our server does not answer, and calls of this account go by way of it.',
    })
  if (await isThere(url, endpoint))
    return new ModelFailure({
      code: 'cors',
      detail: `${hostOf(target)} answers, but not to this page. ${corsCure(target.baseUrl, world.origin)}`,
    })
  return new ModelFailure({
    code: 'refused',
    detail: isLocal
      ? `Nobody answers at ${target.baseUrl}. Is the server running, and on this port?`
      : `Nobody answers at ${target.baseUrl}. Look at the address, and whether you are connected.`,
  })
}

const isThere = async (url: string, { world }: Endpoint): Promise<boolean> => {
  const aborted = new AbortController()
  const callOff = world.after(5000, () => aborted.abort())
  return world
    .fetch(url, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal: aborted.signal })
    .then(async ({ body }) => {
      await body?.cancel()
      return true
    })
    .catch(() => false)
    .finally(callOff)
}

/** What `ai` threw or streamed that is not ours: what the provider said instead of an answer, or what nobody can read. */
export const failureOfStream = (error: unknown, endpoint: Endpoint, model: string): ModelFailure => {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof ModelFailure) return cause
  const host = hostOf(endpoint.target)
  if (error instanceof Error && /without a finish reason/.test(error.message)) return brokenOff()
  if (error instanceof Error)
    return new ModelFailure({
      code: 'malformed',
      detail: `${host} sent what is no answer of a model. What arrived is kept; try again.`,
    })
  const said = saidIn(typeof error === 'string' ? error : JSON.stringify(error), endpoint)
  if (isTooLong(said)) return new ModelFailure({ code: 'tooLong', detail: tooLong(model) })
  if (/overloaded/i.test(said)) return new ModelFailure({ code: 'overloaded', detail: `${host} is busy. Try again.` })
  return new ModelFailure({ code: 'server', detail: `${host} broke off. It says: “${said}” Try again.` })
}

/** The connection is gone, or its end came before the answer's: by way of a server in between the two look alike. */
export const brokenOff = () =>
  new ModelFailure({
    code: 'server',
    detail: 'The connection broke while the answer was coming. What arrived is kept; try again or continue.',
  })

/** The provider's own words, as far as they are any: at most 200 characters, and never the key. */
const saidIn = (text: string, { key }: Endpoint): string => {
  const found = messageIn(jsonIn(text)) ?? (/^\s*[<{[]/.test(text) ? '' : text)
  const safe = key === undefined ? found : found.replaceAll(key, '…')
  const line = safe.replace(/\s+/g, ' ').trim()
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`
}

/** `{ error: { message } }`, `{ error: "…" }`, `{ message }`, `{ detail }`: each provider has its own. */
const messageIn = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value
  if (value === null || typeof value !== 'object') return undefined
  const fields = value as Readonly<Record<string, unknown>>
  return messageIn(fields.error) ?? messageIn(fields.message) ?? messageIn(fields.detail)
}

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}
