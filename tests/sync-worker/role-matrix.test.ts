import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { serverForThisFile } from '#tests/support/served.ts'
import { getBlob, putBlob } from './blob-requests.ts'
import { pullAs, pushAs } from './http.ts'
import { knock, type Person, personWith, signIn } from './people.ts'
import { event, eventsIn, outcomeOf } from './rpc.ts'

const storeId = 'persona_shared'
const shares = `/api/stores/${storeId}/shares`
const blobs = `/api/stores/${storeId}/blobs/${'y'.repeat(22)}`
const keys = `/api/stores/${storeId}/keys`
const fileLinks = `/api/stores/${storeId}/file-links`
const newFileLink = { keyId: 'f'.repeat(22), chunks: 1, sealed: 'eA==' }
const keptBlob = 'k'.repeat(22)
let puts = 0
const server = serverForThisFile()
let people: Record<string, Person>

// A cell is the outcome: the status or LiveStore's word where it is let in, else the code of the refusal.
const matrix = `
          connect          pull             push             list-shares      create-share     revoke-share     access-log       own-devices  others-device   note-export  blob-put         blob-get         blob-delete      move      erase            presence         own-right    read-log     signing-key  read-keys        add-keys         list-links       create-link      revoke-link      note-audit
owner     101              200              Success          200              201              200              200              200          DeviceNotFound  201          201              200              200              NotFound  201              101              200          200          200          200              200              200              201              200              201
editor    101              200              Success          MayNotShare      MayNotShare      MayNotShare      MayNotAudit      200          DeviceNotFound  201          201              200              200              NotFound  MayNotErase      101              200          200          200          200              200              MayNotShare      MayNotShare      MayNotShare      201
sharer    101              200              Success          200              201              ShareNotFound    MayNotAudit      200          DeviceNotFound  201          201              200              200              NotFound  MayNotErase      101              200          200          200          200              200              MayNotShare      MayNotShare      MayNotShare      201
viewer    101              200              RoleMayNotWrite  MayNotShare      MayNotShare      MayNotShare      MayNotAudit      200          DeviceNotFound  201          MayNotWrite      200              MayNotWrite      NotFound  MayNotErase      101              200          200          200          200              MayNotWrite      MayNotShare      MayNotShare      MayNotShare      201
auditor   101              200              RoleMayNotWrite  MayNotShare      MayNotShare      MayNotShare      200              200          DeviceNotFound  201          MayNotWrite      200              MayNotWrite      NotFound  MayNotErase      101              200          200          200          200              MayNotWrite      MayNotShare      MayNotShare      MayNotShare      201
redacted  AuditIsRedacted  AuditIsRedacted  AuditIsRedacted  AuditIsRedacted  AuditIsRedacted  AuditIsRedacted  AuditIsRedacted  200          DeviceNotFound  201          AuditIsRedacted  AuditIsRedacted  AuditIsRedacted  NotFound  AuditIsRedacted  AuditIsRedacted  200          200          200          AuditIsRedacted  AuditIsRedacted  AuditIsRedacted  AuditIsRedacted  AuditIsRedacted  201
revoked   NoRight          NoRight          NoRight          NoRight          NoRight          NoRight          NoRight          200          DeviceNotFound  NoRight      NoRight          NoRight          NoRight          NotFound  NoRight          NoRight          NoRight      NoRight      200          NoRight          NoRight          NoRight          NoRight          NoRight          NoRight
expired   NoRight          NoRight          NoRight          NoRight          NoRight          NoRight          NoRight          200          DeviceNotFound  NoRight      NoRight          NoRight          NoRight          NotFound  NoRight          NoRight          NoRight      NoRight      200          NoRight          NoRight          NoRight          NoRight          NoRight          NoRight
stranger  NoRight          NoRight          NoRight          NoRight          NoRight          NoRight          NoRight          200          DeviceNotFound  NoRight      NoRight          NoRight          NoRight          NotFound  NoRight          NoRight          NoRight      NoRight      200          NoRight          NoRight          NoRight          NoRight          NoRight          NoRight
nobody    NotSignedIn      NotSignedIn      NotSignedIn      NotSignedIn      NotSignedIn      NotSignedIn      NotSignedIn      NotSignedIn  NotSignedIn     NotSignedIn  NotSignedIn      NotSignedIn      NotSignedIn      NotFound  NotSignedIn      NotSignedIn      NotSignedIn  NotSignedIn  NotSignedIn  NotSignedIn      NotSignedIn      NotSignedIn      NotSignedIn      NotSignedIn      NotSignedIn
`

const acts: Record<string, (who: Person) => Promise<string>> = {
  connect: async (who) => outcome(await knock(who, storeId)),
  pull: async (who) => httpOutcome(await pullAs(who, storeId)),
  push: async (who) => {
    const response = await pushAs(who, storeId, [event((await log()).length + 1)])
    return response.ok ? outcomeOf(response) : httpOutcome(response)
  },
  'list-shares': async (who) => outcome(await who.api('GET', shares)),
  'create-share': async (who) => outcome(await who.api('POST', shares, { role: 'viewer' })),
  'revoke-share': async (who) => {
    const { body } = await owner().api('POST', shares, { role: 'viewer' })
    return outcome(await who.api('DELETE', `${shares}/${body.shareId}`))
  },
  'access-log': async (who) => outcome(await who.api('GET', `/api/stores/${storeId}/access`)),
  'own-devices': async (who) => {
    const answer = await who.api('GET', '/api/devices')
    if (answer.status === 200) expect(answer.body.devices).toHaveLength(1) // nobody else's
    return outcome(answer)
  },
  'others-device': async (who) => {
    const other = who === owner() ? people.editor : people.owner
    const { body } = await (other as Person).api('GET', '/api/devices')
    return outcome(await who.api('DELETE', `/api/devices/${body.devices[0]?.id}`))
  },
  'note-export': async (who) =>
    outcome(await who.api('POST', `/api/stores/${storeId}/access`, { what: 'log exported' })),
  'blob-put': async (who) => outcome(await putBlob(who, `${blobs}/${'p'.repeat(21)}${++puts}`, Buffer.from('sealed'))),
  'blob-get': async (who) => {
    const response = await getBlob(who, `${blobs}/${keptBlob}`)
    return response.ok ? String(response.status) : httpOutcome(response)
  },
  'blob-delete': async (who) => {
    await putBlob(owner(), `${blobs}/${'d'.repeat(22)}`, Buffer.from('sealed'))
    return outcome(await who.api('DELETE', `${blobs}/${'d'.repeat(22)}`))
  },
  // There is no such call yet, for anybody.
  move: async (who) => outcome(await who.api('POST', `/api/stores/${storeId}/move`, { cell: 'c2' })),
  erase: async (who) => outcome(await who.api('POST', `/api/stores/${storeId}/erasures`, { keyIds: ['k'.repeat(22)] })),
  presence: async (who) => outcome(await knock(who, storeId, {}, `/presence?storeId=${storeId}`)),
  'own-right': async (who) => outcome(await who.api('GET', `/api/stores/${storeId}`)),
  'read-log': async (who) => outcome(await who.api('GET', `/api/stores/${storeId}/log`)),
  'signing-key': async (who) => outcome(await who.api('GET', '/api/signing-key')),
  'read-keys': async (who) => outcome(await who.api('GET', keys)),
  'add-keys': async (who) =>
    outcome(await who.api('POST', keys, { keys: [{ keyId: 'w'.repeat(22), wrapped: 'A'.repeat(80) }] })),
  'list-links': async (who) => outcome(await who.api('GET', fileLinks)),
  'create-link': async (who) => outcome(await who.api('POST', fileLinks, newFileLink)),
  'revoke-link': async (who) => {
    const { body } = await owner().api('POST', fileLinks, newFileLink)
    return outcome(await who.api('DELETE', `${fileLinks}/${body.linkId}`))
  },
  'note-audit': async (who) =>
    outcome(await who.api('POST', `/api/stores/${storeId}/access`, { what: 'audit exported' })),
}

beforeAll(async () => {
  const names = ['owner', 'editor', 'sharer', 'viewer', 'auditor', 'redacted', 'revoked', 'expired', 'stranger']
  const signedIn = await Promise.all(names.map(() => signIn(server.url)))
  people = Object.fromEntries(names.map((name, index) => [name, signedIn[index] as Person]))
  people.nobody = personWith(server.url, '')
  await pushAs(owner(), storeId, [event(1)])
  await putBlob(owner(), `${blobs}/${keptBlob}`, Buffer.from('sealed'))

  const give = async (name: string, terms: object) => {
    const { body } = await owner().api('POST', shares, terms)
    const opened = await (people[name] as Person).api('POST', '/api/shares/open', { token: body.token })
    expect(opened).toMatchObject({ status: 200, body: { storeId } })
    return body
  }
  await give('editor', { role: 'editor' })
  await give('sharer', { role: 'editor', canShare: true })
  await give('viewer', { role: 'viewer' })
  await give('auditor', { role: 'auditor' })
  await give('redacted', { role: 'auditor', redacted: true })
  const revoked = await give('revoked', { role: 'editor' })
  await owner().api('DELETE', `${shares}/${revoked.shareId}`)
  await give('expired', { role: 'editor', expiresAt: new Date(Date.now() + 1000).toISOString() })
  await sleep(1000) // until it has expired
}, 120_000)

const [columns = [], ...rows] = matrix
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))

test('[RI2] every column of the matrix is an act', () => {
  expect(columns).toEqual(Object.keys(acts))
})

describe.each(rows.map(([name = '', ...cells]) => ({ name, cells })))('$name', ({ name, cells }) => {
  test.each(columns.map((act, index) => ({ act, expected: cells[index] })))(
    '[RI2] $act → $expected',
    async ({ act, expected }) => {
      const before = await log()
      expect(await acts[act]?.(people[name] as Person)).toBe(expected)
      expect(await log()).toHaveLength(before.length + (expected === 'Success' ? 1 : 0))
    },
  )
})

const owner = () => people.owner as Person

const log = async () => eventsIn(await pullAs(owner(), storeId))

const outcome = ({ status, code }: { readonly status: number; readonly code: string | undefined }) =>
  code ?? String(status)

const httpOutcome = async (response: Response) => {
  if (response.ok) return String(response.status)
  const { error }: { error: { code: string } } = await response.json()
  return error.code
}
