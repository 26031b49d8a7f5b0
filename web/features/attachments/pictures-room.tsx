import { Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import {
  type KnownPicture,
  knownPictures$,
  type PicturedPersona,
  picturedPersonas$,
} from '#schema/workspace/picture-queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { OpenPicture } from './open-picture.tsx'
import { PictureGrid } from './picture-grid.tsx'
import { PicturesHeader } from './pictures-header.tsx'
import classes from './pictures-room.module.css'
import { UnopenedPersonas } from './unopened-personas.tsx'

interface PicturesRoomProps {
  /** Whose alone, if not of all. */
  readonly personaId: string | undefined
  readonly open: Pick<KnownPicture, 'personaId' | 'attachmentId'> | undefined
  /** What of the address is to change; undefined takes it out. */
  readonly onChange: (change: Readonly<Record<string, string | undefined>>) => void
}

/**
 * The newest pictures of all personas. Which there are comes from the summaries; a persona's store is opened for those of
 * its pictures that are on screen and not on this device.
 */
export const PicturesRoom = ({ personaId, open, onChange }: PicturesRoomProps) => {
  const workspace = useWorkspaceStore()
  const [limit, setLimit] = useState(pageLength)
  const personas = workspace.useQuery(picturedPersonas$)
  const pictures = workspace.useQuery(knownPictures$(personaId, limit))
  const show = (picture: PicturesRoomProps['open']) =>
    onChange({ of: picture?.personaId, picture: picture?.attachmentId })
  return (
    <div className={classes.room}>
      <PicturesHeader
        personas={personas}
        personaId={personaId}
        onChange={(persona) => onChange({ persona, of: undefined, picture: undefined })}
      />
      <UnopenedPersonas personas={personas} />
      {pictures.length === 0 ? (
        <NoPictures isFiltered={personaId !== undefined} onClear={() => onChange({ persona: undefined })} />
      ) : (
        <div className={classes.scroll}>
          <PictureGrid pictures={pictures} personas={personas} onOpen={show} />
          {pictures.length === limit ? (
            <Button variant="default" m="md" onClick={() => setLimit(limit + pageLength)}>
              Show more
            </Button>
          ) : (
            <Older personas={personas} shown={pictures} />
          )}
        </div>
      )}
      {open !== undefined && <OpenPicture open={open} pictures={pictures} onOpen={show} />}
    </div>
  )
}

/** Each shows a picture: more at once would be slow. */
const pageLength = 120

interface OlderProps {
  readonly personas: readonly PicturedPersona[]
  readonly shown: readonly KnownPicture[]
}

/** Summaries name the newest of each persona; all of them are in its own room. */
const Older = ({ personas, shown }: OlderProps) => {
  const here = new Set(shown.map(({ personaId }) => personaId))
  const more = personas.filter(
    ({ personaId, pictures }) =>
      here.has(personaId) && pictures > shown.filter((picture) => picture.personaId === personaId).length,
  )
  if (more.length === 0) return null
  return (
    <Text size="sm" c="dimmed" className={classes.older ?? ''}>
      Older ones are with each persona:{' '}
      {more.map(({ personaId, name, pictures }, index) => (
        <span key={personaId}>
          {index > 0 && ', '}
          <Link to="/p/$personaId/files" params={{ personaId }} search={{ kind: 'image' }} className={classes.link}>
            all {pictures.toLocaleString()} of {name}
          </Link>
        </span>
      ))}
      .
    </Text>
  )
}

const NoPictures = ({ isFiltered, onClear }: { readonly isFiltered: boolean; readonly onClear: () => void }) =>
  isFiltered ? (
    <EmptyState
      title="No pictures of this persona"
      text="What you send it, or put into its files, comes here."
      action={
        <Button variant="default" onClick={onClear}>
          Show those of all
        </Button>
      }
    />
  ) : (
    <EmptyState
      title="No pictures yet"
      text="Screenshots and pictures that you send in a chat or add to the files of a persona come here, the newest first."
      action={
        <Button component={Link} to="/personas" variant="default">
          All personas
        </Button>
      }
    />
  )
