import { Option, Schema } from 'effect'

/**
 * Who stands behind a request or a socket, and by what right, as the Worker found it. It goes to the object in a header
 * that the Worker alone sets, and LiveStore keeps that header with the socket, over hibernation too.
 */
export interface Standing extends Schema.Schema.Type<typeof Standing> {}

const Standing = Schema.Struct({
  accountId: Schema.String,
  sessionId: Schema.String,
  role: Schema.Literal('owner', 'editor', 'auditor', 'viewer'),
  shareIds: Schema.Array(Schema.String),
  /** When the right or the session ends by itself, in milliseconds since 1970. */
  until: Schema.Number,
})

export const standingHeader = 'x-pjai-standing'

/** Whatever the client said in such a header is replaced. */
export const withStanding = (request: Request, standing: Standing): Request => {
  const headers = new Headers(request.headers)
  headers.set(standingHeader, JSON.stringify(standing))
  return new Request(request, { headers })
}

export const standingIn = (header: string | null | undefined): Standing | undefined =>
  Option.getOrUndefined(decode(header))

const decode = Schema.decodeUnknownOption(Schema.parseJson(Standing))

/** What LiveStore keeps with a socket, as far as it is read here: the headers it was told to forward. */
export const standingOfSocket = (socket: WebSocket): Standing | undefined => {
  const { headers } = JSON.parse(socket.deserializeAttachment())
  return standingIn(headers?.[standingHeader])
}

/** A socket that is closed gets nothing more: LiveStore would go on sending to it, and fail for those after it. */
export const muteSocket = (socket: WebSocket) => {
  const kept = JSON.parse(socket.deserializeAttachment())
  socket.serializeAttachment(JSON.stringify({ ...kept, pullRequestIds: [] }))
}
