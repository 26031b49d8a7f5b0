import { isoOf } from '#sync-worker/api-call.ts'
import type { Role } from './role.ts'

export interface ShareRow {
  readonly shareId: string
  readonly storeId: string
  readonly role: Exclude<Role, 'owner'>
  readonly canShare: number
  /** Of an auditor: it hands over no key. */
  readonly redacted: number
  readonly parentId: string | null
  readonly createdBy: string
  readonly createdAt: number
  readonly toAccountId: string | null
  readonly expiresAt: number | null
  readonly maxOpenings: number | null
  readonly revokedAt: number | null
  readonly openings: number
  /** What the share hands over, sealed by a key that no server sees. */
  readonly sealed: string | null
}

/** How often a share was opened is how many accounts it gave a right to. */
export const selectShares = `SELECT shareId, storeId, role, canShare, redacted, parentId, createdBy, createdAt, toAccountId, expiresAt,
  maxOpenings, revokedAt, sealed, (SELECT count(*) FROM grants WHERE grants.shareId = shares.shareId) AS openings FROM shares`

/** As the API tells it. */
export const rowToShare = (row: ShareRow, members: readonly Member[]) => ({
  shareId: row.shareId,
  storeId: row.storeId,
  role: row.role,
  canShare: row.canShare === 1,
  redacted: row.redacted === 1,
  to: row.toAccountId,
  createdBy: row.createdBy,
  createdAt: isoOf(row.createdAt),
  expiresAt: row.expiresAt === null ? null : isoOf(row.expiresAt),
  maxOpenings: row.maxOpenings,
  openings: row.openings,
  revokedAt: row.revokedAt === null ? null : isoOf(row.revokedAt),
  members: members
    .filter(({ shareId }) => shareId === row.shareId)
    .map(({ accountId, grantedAt }) => ({ accountId, openedAt: isoOf(grantedAt) })),
})

export interface Member {
  readonly shareId: string
  readonly accountId: string
  readonly grantedAt: number
}
