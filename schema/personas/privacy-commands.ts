import { Data } from 'effect'
import { type Stamp, signature } from '#schema/shared/stamp.ts'
import { type ConsentPurpose, currentVersion } from './consent-wordings.ts'
import { personaEvents } from './events.ts'
import { isStanding } from './privacy.ts'
import type { Consent, PrivacySettings } from './state.ts'

/** Says only what really changed, so that two devices changing different settings both win. */
export const revisePrivacy = (personaId: string, now: PrivacySettings, wanted: PrivacySettings, stamp: Stamp) => {
  const { leaves, memoriesInPrompts, proposals, lookedThroughBy } = wanted
  const changed = {
    ...(leaves === now.leaves ? {} : { leaves }),
    ...(memoriesInPrompts === now.memoriesInPrompts ? {} : { memoriesInPrompts }),
    ...(proposals === now.proposals ? {} : { proposals }),
    ...(lookedThroughBy === now.lookedThroughBy ? {} : { lookedThroughBy }),
  }
  if (Object.keys(changed).length === 0) return []
  return [personaEvents.privacyRevised({ personaId, ...changed, revisedAt: stamp.at, ...signature(stamp) })]
}

interface Agreement {
  readonly personaId: string
  readonly purpose: ConsentPurpose
  /** None: whichever the person set up. */
  readonly providerName?: string
}

/** To the wording of today. */
export const giveConsent = (
  consents: readonly Consent[],
  consentId: string,
  { personaId, purpose, providerName }: Agreement,
  stamp: Stamp,
) => {
  const version = currentVersion(purpose)
  const isGiven = (consent: Consent) =>
    isStanding(consent, purpose) && consent.version === version && consent.providerName === (providerName ?? null)
  if (consents.some(isGiven)) return new ConsentGivenAlready({ purpose })
  return personaEvents.consentGiven({
    consentId,
    personaId,
    purpose,
    version,
    ...(providerName === undefined ? {} : { providerName }),
    givenAt: stamp.at,
    ...signature(stamp),
  })
}

/** All that stands of a purpose: two devices may have given it without knowing of each other. */
export const withdrawConsent = (consents: readonly Consent[], purpose: ConsentPurpose, stamp: Stamp) => {
  const standing = consents.filter((consent) => isStanding(consent, purpose))
  if (standing.length === 0) return new ConsentNotGiven({ purpose })
  return standing.map(({ consentId, personaId }) =>
    personaEvents.consentWithdrawn({ consentId, personaId, withdrawnAt: stamp.at, ...signature(stamp) }),
  )
}

export class ConsentGivenAlready extends Data.TaggedError('ConsentGivenAlready')<{ readonly purpose: ConsentPurpose }> {
  override readonly message = 'This was agreed to already.'
}

export class ConsentNotGiven extends Data.TaggedError('ConsentNotGiven')<{ readonly purpose: ConsentPurpose }> {
  override readonly message = 'Nobody agreed to this, so there is nothing to withdraw.'
}
