import { Schema } from 'effect'
import { beforeAll, expect, test } from 'vitest'
import { noEvidence } from '#proof/claims.ts'
import { LogPage } from '#proof/log-page.ts'
import { verifyLog } from '#proof/verify.ts'
import { serverForThisFile } from '#tests/support/served.ts'
import { pushAs } from './http.ts'
import { type Person, personWith, signIn } from './people.ts'
import { event } from './rpc.ts'

const server = serverForThisFile()
const storeId = 'persona_read'
const path = `/api/stores/${storeId}/log`
let owner: Person

beforeAll(async () => {
  owner = await signIn(server.url)
  await pushAs(owner, storeId, [event(1), event(2), event(3)])
}, 120_000)

const decodePage = Schema.decodeUnknownSync(LogPage)

test('[PF17] owner, editor, viewer and auditor read the log, nobody else, and the access log says so', async () => {
  const roles = ['editor', 'viewer', 'auditor']
  const guests = await Promise.all(roles.map(() => signIn(server.url)))
  for (const [index, role] of roles.entries()) {
    const { body } = await owner.api('POST', `/api/stores/${storeId}/shares`, { role })
    await guests[index]!.api('POST', '/api/shares/open', { token: body.token })
  }
  for (const reader of [owner, ...guests]) {
    const { status, body } = await reader.api('GET', path)
    expect(status).toBe(200)
    const { entries, start, checkpoints } = decodePage(body)
    expect(entries.map(({ n, actor }) => [n, actor])).toEqual([1, 2, 3].map((n) => [n, owner.accountId]))
    const { body: key } = await owner.api('GET', '/api/signing-key')
    const evidence = { ...noEvidence, checkpoints, serverKeys: [key.publicKey] }
    expect(await verifyLog(entries, start, evidence)).toMatchObject({ isIntact: true, isComplete: true, events: 3 })
  }
  expect(await (await signIn(server.url)).api('GET', path)).toMatchObject({ status: 403, code: 'NoRight' })
  expect(await personWith(server.url, '').api('GET', path)).toMatchObject({ status: 401, code: 'NotSignedIn' })
  const { body } = await owner.api('GET', `/api/stores/${storeId}/access`)
  expect(body.entries.filter(({ what }) => what === 'log read')).toHaveLength(4)
})

test('[PF18] what is no page of a log is refused, and so is what is no store', async () => {
  const wrong = ['after=-1', 'after=1.5', 'after=x', 'limit=0', 'limit=1001', 'limit=ten', `after=${2 ** 60}`]
  for (const query of wrong)
    expect(await owner.api('GET', `${path}?${query}`)).toMatchObject({ status: 400, code: 'MalformedLogPage' })
  expect(await owner.api('POST', path, {})).toMatchObject({ status: 405, code: 'MethodNotAllowed' })
  expect(await owner.api('GET', '/api/stores/neither/log')).toMatchObject({ status: 400, code: 'IllegalStoreId' })
  expect(decodePage((await owner.api('GET', `${path}?after=3`)).body)).toMatchObject({ entries: [], more: false })
})

test('[PF17] an erased store gives its log to nobody', async () => {
  await pushAs(owner, 'persona_gone', [event(1)])
  await owner.api('POST', '/api/stores/persona_gone/erasures', { everything: true })
  expect(await owner.api('GET', '/api/stores/persona_gone/log')).toMatchObject({ status: 410, code: 'StoreErased' })
})
