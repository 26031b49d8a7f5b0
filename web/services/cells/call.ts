import type { Schema } from '@livestore/livestore'
import { signIn } from '#web/livestore/sign-in.ts'
import { ask, ServerRefused, send } from '#web/services/server.ts'
import { answerOf, problemOf } from './answer.ts'

export const call = async <A, I>(
  schema: Schema.Schema<A, I>,
  method: string,
  path: string,
  body?: unknown,
): Promise<A | Error> => answerOf(schema, await signedIn(() => ask(method, `/api/${path}`, body)))

/** For where what is answered does not matter. */
export const order = async (method: string, path: string, body: unknown = {}): Promise<Error | undefined> => {
  const init = { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await signedIn(() => send(`/api/${path}`, init))
  return answer instanceof Error ? problemOf(answer) : undefined
}

/** A device that comes here first has no account yet. */
const signedIn = async <A>(asked: () => Promise<A>): Promise<A> => {
  const answer = await asked()
  return answer instanceof ServerRefused && answer.code === 'NotSignedIn' && (await signIn()) ? asked() : answer
}
