import { Badge, Button, Group, Select, Text } from '@mantine/core'
import { useState } from 'react'
import { type ShareLink, shareLink } from '#sealing/share-link.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { endShare } from '#web/services/key-rotation.ts'
import { changeShare, type Share, type ShareRole, type ShareTerms } from '#web/services/shares.ts'
import { endOfSpan, spans } from '#web/ui/expiry.ts'
import { LinkField } from '#web/ui/link-field.tsx'
import { SureButtons } from '#web/ui/sure-buttons.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import { showDone, showRefusal } from '#web/ui/undo.tsx'
import { redactedWords, roles, wordsFor } from './roles.ts'
import classes from './shares.module.css'

interface ShareRowProps {
  readonly personaId: string
  readonly share: Share
  /** What this workspace keeps of it; nothing of a link that somebody else made. */
  readonly made: (ShareLink & { readonly label: string }) | undefined
  readonly isNew: boolean
  readonly onChanged: () => void
}

export const ShareRow = ({ personaId, share, made, isNew, onChanged }: ShareRowProps) => {
  const { shareId, role, revokedAt } = share
  const name = made === undefined ? 'A link that was shared on' : made.label || 'A link without a name'
  const workspace = useWorkspaceStore()
  const [isAsked, setAsked] = useState(false)
  const [wanted, setWanted] = useState<boolean>()
  const isShown = wanted ?? isNew
  const change = async (terms: Partial<ShareTerms>) => {
    if (!showRefusal(await changeShare(personaId, shareId, terms).catch(asError))) showDone(`${name} is changed`)
    onChanged()
  }
  const revoke = async () => {
    if (!showRefusal(await endShare(workspace, personaId, shareId).catch(asError))) showDone(`${name} is revoked`)
    onChanged()
  }
  if (isOver(share))
    return (
      <li className={classes.row}>
        <div className={classes.who}>
          <Text size="sm" c="dimmed" truncate>
            {name}
          </Text>
          <Text size="sm" c="dimmed">
            {(share.redacted ? redactedWords : wordsFor(role))?.label} · {openingsOf(share)} ·{' '}
            {revokedAt === null ? (
              'ended'
            ) : (
              <>
                revoked <RelativeTime at={revokedAt} />
              </>
            )}
          </Text>
        </div>
      </li>
    )
  return (
    <li className={classes.row} data-new={isNew || undefined}>
      <div className={classes.who}>
        <Group gap="sm" wrap="nowrap">
          <Text size="sm" fw={600} truncate>
            {name}
          </Text>
          {isNew && (
            <Badge variant="light" tt="none" fw={400}>
              New
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {share.redacted && `${redactedWords.label} · `}
          {openingsOf(share)} ·{' '}
          {share.expiresAt === null ? (
            'never ends'
          ) : (
            <>
              ends <RelativeTime at={share.expiresAt} />
            </>
          )}
          {share.canShare && ' · may share on'}
        </Text>
      </div>
      <Group gap="sm" className={classes.acts ?? ''}>
        {!share.redacted && (
          <Select
            size="xs"
            w={104}
            aria-label={`What ${name} may do`}
            data={roles.map(({ role, label }) => ({ value: role, label }))}
            value={role}
            allowDeselect={false}
            onChange={(value) => value !== null && value !== role && void change(termsFor(value))}
          />
        )}
        <Select
          size="xs"
          w={120}
          aria-label={`When ${name} ends`}
          placeholder="New end"
          data={spans.map(({ value, label }) => ({ value, label }))}
          value={share.expiresAt === null ? 'never' : null}
          allowDeselect={false}
          onChange={(value) => value !== null && void change({ expiresAt: endOfSpan(value, Date.now()) })}
        />
        {made !== undefined && (
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={isShown}
            aria-label={`${isShown ? 'Hide' : 'Show'} the link for ${name}`}
            onClick={() => setWanted(!isShown)}
          >
            {isShown ? 'Hide link' : 'Show link'}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Revoke ${name}`}
          aria-expanded={isAsked}
          onClick={() => setAsked(!isAsked)}
        >
          Revoke
        </Button>
      </Group>
      {isShown && made !== undefined && <LinkField address={shareLink(location.origin, made)} />}
      {isAsked && (
        <div className={classes.ask}>
          <Text size="sm" mb="sm">
            It ends at once and for good, for {share.openings === 1 ? 'the one' : `all ${share.openings}`} who opened it
            and whomever they shared it on to. They get nothing new and can send nothing. What they read or copied
            before cannot be taken back.
          </Text>
          <SureButtons action="Revoke it now" onDo={revoke} onKeep={() => setAsked(false)} />
        </div>
      )}
    </li>
  )
}

/** Only editors share on. */
const termsFor = (role: ShareRole): Partial<ShareTerms> => (role === 'editor' ? { role } : { role, canShare: false })

const isOver = ({ revokedAt, expiresAt }: Share) =>
  revokedAt !== null || (expiresAt !== null && expiresAt.getTime() <= Date.now())

const openingsOf = ({ openings, maxOpenings }: Share): string => {
  const times = openings === 1 ? 'opened by 1 person' : `opened by ${openings.toLocaleString()} people`
  if (openings === 0) return maxOpenings === null ? 'not opened yet' : `not opened yet, by at most ${maxOpenings}`
  return maxOpenings === null ? times : `${times} of ${maxOpenings.toLocaleString()}`
}

const asError = (cause: unknown) => (cause instanceof Error ? cause : new Error(String(cause)))
