import { Button, Group, Stack, Text } from '@mantine/core'
import { type ConsentPurpose, consentPurposes, currentVersion, wordingOf } from '#schema/personas/consent-wordings.ts'
import { isStanding } from '#schema/personas/privacy.ts'
import { giveConsent, withdrawConsent } from '#schema/personas/privacy-commands.ts'
import { consents$ } from '#schema/personas/privacy-queries.ts'
import type { Consent } from '#schema/personas/state.ts'
import { execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { useIsOwner } from '#web/livestore/use-right.ts'
import { useAuthorNames } from '#web/services/author-names.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import { showRefusal } from '#web/ui/undo.tsx'
import classes from './consents.module.css'

/** What the owner is asked to agree to, and the record of who agreed to what. */
export const Consents = () => {
  const consents = usePersonaStore().useQuery(consents$)
  return (
    <>
      {consentPurposes.map((purpose) => (
        <Asked key={purpose} purpose={purpose} consents={consents} />
      ))}
      {consents.length > 0 && <ConsentRecord consents={consents} />}
    </>
  )
}

interface AskedProps {
  readonly purpose: ConsentPurpose
  readonly consents: readonly Consent[]
}

const Asked = ({ purpose, consents }: AskedProps) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const isOwner = useIsOwner()
  const standing = consents.filter((consent) => isStanding(consent, purpose))
  const isCurrent = standing.some(
    ({ version, providerName }) => version === currentVersion(purpose) && providerName === null,
  )
  const give = () => showRefusal(execute(store, giveConsent(consents, newId(), { personaId, purpose }, stampNow())))
  const withdraw = () => showRefusal(execute(store, withdrawConsent(consents, purpose, stampNow())))
  return (
    <div className={classes.asked}>
      <Text size="sm">{wordingOf(purpose)}</Text>
      {standing.some(({ version }) => version < currentVersion(purpose)) && (
        <Text size="sm" c="dimmed">
          An earlier wording was agreed to. It does not count for this one.
        </Text>
      )}
      <Group gap="sm">
        {isCurrent ? (
          <Text size="sm" fw={600}>
            Agreed
          </Text>
        ) : (
          <Button size="compact-sm" disabled={!isOwner} onClick={give} aria-label={`I agree: ${purposeWords[purpose]}`}>
            I agree
          </Button>
        )}
        {standing.length > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={!isOwner}
            onClick={withdraw}
            aria-label={`Withdraw: ${purposeWords[purpose]}`}
          >
            Withdraw
          </Button>
        )}
      </Group>
    </div>
  )
}

const ConsentRecord = ({ consents }: { readonly consents: readonly Consent[] }) => {
  const nameOf = useAuthorNames()
  return (
    <Stack gap={4}>
      <h4 className={classes.title}>Who agreed to what</h4>
      <ol className={classes.record} aria-label="Who agreed to what">
        {consents.flatMap(entriesOf).map(({ key, author, act, version, of, at, wording }) => (
          <li key={key}>
            <details>
              <summary>
                {nameOf(author)} {act} {of}, version {version}, <RelativeTime at={at} />
              </summary>
              <blockquote>{wording ?? 'A wording that this version of the app does not know.'}</blockquote>
            </details>
          </li>
        ))}
      </ol>
    </Stack>
  )
}

/** What was done with a consent, the newest first. */
const entriesOf = (consent: Consent) => {
  const { consentId, purpose, providerName, version, withdrawnAt } = consent
  const known = Object.hasOwn(purposeWords, purpose)
  const words = known ? purposeWords[purpose as ConsentPurpose] : purpose // it is one
  const of = providerName === null ? words : `${words} (${providerName})`
  const wording = known ? wordingOf(purpose as ConsentPurpose, version) : undefined // it is one
  const what = { version, of, wording }
  const given = { key: `${consentId} given`, author: consent, act: 'consented to', at: consent.givenAt, ...what }
  if (withdrawnAt === null) return [given]
  const author = { actorId: consent.withdrawnByActorId ?? '', deviceId: consent.withdrawnOnDeviceId ?? '' }
  return [{ key: `${consentId} withdrawn`, author, act: 'withdrew consent to', at: withdrawnAt, ...what }, given]
}

const purposeWords: Readonly<Record<ConsentPurpose, string>> = {
  models: 'talking to models of providers',
  proposals: 'keeping memories without asking',
}
