import type { Standing } from './standing.ts'

/** Whose sockets end, and why: those of an account, of a device, of all who came by a share, or of all. */
export type Withdrawal = { readonly reason: WithdrawalReason } & (
  | { readonly accountId: string }
  | { readonly sessionId: string }
  | { readonly shareId: string }
  | { readonly everybody: true }
)

/** Told to the device as the reason of close code 4403. */
export type WithdrawalReason = 'AccountMoved' | 'DeviceRevoked' | 'RightsChanged' | 'ShareRevoked' | 'StoreErased'

export const concerns = (withdrawal: Withdrawal, standing: Standing) => {
  if ('everybody' in withdrawal) return true
  if ('accountId' in withdrawal) return standing.accountId === withdrawal.accountId
  if ('sessionId' in withdrawal) return standing.sessionId === withdrawal.sessionId
  return standing.shareIds.includes(withdrawal.shareId)
}
