import type { DurableObject } from 'cloudflare:workers'
import type { Presence } from './presence.ts'
import { muteSocket, type Standing, standingOfSocket } from './rights/standing.ts'

/** The sockets of one object, LiveStore's and those of presence, and how they are closed. */
export const makeSockets = (ctx: DurableObjectState, log: Required<DurableObject>, presence: Presence) => {
  /** The runtime goes on naming sockets that were closed until the other side has closed them too. */
  const open = () =>
    ctx
      .getWebSockets()
      .filter(({ readyState }) => readyState === WebSocket.READY_STATE_OPEN)
      .map((socket) => ({ socket, standing: standingOfSocket(socket) }))

  const close = async (socket: WebSocket, code: number, reason: string) => {
    muteSocket(socket)
    socket.close(code, reason)
    if (presence.has(socket)) return presence.leave(socket)
    await log.webSocketClose(socket, code, reason, true) // so that a pull under way ends too
  }

  return {
    open,
    close,
    closeWhere: async (isMeant: (standing: Standing) => boolean, reason: string, code = rightWithdrawn) => {
      const meant = open().filter(({ standing }) => standing === undefined || isMeant(standing))
      await Promise.all(meant.map(({ socket }) => close(socket, code, reason)))
    },
  }
}

/** The WebSocket close code for a message that breaks the rules of its receiver (RFC 6455, 7.4.1). */
export const policyViolation = 1008

/** Ours: the WebSocket's words for 403, 421 and 429. At 421 a device dials again, and is led to where the log is. */
export const rightWithdrawn = 4403
export const goneElsewhere = 4421
export const tooMany = 4429
