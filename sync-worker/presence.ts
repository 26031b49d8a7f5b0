import { makeRateLimit } from './rate-limit.ts'
import { type RefusalCode, refuse } from './refuse.ts'
import { standingHeader, standingOfSocket } from './rights/standing.ts'

/**
 * Who else has a store open: told from one device to the others, and written down nowhere.
 *
 *     a device ──what it says──► kept with its socket ──{ id, said }──► every other device that is here
 *                                                     ──{ id, said: null }──► when it leaves
 *
 * What is said is sealed on the device; here it is a text. These sockets stand beside LiveStore's in the same object. It
 * reads what is kept with every socket of the object and sends to those that wait for a pull: these say that they never do.
 */
export const makePresence = (ctx: DurableObjectState, storeId: string) => {
  const speaking = makeRateLimit({ burst: 60, perSecond: 1 })

  const others = (than: WebSocket) =>
    ctx.getWebSockets(tag).filter((socket) => socket !== than && socket.readyState === WebSocket.READY_STATE_OPEN)

  const pass = (socket: WebSocket, present: Kept) => {
    keep(socket, { ...JSON.parse(socket.deserializeAttachment()), present })
    for (const other of others(socket)) other.send(JSON.stringify(present))
  }

  return {
    has: (socket: WebSocket): boolean => ctx.getTags(socket).includes(tag),

    /** Lets a device in that the Worker sent here, and tells it who is there. */
    join: (request: Request): Response => {
      const { 0: client, 1: socket } = new WebSocketPair()
      const here = others(socket)
      if (here.length >= mostPresent) return refuse('TooManyPresent')
      ctx.acceptWebSocket(socket, [tag])
      const headers = { [standingHeader]: request.headers.get(standingHeader) ?? '' }
      keep(socket, { storeId, pullRequestIds: [], headers, present: { id: crypto.randomUUID(), said: null } })
      for (const other of here) {
        const present = keptWith(other)
        if (present.said !== null) socket.send(JSON.stringify(present))
      }
      return new Response(null, { status: 101, webSocket: client })
    },

    /** Passes on what a device says of itself, or gives the reason why not. */
    say: (socket: WebSocket, said: string | ArrayBuffer, now: number): RefusalCode | undefined => {
      const sender = standingOfSocket(socket)?.sessionId ?? ''
      if (!speaking.takes(sender, now)) return 'TooManyMessages'
      if (typeof said !== 'string' || !sealedText.test(said)) return 'MalformedFrame'
      pass(socket, { ...keptWith(socket), said })
      return undefined
    },

    /** Told once, however often a socket is found to be gone. */
    leave: (socket: WebSocket) => {
      const { id, said } = keptWith(socket)
      if (said !== null) pass(socket, { id, said: null })
    },
  }
}

export type Presence = ReturnType<typeof makePresence>

interface Kept {
  /** Of this socket; says nothing of who it is. */
  readonly id: string
  /** Null: nothing yet, or it has left. */
  readonly said: string | null
}

const keptWith = (socket: WebSocket): Kept => JSON.parse(socket.deserializeAttachment()).present

const keep = (socket: WebSocket, attachment: object) => socket.serializeAttachment(JSON.stringify(attachment))

const tag = 'presence'

/** At most 1 kB of base64: with what else is kept, a socket has room for 2 kB. */
const sealedText = /^[A-Za-z0-9+/=]{1,1024}$/

/** Each of them hears every other. */
const mostPresent = 100
