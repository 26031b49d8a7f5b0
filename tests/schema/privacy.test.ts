import { expect, test, vi } from 'vitest'
import { consentPurposes, currentVersion, wordingOf } from '#schema/personas/consent-wordings.ts'
import { personaEvents } from '#schema/personas/events.ts'
import {
  ConsentMissing,
  defaultPrivacy,
  mayLeaveDevice,
  mayRecall,
  PrivacyForbids,
  proposalPolicy,
} from '#schema/personas/privacy.ts'
import {
  ConsentGivenAlready,
  ConsentNotGiven,
  giveConsent,
  revisePrivacy,
  withdrawConsent,
} from '#schema/personas/privacy-commands.ts'
import { consents$, privacy$ } from '#schema/personas/privacy-queries.ts'
import { commit, type Fact, personaStateHash, personaStoreWith } from '#tests/support/stores.ts'

vi.setConfig({ testTimeout: 60_000 })

const personaId = 'p1'
const stamp = { at: new Date('2026-03-01T10:00:00Z'), actorId: 'ada', deviceId: 'laptop' }
const later = { at: new Date('2026-03-02T10:00:00Z'), actorId: 'ada', deviceId: 'phone' }
const given = (purpose: 'models' | 'proposals', providerName?: string, consentId: string = purpose) =>
  giveConsent([], consentId, { personaId, purpose, ...(providerName === undefined ? {} : { providerName }) }, stamp)

const standingOf = async (...facts: readonly (Error | Fact | readonly Fact[])[]) => {
  const store = await personaStoreWith(...facts)
  return { privacy: store.query(privacy$), consents: store.query(consents$) }
}

test('[CN1] of two devices that change different privacy settings both win', async () => {
  const [laptop, phone] = [
    revisePrivacy(personaId, defaultPrivacy, { ...defaultPrivacy, leaves: 'local' }, stamp),
    revisePrivacy(personaId, defaultPrivacy, { ...defaultPrivacy, memoriesInPrompts: false }, later),
  ]
  const both = { ...defaultPrivacy, leaves: 'local', memoriesInPrompts: false }
  const [one, other] = [await personaStoreWith(laptop, phone), await personaStoreWith(phone, laptop)]
  for (const store of [one, other]) expect(store.query(privacy$)).toEqual(both)
  expect(personaStateHash(one)).toBe(personaStateHash(other))
  expect(revisePrivacy(personaId, one.query(privacy$), one.query(privacy$), stamp)).toEqual([])
})

test('[CN2] where nothing may go out, no model is asked; where only what is near, none elsewhere', async () => {
  const { privacy, consents } = await standingOf(given('models'))
  const asked = (leaves: 'nothing' | 'local' | 'any', isLocal: boolean) =>
    mayLeaveDevice({ privacy: { ...privacy, leaves }, consents, isLocal })
  for (const [leaves, isLocal] of [
    ['nothing', true],
    ['nothing', false],
    ['local', false],
  ] as const)
    expect(asked(leaves, isLocal)).toBeInstanceOf(PrivacyForbids)
  for (const [leaves, isLocal] of [
    ['local', true],
    ['any', true],
    ['any', false],
  ] as const)
    expect(asked(leaves, isLocal)).toBeUndefined()
})

test('[CN3] without consent nothing goes to a provider; consent to one counts for no other, and none once withdrawn', async () => {
  const none = await standingOf()
  expect(mayLeaveDevice({ ...none, isLocal: false })).toBeInstanceOf(ConsentMissing)
  expect(mayLeaveDevice({ ...none, isLocal: true })).toBeUndefined()
  const one = await standingOf(given('models', 'Acme'))
  expect(mayLeaveDevice({ ...one, isLocal: false, providerName: 'Acme' })).toBeUndefined()
  for (const providerName of [{}, { providerName: 'Other' }])
    expect(mayLeaveDevice({ ...one, isLocal: false, ...providerName })).toBeInstanceOf(ConsentMissing)
  const ended = await standingOf(given('models', 'Acme'), withdrawConsent(one.consents, 'models', later))
  expect(mayLeaveDevice({ ...ended, isLocal: false, providerName: 'Acme' })).toBeInstanceOf(ConsentMissing)
})

test('[CN4] consent to another wording than the one of today does not count', async () => {
  for (const version of [currentVersion('models') - 1, currentVersion('models') + 1]) {
    const fact = personaEvents.consentGiven({
      consentId: 'c1',
      personaId,
      purpose: 'models',
      version,
      givenAt: stamp.at,
      actorId: 'ada',
      deviceId: 'laptop',
    })
    const standing = await standingOf(fact)
    expect(mayLeaveDevice({ ...standing, isLocal: false })).toBeInstanceOf(ConsentMissing)
    expect(giveConsent(standing.consents, 'c2', { personaId, purpose: 'models' }, stamp)).toMatchObject({
      args: { version: currentVersion('models') },
    })
  }
  for (const purpose of consentPurposes) expect(wordingOf(purpose)).toMatch(/\.$/)
})

test('[CN5] memories go into prompts and are proposed as the settings say, and kept by themselves only with consent', async () => {
  const { privacy, consents } = await standingOf(given('proposals'))
  expect(mayRecall({ privacy })).toBe(true)
  expect(mayRecall({ privacy: { ...privacy, memoriesInPrompts: false } })).toBe(false)
  for (const proposals of ['never', 'ask', 'alone'] as const)
    expect(proposalPolicy({ privacy: { ...privacy, proposals }, consents })).toBe(proposals)
  expect(proposalPolicy({ privacy: { ...privacy, proposals: 'alone' }, consents: [] })).toBe('ask')
})

test('[CN6] the record of consents says who gave and withdrew which wording, where and when', async () => {
  const store = await personaStoreWith(given('models'))
  const agreement = { personaId, purpose: 'models' } as const
  expect(giveConsent(store.query(consents$), 'again', agreement, later)).toBeInstanceOf(ConsentGivenAlready)
  expect(withdrawConsent(store.query(consents$), 'proposals', later)).toBeInstanceOf(ConsentNotGiven)
  commit(store, withdrawConsent(store.query(consents$), 'models', later))
  expect(withdrawConsent(store.query(consents$), 'models', later)).toBeInstanceOf(ConsentNotGiven)
  commit(store, giveConsent(store.query(consents$), 'again', agreement, later))
  expect(store.query(consents$)).toMatchObject([
    { consentId: 'again', version: 1, givenAt: later.at, deviceId: 'phone', withdrawnAt: null },
    { consentId: 'models', actorId: 'ada', deviceId: 'laptop', withdrawnAt: later.at, withdrawnOnDeviceId: 'phone' },
  ])
})
