import type { ProviderAccount } from '#schema/providers/queries.ts'

/** Of these accounts with a key here, those that another device removed a day ago or longer: until then it may come back. */
export const staleKeys = (
  withKey: Iterable<string>,
  accountOf: (accountId: string) => Pick<ProviderAccount, 'removedAt'> | null,
  now: Date,
): readonly string[] =>
  [...withKey].filter((accountId) => {
    const removedAt = accountOf(accountId)?.removedAt
    return removedAt != null && now.getTime() - removedAt.getTime() >= 86_400_000
  })
