import { Schema } from '@livestore/livestore'
import { CellId, type Jurisdiction, jurisdictions } from '#schema/placement/cells.ts'
import type { WhatIf } from '#web/services/cells/plans.ts'

/** What is tried, as the address says it; everything is text. */
export interface PlanAddress {
  readonly what?: string
  readonly cell?: string
  readonly weight?: string
  readonly jurisdiction?: string
  readonly hint?: string
  readonly store?: string
  readonly to?: string
}

export const kinds = ['move', 'pin', 'unpin', 'all', 'add', 'weight', 'drain'] as const
export type Kind = (typeof kinds)[number]

/** What only operators may try. */
export const isOfOperators = (kind: Kind): boolean => kind === 'add' || kind === 'weight' || kind === 'drain'

export const kindOf = ({ what }: PlanAddress): Kind => kinds.find((kind) => kind === what) ?? 'move'

/** What is asked for, once all of it is said. */
export const whatIfOf = (address: PlanAddress): WhatIf | undefined => {
  const { cell = '', store = '', to = '' } = address
  const what = kindOf(address)
  switch (what) {
    case 'move':
    case 'pin':
      return store === '' || to === '' ? undefined : { what, storeId: store, to }
    case 'unpin':
      return store === '' ? undefined : { what, storeId: store }
    case 'drain':
      return cell === '' ? undefined : { what, cellId: cell }
    case 'weight':
      return cell === '' || !isWeight(address)
        ? undefined
        : { what, cellId: cell, change: { weight: weightOf(address) } }
    case 'add':
      return isCellId(cell) && isWeight(address)
        ? { what, cellId: cell, change: { weight: weightOf(address), jurisdiction: jurisdictionOf(address) ?? null } }
        : undefined
    case 'all':
      return to === '' ? withJurisdiction(jurisdictionOf(address)) : { what, target: { to } }
  }
}

export const weightOf = ({ weight }: PlanAddress): number => Number(weight ?? 1)

const isWeight = (address: PlanAddress) => weightOf(address) >= 0.1 && weightOf(address) <= 10

const jurisdictionOf = ({ jurisdiction }: PlanAddress): Jurisdiction | undefined =>
  jurisdictions.find((known) => known === jurisdiction)

const withJurisdiction = (jurisdiction: Jurisdiction | undefined): WhatIf | undefined =>
  jurisdiction && { what: 'all', target: { jurisdiction } }

const isCellId = Schema.is(CellId)
