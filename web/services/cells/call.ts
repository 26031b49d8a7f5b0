import { Schema } from '@livestore/livestore'
import { Data, Either } from 'effect'
import { signIn } from '#web/livestore/sign-in.ts'
import { ask, ServerAway, ServerRefused, send } from '#web/services/server.ts'

/** What the server answers, as the room reads it; or why not, in a sentence. */
export const call = async <A, I>(
  answerSchema: Schema.Schema<A, I>,
  method: string,
  path: string,
  body?: unknown,
): Promise<A | Error> => {
  const answer = await signedIn(() => ask(method, `/api/${path}`, body))
  if (answer instanceof Error) return ofOlder(answer)
  return Either.getOrElse(Schema.decodeUnknownEither(answerSchema)(answer), () => new ServerOlder())
}

/** For where what is answered does not matter. */
export const order = async (method: string, path: string, body: unknown = {}): Promise<Error | undefined> => {
  const init = { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await signedIn(() => send(`/api/${path}`, init))
  return answer instanceof Error ? ofOlder(answer) : undefined
}

/** A device that comes here first has no account yet. */
const signedIn = async <A>(asked: () => Promise<A>): Promise<A> => {
  const answer = await asked()
  return answer instanceof ServerRefused && answer.code === 'NotSignedIn' && (await signIn()) ? asked() : answer
}

const ofOlder = (problem: Error): Error => {
  if (problem instanceof ServerRefused && unknownAddress.has(problem.code)) return new ServerOlder()
  return problem instanceof ServerAway && !navigator.onLine ? new Offline() : problem
}

const unknownAddress = new Set(['NotFound', 'MethodNotAllowed'])

export class ServerOlder extends Data.TaggedError('ServerOlder') {
  override get message() {
    return 'This server is of an older version and does not tell this. Your stores are where they were; update the server to see them here.'
  }
}

class Offline extends Data.TaggedError('Offline') {
  override get message() {
    return 'You are offline. What is on this device is safe; where stores stand is shown once you are connected.'
  }
}
