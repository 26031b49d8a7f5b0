import { Either, Schema } from 'effect'
import type { Session } from './accounts/session.ts'
import type { Env } from './env.ts'
import { refuse } from './refuse.ts'

/** One request to `/api` of a device that is signed in. */
export interface Call {
  readonly request: Request
  readonly env: Env
  readonly session: Session
  /** What the address names: `:storeId`, `:id`. */
  readonly params: Readonly<Record<string, string>>
  readonly now: number
  /** What goes on after the answer. */
  readonly waitUntil: (work: Promise<unknown>) => void
  /** 128 random bits, as an id. */
  readonly newId: () => string
}

/** The body as what was asked for, or the refusal. */
export const bodyOf = async <A, I>(
  request: Request,
  schema: Schema.Schema<A, I>,
  maxBytes = 10_000,
): Promise<A | Response> => {
  const length = request.headers.get('Content-Length')
  if (length === null) return refuse('LengthRequired')
  if (Number(length) > maxBytes) return refuse('BodyTooLarge')
  const body = Schema.decodeUnknownEither(Schema.parseJson(schema))(await request.text(), { onExcessProperty: 'error' })
  return Either.isRight(body) ? body.right : refuse('MalformedBody')
}

export const answer = (body: object, status = 200): Response =>
  Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } })

/** Times are told as ISO 8601, in UTC. */
export const isoOf = (at: number): string => new Date(at).toISOString()
