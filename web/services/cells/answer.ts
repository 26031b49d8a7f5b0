import { Schema } from '@livestore/livestore'
import { Data, Either } from 'effect'
import { ServerAway, ServerRefused } from '#web/services/server.ts'

/** What the server answered, as the room reads it; or why not, in a sentence. */
export const answerOf = <A, I>(schema: Schema.Schema<A, I>, answer: unknown): A | Error =>
  answer instanceof Error
    ? problemOf(answer)
    : Either.getOrElse(Schema.decodeUnknownEither(schema)(answer), () => new ServerOlder())

export const problemOf = (problem: Error): Error => {
  if (problem instanceof ServerRefused && unknownAddress.has(problem.code)) return new ServerOlder()
  return problem instanceof ServerAway && !navigator.onLine ? new Offline() : problem
}

const unknownAddress = new Set(['NotFound', 'MethodNotAllowed'])

class ServerOlder extends Data.TaggedError('ServerOlder') {
  override get message() {
    return 'This server is of an older version and does not tell this. Your stores are where they were; update the server to see them here.'
  }
}

class Offline extends Data.TaggedError('Offline') {
  override get message() {
    return 'You are offline. What is on this device is safe; where stores stand is shown once you are connected.'
  }
}
