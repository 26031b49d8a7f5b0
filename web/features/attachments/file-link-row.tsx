import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { shownName } from '#schema/attachments/kinds.ts'
import type { LinkedFile } from '#schema/attachments/queries.ts'
import { fileLink } from '#sealing/file-link.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { endFileLink, type GivenLink } from '#web/services/attachments/file-links.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { LinkField } from '#web/ui/link-field.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import { showDone, showRefusal } from '#web/ui/undo.tsx'
import classes from './file-links.module.css'

interface FileLinkRowProps {
  readonly given: GivenLink
  /** What the log keeps of it; nothing of one that was never finished. */
  readonly file: LinkedFile | undefined
  readonly isShown: boolean
  readonly onChanged: () => void
}

/** One public link to a file: how often it was used, the address, and its end. */
export const FileLinkRow = ({ given, file, isShown, onChanged }: FileLinkRowProps) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const [wanted, setWanted] = useState(isShown)
  const name = file === undefined ? 'A link that was not finished' : shownName(file.name)
  const isOver = isLinkOver(given)
  const revoke = async () => {
    const refusal = await endFileLink(store, personaId, given.linkId, file)
    if (!showRefusal(refusal)) showDone(`The link to ${name} is revoked`)
    onChanged()
  }
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <Text size="sm" truncate {...(isOver ? { c: 'dimmed' } : { fw: 600 })}>
          {name}
        </Text>
        <Text size="sm" c="dimmed">
          {file !== undefined && `${byteSize(file.bytes)} · `}
          <Downloads given={given} /> · <End given={given} />
        </Text>
      </div>
      {!isOver && (
        <Group gap="sm">
          {file !== undefined && (
            <Button
              size="compact-sm"
              variant="default"
              aria-expanded={wanted}
              aria-label={`${wanted ? 'Hide' : 'Show'} the link to ${name}`}
              onClick={() => setWanted(!wanted)}
            >
              {wanted ? 'Hide link' : 'Show link'}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Revoke the link to ${name}`}
            onClick={() => void revoke()}
          >
            Revoke
          </Button>
        </Group>
      )}
      {wanted && !isOver && file !== undefined && <LinkField address={fileLink(location.origin, file)} />}
    </li>
  )
}

const Downloads = ({ given: { downloads, lastDownloadAt } }: { readonly given: GivenLink }) => {
  if (lastDownloadAt === null) return 'not downloaded yet'
  return (
    <>
      downloaded {downloads === 1 ? 'once' : `${downloads.toLocaleString()} times`}, last{' '}
      <RelativeTime at={lastDownloadAt} />
    </>
  )
}

const End = ({ given }: { readonly given: GivenLink }) => {
  const { erasedAt, revokedAt, expiresAt } = given
  const over = erasedAt ?? revokedAt
  if (over !== null)
    return (
      <>
        {erasedAt === null ? 'revoked' : 'erased'} <RelativeTime at={over} />
      </>
    )
  if (expiresAt === null) return 'never ends'
  return (
    <>
      {isLinkOver(given) ? 'ended' : 'ends'} <RelativeTime at={expiresAt} />
    </>
  )
}

export const isLinkOver = ({ erasedAt, revokedAt, expiresAt }: GivenLink): boolean =>
  erasedAt !== null || revokedAt !== null || (expiresAt !== null && expiresAt.getTime() <= Date.now())
