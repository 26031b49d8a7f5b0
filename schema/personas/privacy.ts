import { Data } from 'effect'
import { type ConsentPurpose, currentVersion } from './consent-wordings.ts'
import type { Consent, PrivacySettings } from './state.ts'

/** What holds of a persona of which nobody said anything: nothing goes out before its owner agreed, and nothing is kept by itself. */
export const defaultPrivacy: PrivacySettings = {
  leaves: 'any',
  memoriesInPrompts: true,
  proposals: 'ask',
  lookedThroughBy: 'model',
}

export interface Standing {
  readonly privacy: PrivacySettings
  /** All of the persona, withdrawn ones too. */
  readonly consents: readonly Consent[]
}

interface Way extends Standing {
  /** Whether the model runs on this device or in its own network. */
  readonly isLocal: boolean
  /** Who would get it; a consent for one provider counts for no other. */
  readonly providerName?: string
}

/** Whether what is said with a persona, and what it remembers, may go to a model. Undefined: it may. */
export const mayLeaveDevice = ({ privacy, consents, isLocal, providerName }: Way) => {
  if (privacy.leaves === 'nothing' || (privacy.leaves === 'local' && !isLocal))
    return new PrivacyForbids({ leaves: privacy.leaves })
  return isLocal || isGiven(consents, 'models', providerName) ? undefined : new ConsentMissing({ purpose: 'models' })
}

/** Whether what a persona remembers may be put into a prompt. */
export const mayRecall = ({ privacy }: Pick<Standing, 'privacy'>): boolean => privacy.memoriesInPrompts

/** Whether memories are proposed of what is said: never, for the person to decide on, or kept by themselves. */
export const proposalPolicy = ({ privacy, consents }: Standing): PrivacySettings['proposals'] =>
  privacy.proposals === 'alone' && !isGiven(consents, 'proposals') ? 'ask' : privacy.proposals

/** Whether the wording of today was agreed to, and still is. */
const isGiven = (consents: readonly Consent[], purpose: ConsentPurpose, providerName?: string): boolean =>
  consents.some(
    (consent) =>
      isStanding(consent, purpose) &&
      consent.version === currentVersion(purpose) &&
      (consent.providerName === null || consent.providerName === providerName),
  )

export const isStanding = ({ purpose, withdrawnAt }: Consent, of: ConsentPurpose): boolean =>
  purpose === of && withdrawnAt === null

export class PrivacyForbids extends Data.TaggedError('PrivacyForbids')<{ readonly leaves: 'nothing' | 'local' }> {
  override get message() {
    return this.leaves === 'nothing'
      ? 'Nothing of this persona goes to a model. Its owner can change that under Privacy in its profile.'
      : 'This persona talks only to models on this device or in its network. Its owner can change that under Privacy in its profile.'
  }
}

export class ConsentMissing extends Data.TaggedError('ConsentMissing')<{ readonly purpose: ConsentPurpose }> {
  override readonly message =
    'Nobody agreed yet to what is asked under Privacy in the profile of this persona. Its owner can.'
}
