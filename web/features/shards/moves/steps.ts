import { moveSteps } from '#schema/placement/wire.ts'
import { asSeconds } from '#web/ui/amounts.ts'

/** The steps of a move that goes well, in their order. */
export const steps: readonly string[] = moveSteps.slice(0, moveSteps.indexOf('rolling back'))

interface Moved {
  readonly step: string
  readonly events: number
  readonly copied: number
}

/** Whether it is the turn of this step, or it is done; the others are to come. */
export const placeOfStep = ({ step }: Moved): number => steps.indexOf(step)

/** The store is not at its new place yet, or is going back. After that only cleaning is left. */
export const isUnderWay = ({ step }: Moved): boolean => !atRest.has(step)
const atRest = new Set(['grace', 'cleaned', 'rolled back'])

/** Until then the old place is the owner, and the move can be called back. */
export const canRollBack = ({ step }: Moved): boolean => beforeCutOver.has(step)
const beforeCutOver = new Set(['planned', 'copying', 'verifying', 'fencing'])

/** Who asks for the store is sent to the new place. */
export const hasCutOver = ({ step }: Moved): boolean =>
  placeOfStep({ step, events: 0, copied: 0 }) > steps.indexOf('cutting over')

/** Of its events, 0–1. */
export const partOf = ({ step, events, copied }: Moved): number =>
  placeOfStep({ step, events, copied }) > steps.indexOf('verifying')
    ? 1
    : events === 0
      ? 0
      : Math.min(1, copied / events)

/** What happens now, for who waits. */
export const stepWords: Readonly<Record<string, string>> = {
  planned: 'Planned',
  copying: 'Copying while everybody writes on',
  verifying: 'Comparing both copies',
  fencing: 'Holding writes for a moment',
  'cutting over': 'Changing the address',
  'handing over': 'Handing over',
  settling: 'Destroying the old keys',
  grace: 'Moved; the old copy goes after a day',
  cleaned: 'Moved, and the old copy is gone',
  'rolling back': 'Going back',
  'rolled back': 'Called back',
}

/** How long it took from one time to another. */
export const took = (from: string, to: string): string => asSeconds(Math.max(0, Date.parse(to) - Date.parse(from)))
