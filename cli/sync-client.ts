import { type } from 'node:os'
import { EventSequenceNumber, type LiveStoreEvent } from '@livestore/livestore'
import { makeHttpSync } from '@livestore/sync-cf/client'
import {
  Cause,
  Effect,
  Exit,
  FetchHttpClient,
  KeyValueStore,
  Layer,
  Logger,
  LogLevel,
  Option,
  Schema,
  Stream,
} from '@livestore/utils/effect'
import { remoteKeyTable } from '#sealing/key-table.ts'
import { SecretChange, secretsFrom } from '#sealing/owner-secrets.ts'
import { makeSealedSync } from '#sealing/sealed-sync.ts'
import { ownerKeyFrom, storeKeysFrom, storeSecretFrom } from '#sealing/store-secret.ts'
import { makeSubjectKeys, type SubjectKeys } from '#sealing/subject-keys.ts'
import type { Invitation, WorkspaceKey } from '#sealing/workspace-link.ts'
import { Problem } from './problem.ts'

/** An event as a command makes it. */
export interface Fact {
  readonly name: string
  readonly args: unknown
}

/** How the events of a kind of store are written: their definitions, by any key. */
export type Definitions = Readonly<
  Record<string, { readonly name: string; readonly schema: Schema.Schema.AnyNoContext }>
>

/** The log of one store on a server. */
export interface RemoteLog {
  /** Everything in it so far, oldest first, as it is on the wire. */
  readonly read: () => Promise<readonly Fact[]>
  /** Puts facts at the end, in batches. If another device writes in between, ours go behind its events. */
  readonly append: (facts: Iterable<Fact>) => Promise<number>
}

/** One run of a command, as a server sees it: a device that holds the secrets of a workspace. */
export interface Remote {
  readonly server: string
  readonly deviceId: string
  /** Of its secrets, the oldest first. */
  readonly ownerKeys: readonly CryptoKey[]
  /** What it is signed in with. */
  readonly headers: Readonly<Record<string, string>>
}

/** Signs in, and with an invitation into the account that it comes from. */
export const remoteFor = async (
  server: string,
  { workspaceId, secret, code }: WorkspaceKey & Partial<Invitation>,
  deviceId: string,
): Promise<Remote> => {
  await requireServer(server)
  let headers = await signIn(server, '/api/auth/sign-in/anonymous', {}, {})
  if (code !== undefined) headers = await signIn(server, '/api/pairings/use', { code }, headers)
  const secrets = code === undefined ? [secret] : await secretsBehind(server, { workspaceId, secret }, headers)
  return { server, deviceId, ownerKeys: await Promise.all(secrets.map(ownerKeyFrom)), headers }
}

/** A link carries the newest secret, which leads to those before it. */
const secretsBehind = async (
  server: string,
  { workspaceId, secret }: WorkspaceKey,
  headers: Readonly<Record<string, string>>,
) => {
  const storeId = `workspace_${workspaceId}`
  const answer: unknown = await (await call(server, 'GET', `/api/stores/${storeId}/secrets`, undefined, headers)).json()
  return secretsFrom(storeId, secret, Schema.decodeUnknownSync(Changes)(answer).changes)
}

const Changes = Schema.Struct({ changes: Schema.Array(SecretChange) })

/** The headers of the session that the answer opens. */
const signIn = async (server: string, path: string, body: unknown, headers: Readonly<Record<string, string>>) => {
  const cookies = (await post(server, path, body, headers)).headers.getSetCookie()
  return { Cookie: cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ') }
}

/** Lets one other device in, once, within ten minutes. */
export const inviteTo = async ({ server, headers }: Remote, key: WorkspaceKey): Promise<Invitation> => {
  const answer: unknown = await (await post(server, '/api/pairings', {}, headers)).json()
  return { ...key, ...Schema.decodeUnknownSync(Schema.Struct({ code: Schema.String }))(answer) }
}

/** Ends the session, so that no device stays behind that nobody uses. */
export const leave = async ({ server, headers }: Remote): Promise<void> => {
  await post(server, '/api/auth/sign-out', {}, headers)
}

/** What a server answers to whoever is signed in. */
export const getFrom = ({ server, headers }: Remote, path: string): Promise<Response> =>
  call(server, 'GET', path, undefined, headers)

/** The same; undefined when it is not there. */
export const findFrom = async ({ server, headers }: Remote, path: string): Promise<Response | undefined> => {
  const response = await fetch(`${server}${path}`, { headers })
  if (response.ok) return response
  if (response.status === 404) return undefined
  throw new Problem(`The server refused ${path} (${response.status}).`)
}

const post = (server: string, path: string, body: unknown, headers: Readonly<Record<string, string>>) =>
  call(server, 'POST', path, body, headers)

const call = async (
  server: string,
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
) => {
  const response = await fetch(`${server}${path}`, {
    method,
    headers: { ...headers, Origin: server, 'Content-Type': 'application/json', 'User-Agent': `PJai (${type()})` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (response.ok) return response
  const refused = Schema.decodeUnknownOption(Refused)(await response.json().catch(() => undefined))
  throw new Problem(refused._tag === 'Some' ? refused.value.error.message : `The server refused ${path}.`)
}

const Refused = Schema.Struct({ error: Schema.Struct({ message: Schema.String }) })

/** Of all generations, as the secrets of the workspace give them. */
export const keysOfStore = async ({ server, ownerKeys, headers }: Remote, storeId: string): Promise<SubjectKeys> => {
  const keysOf = (generation: number) =>
    Promise.all(
      ownerKeys.map(async (ownerKey) => storeKeysFrom(await storeSecretFrom(ownerKey, storeId, generation), storeId)),
    )
  const [first] = await keysOf(0)
  if (first === undefined) throw new Error('A workspace has at least one secret.') // our bug
  const later = { of: keysOf, learn: async () => undefined } // a run is short
  return makeSubjectKeys(first, remoteKeyTable(server, storeId, headers), later)
}

/**
 * Speaks to a server as a device does, without a store: LiveStore's own client, over HTTP, sealed. Numbers of events are
 * given by us and checked by the server: each follows the one before it.
 */
export const remoteLog = (remote: Remote, storeId: string, definitions: Definitions): RemoteLog => {
  const { server, deviceId, headers } = remote
  const encoders = new Map(Object.values(definitions).map(({ name, schema }) => [name, Schema.encodeSync(schema)]))
  const encoded = ({ name, args }: Fact, after: number): LiveStoreEvent.Global.Encoded => {
    const encode = encoders.get(name)
    if (encode === undefined) throw new Error(`There is no event ${name} in this store.`) // our bug
    return {
      name,
      args: encode(args),
      seqNum: EventSequenceNumber.Global.make(after + 1),
      parentSeqNum: EventSequenceNumber.Global.make(after),
      clientId: deviceId,
      sessionId: 'cli',
    }
  }
  const keys = keysOfStore(remote, storeId)
  const http = makeHttpSync({ url: `${server}/sync`, headers, ping: { enabled: false } })
  const backend = makeSealedSync(http, () => keys)({ storeId, clientId: deviceId, payload: undefined })
  const pulled = Effect.flatMap(backend, ({ pull }) => Stream.runCollect(pull(Option.none()))).pipe(
    Effect.map((pages) => [...pages].flatMap(({ batch }) => batch.map(({ eventEncoded }) => eventEncoded))),
  )
  let head: number | undefined

  const read = async () => {
    const events = await run(pulled, server)
    head = events.at(-1)?.seqNum ?? 0
    return events
  }

  const push = async (facts: readonly Fact[], retries: number): Promise<void> => {
    if (head === undefined) await read()
    const from = head ?? 0
    const batch = facts.map((fact, index) => encoded(fact, from + index))
    const pushed = Effect.flatMap(backend, (it) => it.push(batch)).pipe(
      Effect.as(true),
      Effect.catchTag('ServerAheadError', () => Effect.succeed(false)),
    )
    if (await run(pushed, server)) {
      head = from + batch.length
    } else if (retries > 0) {
      head = undefined
      await push(facts, retries - 1)
    } else throw new Problem('Other devices write faster than this one. Try again when they rest.')
  }

  const append = async (facts: Iterable<Fact>) => {
    let count = 0
    for (const batch of inBatches(facts)) {
      await push(batch, 10)
      count += batch.length
    }
    return count
  }
  return { read, append }
}

/** A batch of ours is below what the server takes in one, also sealed: 100 events and 900 kB. */
function* inBatches(facts: Iterable<Fact>): Generator<readonly Fact[]> {
  let [batch, size]: [Fact[], number] = [[], 0]
  for (const fact of facts) {
    const length = Buffer.byteLength(JSON.stringify(fact.args))
    if (batch.length === 100 || (batch.length > 0 && size + length > 600_000)) {
      yield batch
      ;[batch, size] = [[], 0]
    }
    batch.push(fact)
    size += length
  }
  if (batch.length > 0) yield batch
}

const services = Layer.mergeAll(
  FetchHttpClient.layer,
  KeyValueStore.layerMemory,
  Logger.minimumLogLevel(LogLevel.None), // what fails is said once, by us
)

const run = async <A, E>(
  effect: Effect.Effect<A, E, Layer.Layer.Success<typeof services> | import('@livestore/utils/effect').Scope.Scope>,
  server: string,
): Promise<A> => {
  const bounded = effect.pipe(Effect.scoped, Effect.timeout('60 seconds'), Effect.provide(services))
  const exit = await Effect.runPromiseExit(bounded)
  if (Exit.isSuccess(exit)) return exit.value
  throw new Problem(`The server at ${server} did not take part: ${firstLine(Cause.pretty(exit.cause))}`)
}

const firstLine = (text: string) => text.split('\n', 1)[0] ?? text

/** Says so in a sentence when nobody is there, or somebody else. */
const requireServer = async (server: string): Promise<void> => {
  const ask = () => fetch(`${server}/api/health`, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined)
  const health = (await ask()) ?? (await ask()) // a connection that was kept may have been cut
  if (health === undefined) throw new Problem(`No server answers at ${server}. Start one with “npm start”.`)
  if (!health.ok)
    throw new Problem(`What answers at ${server} is no PJai server, or it is not well (${health.status}).`)
}
