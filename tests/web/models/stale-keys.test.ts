import { expect, test } from 'vitest'
import { staleKeys } from '#web/services/models/stale-keys.ts'

test('[PV33] the key of an account that another device removed is to go a day later', () => {
  const removed = {
    ours: null,
    now: '2026-03-02T10:00:00Z',
    today: '2026-03-01T10:00:01Z',
    yesterday: '2026-03-01T10:00:00Z',
  }
  const accountOf = (accountId: string) => {
    const at = removed[accountId as keyof typeof removed]
    return at === undefined ? null : { removedAt: at === null ? null : new Date(at) }
  }
  const withKey = [...Object.keys(removed), 'of another workspace']
  expect(staleKeys(withKey, accountOf, new Date('2026-03-02T10:00:00Z'))).toEqual(['yesterday'])
})
