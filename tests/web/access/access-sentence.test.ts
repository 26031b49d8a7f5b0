import { expect, test } from 'vitest'
import { accessSentence, isRefusal } from '#web/features/access/access-sentence.ts'

const known = {
  accountId: 'mine',
  deviceNames: new Map([
    ['laptop', 'Chrome on Linux'],
    ['phone', 'Safari on iOS'],
  ]),
  thisSessionId: 'laptop',
}

const said = (what: string, why = '', accountId = 'mine', sessionId = 'laptop') =>
  accessSentence(
    { seq: 1, at: new Date(0), accountId, sessionId, what, why },
    known,
    new Map([['audit1', 'tax office']]),
  )

test('[RI17] an entry of the access log is a sentence that says who, by what the person knows', () => {
  expect(said('store opened')).toBe('You opened it on this device.')
  expect(said('store opened', '', 'mine', 'phone')).toBe('You opened it on Safari on iOS.')
  expect(said('log exported', '', 'mine', 'gone')).toBe('You exported it on a device that is signed out.')
  expect(said('log read')).toBe('You read its log on this device.')
  expect(said('share opened', 'id', 'another1234')).toBe('Another account (anothe) opened a share.')
  expect(said('connect refused', 'NotSignedIn', '', '')).toBe('Somebody who was not signed in was turned away.')
  expect(said('share refused', 'ShareExpired', 'another')).toContain('could not open a share: its time was over.')
})

test('[AU6] what an auditor opened, read and exported is told with the name of the link he came by', () => {
  const auditor = (what: string, why: string) => said(what, why, 'another1234')
  expect(auditor('share opened', 'audit1')).toBe('Another account (anothe) opened the link “tax office”.')
  expect(auditor('log read', 'audit1')).toBe('Another account (anothe) read its log by the link “tax office”.')
  expect(auditor('audit exported', 'audit1')).toBe(
    'Another account (anothe) exported the report of an audit by the link “tax office”.',
  )
  expect(auditor('audit exported', 'unnamed')).toBe('Another account (anothe) exported the report of an audit.')
  expect(auditor('connect refused', 'AuditIsRedacted')).toContain('may verify its log and not read it')
})

test('[RI17] what a newer server says is told as it says it', () => {
  expect(said('store moved', 'c2')).toBe('store moved c2')
  const refused = { seq: 1, at: new Date(0), accountId: '', sessionId: '', what: 'move refused', why: '' }
  expect(isRefusal(refused)).toBe(true)
})
