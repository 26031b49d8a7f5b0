import { Loader, Text } from '@mantine/core'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { sharesOf$ } from '#schema/workspace/share-queries.ts'
import { usePersonaId, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { useRight } from '#web/livestore/use-right.ts'
import { type Share, sharesTo } from '#web/services/shares.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { PageSection } from '#web/ui/page-section.tsx'
import { ServerSilent } from '#web/ui/server-silent.tsx'
import { NewShareForm } from './new-share-form.tsx'
import { ShareRow } from './share-row.tsx'
import classes from './shares.module.css'

/** Who may open a persona beside its owner, and the links by which they do. */
export const SharingPage = ({ files }: { readonly files: ReactNode }) => {
  const personaId = usePersonaId()
  const workspace = useWorkspaceStore()
  const entry = workspace.useQuery(directoryEntry$(personaId))
  const made = workspace.useQuery(sharesOf$(personaId))
  const right = useRight(personaId)
  const { shares, load } = useShares(personaId)
  const [newest, setNewest] = useState<string>()
  if (entry === null || right?.canShare === false)
    return (
      <EmptyState
        title="You cannot share this persona"
        text="Its owner shared it with you, and can let you share it on."
      />
    )
  const known = new Map(made.map((share) => [share.shareId, share]))
  return (
    <div className={classes.page}>
      <PageSection
        title={`Share ${entry.name}`}
        text={`A link opens ${entry.name} for whoever has it, in a workspace of their own. The key to it stands in the link alone: no server sees it.`}
      >
        <NewShareForm
          entry={entry}
          isOwner={right === undefined || right.role === 'owner'}
          onMade={(shareId) => {
            setNewest(shareId)
            load()
          }}
        />
      </PageSection>
      <PageSection title="Links" text="A change or the end of a link counts at once, for everybody who opened it.">
        {shares === undefined ? (
          <Loader size="sm" aria-label="Asking the server" />
        ) : shares instanceof Error ? (
          <ServerSilent problem={shares} onRetry={load} />
        ) : shares.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nobody but you can open {entry.name}.
          </Text>
        ) : (
          <ul className={classes.rows}>
            {shares.toSorted(openFirst).map((share) => (
              <ShareRow
                key={share.shareId}
                personaId={personaId}
                share={share}
                made={known.get(share.shareId)}
                isNew={share.shareId === newest}
                onChanged={load}
              />
            ))}
          </ul>
        )}
      </PageSection>
      {(right === undefined || right.role === 'owner') && (
        <PageSection
          title="Files"
          text="Single files that whoever has their link can download, and how often that was done."
        >
          {files}
        </PageSection>
      )}
    </div>
  )
}

/** By the server's word: offline there is nothing to say, and nothing to revoke. */
const useShares = (personaId: string) => {
  const [shares, setShares] = useState<readonly Share[] | Error>()
  const load = useCallback(
    () => void sharesTo(personaId).then(setShares, (error: unknown) => setShares(asError(error))),
    [personaId],
  )
  useEffect(load, [load])
  return { shares, load }
}

const openFirst = (a: Share, b: Share) => Number(a.revokedAt !== null) - Number(b.revokedAt !== null)

const asError = (cause: unknown) => (cause instanceof Error ? cause : new Error(String(cause)))
