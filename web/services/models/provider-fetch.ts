import type { Endpoint, World } from './endpoint.ts'
import { failureOfNetwork, failureOfProxy, failureOfResponse } from './failures.ts'
import { ModelFailure } from './model-call.ts'

/**
 * `fetch` for one endpoint. It goes straight or by way of our server, carries the key and nothing of the browser, and
 * either gives an answer that is worth reading or throws the `ModelFailure` that says why there is none; the body of
 * what it gives throws one, too.
 */
export const fetchFrom =
  (endpoint: Endpoint, model?: string): typeof fetch =>
  async (input, init) => {
    const url = input instanceof Request ? input.url : input.toString()
    const watch = watchOver(init?.signal ?? undefined, endpoint.world)
    try {
      const response = await endpoint.world.fetch(endpoint.target.viaProxy ? proxied(url) : url, {
        method: endpoint.target.viaProxy ? 'POST' : (init?.method ?? 'GET'),
        headers: headersOf(endpoint, init?.body !== undefined),
        body: init?.body ?? null,
        signal: watch.signal,
        // Neither our cookie to a provider, nor one of a provider.
        credentials: endpoint.target.viaProxy ? 'same-origin' : 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
      })
      watch.alive()
      const failure = await failureIn(response, endpoint, model)
      if (failure !== undefined) throw failure
      return new Response(response.body === null ? null : watched(response.body, watch), response)
    } catch (cause) {
      watch.end()
      throw await failureFrom(cause, watch, url, endpoint)
    }
  }

const failureIn = async (response: Response, endpoint: Endpoint, model: string | undefined) => {
  if (endpoint.target.viaProxy && !response.headers.has('X-Proxied')) return failureOfProxy(response, endpoint)
  return failureOfResponse(response, endpoint, model)
}

const failureFrom = async (cause: unknown, watch: Watch, url: string, endpoint: Endpoint): Promise<ModelFailure> => {
  if (cause instanceof ModelFailure) return cause
  return watch.failure() ?? failureOfNetwork(url, endpoint)
}

/** A local model may take its time to load; after that, silence of a minute is silence. */
const patience = 60_000

interface Watch {
  readonly signal: AbortSignal
  /** Something came. */
  readonly alive: () => void
  readonly end: () => void
  /** Why the watch ended it, if it did. */
  readonly failure: () => ModelFailure | undefined
}

/** Ends a call when the person does, or when nothing came for too long. */
const watchOver = (stop: AbortSignal | undefined, world: World): Watch => {
  const aborted = new AbortController()
  let failure: ModelFailure | undefined
  const fail = (reason: ModelFailure) => {
    failure = reason
    end()
    aborted.abort(reason)
  }
  const onStop = () => fail(new ModelFailure({ code: 'stopped', detail: 'You stopped it.' }))
  const wait = () => world.after(patience, () => fail(new ModelFailure({ code: 'timeout', detail: silent })))
  let callOff = wait()
  const end = () => {
    callOff()
    stop?.removeEventListener('abort', onStop)
  }
  stop?.addEventListener('abort', onStop)
  if (stop?.aborted === true) onStop()
  return {
    signal: aborted.signal,
    alive: () => {
      callOff()
      if (failure === undefined) callOff = wait()
    },
    end,
    failure: () => failure,
  }
}

const silent =
  'Nothing came for a minute. The model may still be loading, or is too large for the machine it runs on: try again, or choose a smaller one.'

const watched = (body: ReadableStream<Uint8Array>, watch: Watch): ReadableStream<Uint8Array> => {
  const reader = body.getReader()
  return new ReadableStream({
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read()
        if (done) {
          watch.end()
          return controller.close()
        }
        watch.alive()
        controller.enqueue(value)
      } catch {
        watch.end()
        controller.error(watch.failure() ?? new ModelFailure({ code: 'server', detail: broken }))
      }
    },
    cancel: (reason) => {
      watch.end()
      return reader.cancel(reason)
    },
  })
}

const broken = 'The connection broke while the answer was coming. What arrived is kept; try again or continue.'

const headersOf = ({ target, key }: Endpoint, hasBody: boolean): Record<string, string> => ({
  ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
  ...(target.kind === 'anthropic'
    ? {
        'anthropic-version': '2023-06-01',
        // Without it Anthropic answers no browser: the key is in the hands of whoever sits at it, which is so here.
        ...(target.viaProxy ? {} : { 'anthropic-dangerous-direct-browser-access': 'true' }),
        ...(key === undefined ? {} : { 'x-api-key': key }),
      }
    : key === undefined
      ? {}
      : { Authorization: `Bearer ${key}` }),
})

/** `https://api.openai.com/v1/models` as `/api/proxy/https/api.openai.com/v1/models`. */
const proxied = (url: string) => `/api/proxy/${url.replace('://', '/')}`
