/** What an account may do with a store. Everybody with a role reads; a redacted auditor the chained log alone. */
export type Role = 'owner' | 'editor' | 'auditor' | 'viewer'

export const mayWrite = (role: Role): boolean => role === 'owner' || role === 'editor'
export const mayAudit = (role: Role): boolean => role === 'owner' || role === 'auditor'

export interface Right {
  readonly role: Role
  readonly canShare: boolean
  /** Of an auditor: gets pages of the log to verify them, and nothing that opens what they say. */
  readonly redacted: boolean
  /** The share it depends on, and the one that was made under; none of the owner. It ends with either. */
  readonly shareIds: readonly string[]
  /** When it ends by itself. */
  readonly until: number | null
}

/** By which share somebody comes, for the access log; the owner by none. */
export const shareBehind = ({ shareIds: [shareId] }: Right): string => shareId ?? ''

/**
 * The right of an account to a store, now: the only place that decides it. An owner has it for himself, all others by
 * shares that they opened and that still hold; to what was erased nobody has any. Of several the strongest counts, then the one that lasts longest:
 * a redacted one is the weakest.
 */
export const roleOf = async (
  db: D1Database,
  accountId: string,
  storeId: string,
  now: number,
): Promise<Right | undefined> => {
  const { results } = await db
    .prepare(
      `SELECT 'owner' AS role, 1 AS canShare, 0 AS redacted, NULL AS shareId, NULL AS parentId, NULL AS until
       FROM stores WHERE storeId = ?1 AND ownerId = ?2 AND storeId NOT IN (SELECT storeId FROM erasedStores)
       UNION ALL
       SELECT ${columns} FROM grants JOIN shares AS share ON share.shareId = grants.shareId
         LEFT JOIN shares AS parent ON parent.shareId = share.parentId
       WHERE grants.storeId = ?1 AND grants.accountId = ?2 AND ${holds}`,
    )
    .bind(storeId, accountId, now)
    .all<RightRow>()
  return results.map(rowToRight).sort(strongestFirst)[0]
}

interface RightRow {
  readonly role: Role
  readonly canShare: number
  readonly redacted: number
  readonly shareId: string | null
  readonly parentId: string | null
  readonly until: number | null
}

const columns = `share.role, share.canShare, share.redacted, share.shareId, share.parentId,
  CASE WHEN parent.expiresAt < coalesce(share.expiresAt, parent.expiresAt + 1) THEN parent.expiresAt ELSE share.expiresAt END`

/** `?3` is now. A share that an editor made holds as long as he may write and share. */
const holds = `share.revokedAt IS NULL AND coalesce(share.expiresAt > ?3, 1) AND (share.parentId IS NULL OR (
  parent.revokedAt IS NULL AND coalesce(parent.expiresAt > ?3, 1) AND parent.role = 'editor' AND parent.canShare = 1))`

const rowToRight = ({ role, canShare, redacted, shareId, parentId, until }: RightRow): Right => ({
  role,
  canShare: canShare === 1,
  redacted: redacted === 1,
  shareIds: [shareId, parentId].filter((id) => id !== null),
  until,
})

const byStrength: readonly Role[] = ['owner', 'editor', 'auditor', 'viewer']

const strongestFirst = (a: Right, b: Right) =>
  Number(a.redacted) - Number(b.redacted) ||
  byStrength.indexOf(a.role) - byStrength.indexOf(b.role) ||
  Number(b.canShare) - Number(a.canShare) ||
  (b.until ?? Number.POSITIVE_INFINITY) - (a.until ?? Number.POSITIVE_INFINITY) ||
  0
