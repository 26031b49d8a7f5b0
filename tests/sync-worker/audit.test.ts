import { expect, test } from 'vitest'
import { serverForThisFile } from '#tests/support/served.ts'
import { pushAs } from './http.ts'
import { type Person, signIn } from './people.ts'
import { event } from './rpc.ts'

const server = serverForThisFile()

const auditOf = async (owner: Person, storeId: string) => {
  await pushAs(owner, storeId, [event(1), event(2)])
  const { body } = await owner.api('POST', `/api/stores/${storeId}/shares`, { role: 'auditor', redacted: true })
  return body
}

const open = (person: Person, token: string) => person.api('POST', '/api/shares/open', { token })

test('[AU2] only what an auditor is given can be redacted, and it stays so', async () => {
  const owner = await signIn(server.url)
  const shares = '/api/stores/persona_terms/shares'
  for (const role of ['editor', 'viewer'])
    expect(await owner.api('POST', shares, { role, redacted: true })).toMatchObject({ code: 'OnlyAuditsAreRedacted' })
  const { body } = await owner.api('POST', shares, { role: 'auditor', redacted: true })
  const address = `${shares}/${body.shareId}`
  for (const role of ['editor', 'viewer'])
    expect(await owner.api('PATCH', address, { role })).toMatchObject({ status: 409, code: 'RedactedStays' })
  expect(await owner.api('PATCH', address, { redacted: false })).toMatchObject({ code: 'MalformedBody' })
  expect(await owner.api('PATCH', address, { expiresAt: null })).toMatchObject({ status: 200 })
  const { body: listed } = await owner.api('GET', shares)
  expect(listed.shares).toMatchObject([{ role: 'auditor', redacted: true }])
})

test('[AU6] what a redacted auditor opens, reads and exports stands in the access log, with the share he came by', async () => {
  const [owner, auditor] = [await signIn(server.url), await signIn(server.url)]
  const storeId = 'persona_noted'
  const { shareId, token } = await auditOf(owner, storeId)
  expect(await open(auditor, token)).toMatchObject({ status: 200, body: { role: 'auditor', redacted: true } })
  expect(await auditor.api('GET', `/api/stores/${storeId}/log`)).toMatchObject({ status: 200 })
  const access = `/api/stores/${storeId}/access`
  expect(await auditor.api('POST', access, { what: 'audit exported' })).toMatchObject({ status: 201 })
  for (const what of ['store opened', 'share revoked', 'erased', ''])
    expect(await auditor.api('POST', access, { what })).toMatchObject({ status: 400, code: 'MalformedBody' })
  const { body } = await owner.api('GET', access)
  const theirs = body.entries.filter((entry) => 'accountId' in entry && entry.accountId === auditor.accountId)
  expect(theirs.map(({ what, why }) => [what, why])).toEqual([
    ['audit exported', shareId],
    ['log read', shareId],
    ['share opened', shareId],
  ])
})

test('[AU5] an audit that is revoked gives nothing more, and says so', async () => {
  const [owner, auditor] = [await signIn(server.url), await signIn(server.url)]
  const storeId = 'persona_ended'
  const { shareId, token } = await auditOf(owner, storeId)
  await open(auditor, token)
  await owner.api('DELETE', `/api/stores/${storeId}/shares/${shareId}`)
  for (const path of ['', '/log']) {
    const answer = await auditor.api('GET', `/api/stores/${storeId}${path}`)
    expect(answer).toMatchObject({ status: 403, code: 'NoRight' })
  }
  const note = await auditor.api('POST', `/api/stores/${storeId}/access`, { what: 'audit exported' })
  expect(note).toMatchObject({ code: 'NoRight' })
  expect(await open(auditor, token)).toMatchObject({ status: 410, code: 'ShareRevoked' })
})
