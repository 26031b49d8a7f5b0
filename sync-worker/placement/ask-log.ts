import type { Env } from '#sync-worker/env.ts'
import { type Away, awayIn, isAway, StoreMoving } from './away.ts'
import { forgetPlace, learnPlace, logAt, placeOf } from './places.ts'

/**
 * The one way from the Worker to a store's object. Who is told that the log went elsewhere asks there; who comes in the
 * middle of a move waits for it, which is a blink unless something broke, and fails with `StoreMoving` if it is not.
 */
export const askLog = <P extends PromiseLike<unknown>>(
  env: Env,
  storeId: string,
  ask: (log: ReturnType<typeof logAt>) => P,
): Promise<Exclude<Awaited<P>, Away>> =>
  untilThere(env, storeId, async (log) => {
    const said = await ask(log)
    return isAway(said) ? { away: said } : { said: said as Exclude<Awaited<P>, Away> } // what is left of it
  })

/** Passes a request on to it. */
export const fetchLog = async (env: Env, storeId: string, request: Request): Promise<Response> => {
  const { url, method, headers, signal } = request
  const body = method === 'POST' ? await request.arrayBuffer() : null
  return untilThere(env, storeId, async (log) => {
    const response = await log.fetch(body === null ? request : new Request(url, { method, headers, signal, body }))
    const away = awayIn(response)
    return away === undefined ? { said: response } : { away }
  })
}

const untilThere = async <A>(
  env: Env,
  storeId: string,
  ask: (log: ReturnType<typeof logAt>) => Promise<{ readonly said: A } | { readonly away: Away }>,
): Promise<A> => {
  for (let tries = 0; tries < mostTries; tries++) {
    const answer = await ask(logAt(env, storeId, await placeOf(env, storeId)))
    if ('said' in answer) return answer.said
    if (answer.away.away === 'moved') learnPlace(storeId, answer.away.to)
    else {
      forgetPlace(storeId)
      await scheduler.wait(pause)
    }
  }
  await env.MOVE_DESK.getByName(storeId).resume() // if it sleeps, though a move is under way
  throw new StoreMoving()
}

/** Three seconds: longer than a fence by far, shorter than a device waits for an answer. */
const mostTries = 120
const pause = 25
