import { makeAlarm } from './alarm.ts'
import { refusalForBatch } from './batch-check.ts'
import { makeStoreChain } from './chain/store-chain.ts'
import type { Env } from './env.ts'
import { signingKeyOf } from './erasing/signing-key.ts'
import { makeFileLinkEnds } from './file-links/file-link-ends.ts'
import { readFrame } from './frame-check.ts'
import { makeStoreMeter } from './health/store-meter.ts'
import { KeyedLog } from './keyed-log.ts'
import { headIn, makeLiveStoreLog, mendHead } from './livestore-log.ts'
import { type Away, awayResponse, StoreMoving } from './placement/away.ts'
import { storeIdOf } from './placement.ts'
import { makePresence } from './presence.ts'
import { CellReadOnly, RightExpired, RoleMayNotWrite, refusalFrame, TooManyPushes } from './push-refusal.ts'
import { makeRateLimit } from './rate-limit.ts'
import { refuse } from './refuse.ts'
import { recordAccess } from './rights/access-log.ts'
import { stillStands } from './rights/enter.ts'
import { mayWrite } from './rights/role.ts'
import { type Standing, standingHeader, standingIn, standingOfSocket } from './rights/standing.ts'
import { concerns, type Withdrawal } from './rights/withdrawal.ts'
import { goneElsewhere, makeSockets, policyViolation, rightWithdrawn, tooMany } from './sockets.ts'

/**
 * The log of one store, in the order everybody agrees on.
 *
 * LiveStore keeps the log and talks to the devices; this object stands before it and checks what comes in, and by what
 * right. It holds LiveStore's object instead of extending it, because a check needs the log's head and LiveStore's hooks
 * know no `this`.
 */
export class StoreLog extends KeyedLog {
  readonly #storeId = storeIdOf(this.ctx.id.name) ?? ''
  /** A device has one push under way; an acknowledgement for every message of others is the most it sends otherwise. */
  readonly #pushes = makeRateLimit({ burst: 500, perSecond: 100 })
  readonly #frames = makeRateLimit({ burst: 5000, perSecond: 1000 })
  /** A refusal is written down once in a while, not each time. */
  readonly #notes = makeRateLimit({ burst: 1, perSecond: 1 / 600 })
  #withdrawnAt = Number.NEGATIVE_INFINITY

  readonly #log = makeLiveStoreLog(this.ctx, this.env, {
    forwardHeaders: [standingHeader],
    onPush: async ({ batch }, { headers }) => {
      const now = Date.now()
      const standing = standingIn(headers?.get(standingHeader))
      if (this.handover.refusalTo('write') !== undefined) throw new StoreMoving()
      const refusal = this.#refusalFor(standing, now) ?? refusalForBatch(batch, headIn(this.ctx.storage.sql))
      if (refusal !== undefined) throw refusal // the device reads it as the cause of LiveStore's UnknownError
      this.#chain.expect(batch, standing?.accountId ?? '', now) // without a standing it was refused
      await this.#closeExpired(now) // before LiveStore tells all sockets what is new
      this.#meter.begins('push', now)
    },
    onPushRes: () => {
      this.#chain.accepted(Date.now())
      this.#meter.ends('push', Date.now())
    },
    onPull: async (_, { headers }) => {
      const standing = standingIn(headers?.get(standingHeader))
      if (standing === undefined || standing.until <= Date.now()) throw new RightExpired()
      this.#meter.begins('pull', Date.now())
    },
    onPullRes: (page) => {
      if ('pageInfo' in page && page.pageInfo._tag === 'NoMore') this.#meter.ends('pull', Date.now())
    },
  })

  readonly #presence = makePresence(this.ctx, this.#storeId)
  readonly #sockets = makeSockets(this.ctx, this.#log, this.#presence)
  readonly #chain = makeStoreChain(this.ctx, () => signingKeyOf(this.env.DB))
  /** For what its alarm sees to. */
  readonly #chore = {
    isHere: () => this.handover.refusalTo('read') === undefined,
    wakeBy: (at: number): void => this.ctx.waitUntil(this.#alarm.setBy(at)),
  }
  readonly #meter = makeStoreMeter(this.ctx, this.env, {
    count: () => ({ records: this.#chain.length(), connections: this.#sockets.open().length }),
    ...this.#chore,
  })
  readonly #fileLinkEnds = makeFileLinkEnds(this.ctx, this.env, { storeId: this.#storeId, ...this.#chore })
  readonly #alarm = makeAlarm(this.ctx.storage, [
    {
      dueAt: () => Math.min(...this.#sockets.open().map(({ standing }) => standing?.until ?? 0)),
      run: (now) => this.#closeExpired(now),
    },
    this.#meter,
    this.#fileLinkEnds,
  ])

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    if (this.handover.state() !== 'arriving') this.begin()
  }

  override async fetch(request: Request): Promise<Response> {
    const away = this.handover.refusalTo('read')
    if (away !== undefined) return awayResponse(away)
    const standing = standingIn(request.headers.get(standingHeader))
    if (standing === undefined) return refuse('NotSignedIn')
    if (!(await this.#isCurrent(standing))) return refuse('RightsChanged')
    return this.#noting(request.method === 'POST' ? this.#answer(request, standing) : this.#connect(request, standing))
  }

  override async webSocketMessage(socket: WebSocket, frame: string | ArrayBuffer) {
    if (socket.readyState !== WebSocket.READY_STATE_OPEN) return // closed by us, with frames still on their way
    const now = Date.now()
    const standing = standingOfSocket(socket)
    if (standing === undefined || standing.until <= now)
      return this.#sockets.close(socket, rightWithdrawn, 'RightExpired')
    if (this.#presence.has(socket)) return this.#hear(socket, frame, now)
    if (!this.#frames.takes(standing.sessionId, now)) return this.#sockets.close(socket, tooMany, 'TooManyMessages')
    const message = readFrame(frame, this.#storeId)
    if (typeof message === 'string') return this.#sockets.close(socket, policyViolation, message)
    if (message._tag === 'Request' && message.tag === 'SyncWsRpc.Push') {
      const refusal = this.#pushes.takes(standing.sessionId, now)
        ? this.#refusalFor(standing, now)
        : new TooManyPushes()
      if (refusal !== undefined) return socket.send(refusalFrame(message.id, refusal))
      await this.untilUnfenced()
      if (socket.readyState !== WebSocket.READY_STATE_OPEN) return // the device pushes it where the log went
    }
    await this.#noting(this.#log.webSocketMessage(socket, frame))
  }

  override async webSocketClose(socket: WebSocket, code: number, reason: string, wasClean: boolean) {
    this.#meter.touch(Date.now())
    if (this.#presence.has(socket)) {
      this.#presence.leave(socket)
      return socket.close()
    }
    await this.#log.webSocketClose(socket, code, reason, wasClean)
  }

  /** Closes the sockets that come by a right which is gone from D1. They dial again, with what right they have then. */
  async withdraw(withdrawal: Withdrawal): Promise<Away | undefined> {
    this.#withdrawnAt = Date.now()
    await this.#sockets.closeWhere((standing) => concerns(withdrawal, standing), withdrawal.reason)
    return this.handover.refusalTo('read')
  }

  override async webSocketError(socket: WebSocket) {
    if (this.#presence.has(socket)) this.#presence.leave(socket)
  }

  override async alarm() {
    await this.#alarm.ring(Date.now())
  }

  /** A link to a file of this store ends then. */
  expectFileLinkEnd(at: number) {
    const away = this.handover.refusalTo('read')
    if (away === undefined) this.#fileLinkEnds.expect(at)
    return away
  }

  /** What its alarm has to see to stands in D1. */
  override activate(moveId: string) {
    super.activate(moveId)
    this.ctx.waitUntil(this.#alarm.setBy(Date.now()))
  }

  /** How it is. */
  pulse() {
    return this.handover.refusalTo('read') ?? this.#meter.pulse(Date.now())
  }

  /** What fails is counted, and fails. */
  async #noting<A>(work: Promise<A> | A): Promise<A> {
    try {
      return await work
    } catch (error) {
      this.#meter.failed(error, Date.now())
      throw error
    }
  }

  async #answer(request: Request, standing: Standing): Promise<Response> {
    if (!this.#frames.takes(standing.sessionId, Date.now())) return refuse('TooManyMessages')
    const body = await request.text()
    const message = readFrame(body, this.#storeId)
    if (typeof message === 'string') return refuse(message)
    const isPush = message._tag === 'Request' && message.tag === 'SyncHttpRpc.Push'
    const away = isPush ? this.handover.refusalTo('write') : undefined
    if (away !== undefined) return awayResponse(away)
    const response = await this.#log.fetch(new Request(request, { body }))
    if (response.status < 500) return response
    this.#meter.failed(`The log answered ${response.status}.`, Date.now())
    return refuse('SyncFailed')
  }

  async #connect(request: Request, { shareIds, until }: Standing): Promise<Response> {
    const isPresence = new URL(request.url).pathname === '/presence'
    const response = isPresence ? this.#presence.join(request) : await this.#log.fetch(request)
    this.#meter.touch(Date.now())
    if (shareIds.length > 0) await this.#alarm.setBy(until)
    return response
  }

  /** A request that the Worker let in may have been overtaken by a withdrawal: for a while after one, D1 is asked again. */
  async #isCurrent(standing: Standing): Promise<boolean> {
    const now = Date.now()
    return now - this.#withdrawnAt > overtakenWithin || stillStands(this.env.DB, standing, this.#storeId, now)
  }

  #hear(socket: WebSocket, said: string | ArrayBuffer, now: number) {
    const refusal = this.#presence.say(socket, said, now)
    if (refusal === 'TooManyMessages') return this.#sockets.close(socket, tooMany, refusal)
    return refusal === undefined ? undefined : this.#sockets.close(socket, policyViolation, refusal)
  }

  #refusalFor(standing: Standing | undefined, now: number): CellReadOnly | RightExpired | RoleMayNotWrite | undefined {
    if (standing === undefined || standing.until <= now) return new RightExpired()
    if (mayWrite(standing.role)) return this.isReadOnly() ? new CellReadOnly() : undefined
    const refusal = new RoleMayNotWrite({ role: standing.role })
    if (this.#notes.takes(standing.sessionId, now)) {
      const access = { ...standing, storeId: this.#storeId, what: 'push refused', why: refusal.name } as const
      this.ctx.waitUntil(recordAccess(this.env.DB, access, now))
    }
    return refusal
  }

  #closeExpired(now: number) {
    return this.#sockets.closeWhere(({ until }) => until <= now, 'RightExpired')
  }

  readLog(after: number, limit: number, sessionId: string) {
    return this.handover.refusalTo('read') ?? this.#chain.read(after, limit, sessionId, Date.now())
  }

  protected override begin() {
    mendHead(this.ctx.storage.sql, this.#storeId)
    this.#chain.mend(Date.now())
  }

  protected override finishChain() {
    this.#chain.accepted(Date.now())
  }

  protected override closeAllSockets(reason: string) {
    return this.#sockets.closeWhere(() => true, reason, goneElsewhere)
  }
}

/** Far longer than a request takes from the Worker to its object. */
const overtakenWithin = 30_000
