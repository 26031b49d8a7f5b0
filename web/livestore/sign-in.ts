import { Schema } from '@livestore/livestore'
import type { Refusal } from './mended-sync.ts'
import { endRight, keepRight, RightGiven } from './rights.ts'

/**
 * Every device has an account from its first contact on, anonymous until the person attaches more to it. Gives whether it
 * has; not when nobody answers.
 */
export const signIn = (): Promise<boolean> =>
  // All stores of all tabs find out at the same time that the device is new.
  navigator.locks.request('pjai-sign-in', () => signInAlone().catch(() => false))

/**
 * Runs alone what makes this a device of another account. Its sockets are closed by that before the new cookie is here:
 * whoever dialled again in between would sign in anonymously, and with the cookie of that undo it.
 */
export const enterAccount = <A>(enter: () => Promise<A>): Promise<A> => navigator.locks.request('pjai-sign-in', enter)

const signInAlone = async () => {
  if ((await fetch('/api/devices')).status !== 401) return true
  const headers = { 'Content-Type': 'application/json' }
  return (await fetch('/api/auth/sign-in/anonymous', { method: 'POST', headers, body: '{}' })).ok
}

/**
 * Why this device may not connect to a store: of a socket, browsers do not say. One that was not signed in is, first.
 * Nothing when it may; by what right is remembered. Throws when nobody answers: to dial then would lead nowhere.
 */
export const whyNot = async (storeId: string): Promise<Refusal | undefined> => {
  const ask = () => fetch(`/api/stores/${storeId}`)
  let response = await ask()
  if (response.status === 401 && (await signIn())) response = await ask()
  if (response.ok) {
    const { redacted, ...right } = decodeRight(await response.json())
    if (redacted) return endAtRedaction(storeId)
    await keepRight({ ...right, endedAt: null })
  }
  if (![403, 410].includes(response.status)) return undefined
  if (response.status === 403) await endRight(storeId)
  return decodeRefusal(await response.json()).error
}

/** What is left of the right is to verify the log, and nothing is synced by that. */
const endAtRedaction = async (storeId: string): Promise<Refusal> => {
  await endRight(storeId)
  return {
    code: 'AuditIsRedacted',
    message: 'This account may verify the log of this store, and not read what it says.',
  }
}

const decodeRight = Schema.decodeUnknownSync(Schema.Struct({ ...RightGiven.fields, redacted: Schema.Boolean }))

const decodeRefusal = Schema.decodeUnknownSync(
  Schema.Struct({ error: Schema.Struct({ code: Schema.String, message: Schema.String }) }),
)
