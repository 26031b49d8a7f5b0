import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { DoorOpen, Download, Link2, Share2, ShieldX } from 'lucide-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { parseStoreId } from '#schema/stores/store-id.ts'
import { sharesOf$ } from '#schema/workspace/share-queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { type Access, accessPage, type Known, whomIKnow } from '#web/services/access-log.ts'
import { ServerAway } from '#web/services/server.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { ProblemText } from '#web/ui/problem-text.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import classes from './access-log.module.css'
import { accessSentence, isRefusal, type LinkNames } from './access-sentence.ts'

interface AccessLogProps {
  readonly storeId: string
  /** Whose log it is, as the sentence above it says. */
  readonly of: string
}

/** Who came to a store, what was shared of it, and what was refused: by the server's word, the newest first. */
export const AccessLog = ({ storeId, of }: AccessLogProps) => {
  const personaId = personaIdIn(storeId)
  const linkNames = useLinkNames(personaId)
  const { entries, next, known, problem, isLoading, more, retry } = useAccesses(storeId)
  if (problem !== undefined && entries.length === 0)
    return (
      <EmptyState
        title="The access log is not here"
        text={problem.message}
        action={
          problem instanceof ServerAway && (
            <Button variant="default" onClick={retry}>
              Try again
            </Button>
          )
        }
      />
    )
  if (known === undefined) return <LateSkeleton />
  return (
    <Stack className={classes.page} gap="md">
      <Text size="sm" c="dimmed">
        Who came to {of}, what was shared of it, and what was refused. The server keeps the newest 10 000 entries; the
        same within ten minutes is one.
      </Text>
      {personaId !== undefined && (
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/audit" search={{ persona: personaId }} />}>
          Verify its log
        </Anchor>
      )}
      {entries.length === 0 && (
        <EmptyState title="Nobody came yet" text="As soon as a device syncs with the server, it stands here." />
      )}
      <ol className={classes.rows}>
        {entries.map((access) => (
          <AccessRow key={access.seq} access={access} known={known} linkNames={linkNames} />
        ))}
      </ol>
      {problem !== undefined && <ProblemText>{problem.message}</ProblemText>}
      {next !== null && (
        <Group>
          <Button variant="default" loading={isLoading} onClick={more}>
            Show older ones
          </Button>
        </Group>
      )}
    </Stack>
  )
}

interface AccessRowProps {
  readonly access: Access
  readonly known: Known
  readonly linkNames: LinkNames
}

const AccessRow = ({ access, known, linkNames }: AccessRowProps) => {
  const Icon = isRefusal(access) ? ShieldX : (icons[access.what.split(' ')[0] ?? ''] ?? DoorOpen)
  return (
    <li className={classes.row} data-refused={isRefusal(access) || undefined}>
      <Icon size={16} aria-hidden />
      <Text size="sm" className={classes.sentence}>
        {accessSentence(access, known, linkNames)}
      </Text>
      <Text size="sm" c="dimmed" className={classes.time}>
        <RelativeTime at={access.at} />
      </Text>
    </li>
  )
}

const icons: Readonly<Record<string, typeof DoorOpen>> = { share: Share2, file: Link2, log: Download, audit: Download }

const personaIdIn = (storeId: string): string | undefined => {
  const store = parseStoreId(storeId)
  return store instanceof Error || store.kind !== 'persona' ? undefined : store.id
}

/** Of the links that this workspace made to the persona. */
const useLinkNames = (personaId = ''): LinkNames => {
  const made = useWorkspaceStore().useQuery(sharesOf$(personaId))
  return useMemo(() => new Map(made.flatMap(({ shareId, label }) => (label === '' ? [] : [[shareId, label]]))), [made])
}

const useAccesses = (storeId: string) => {
  const [entries, setEntries] = useState<readonly Access[]>([])
  const [next, setNext] = useState<number | null>(null)
  const [known, setKnown] = useState<Known>()
  const [problem, setProblem] = useState<Error>()
  const [isLoading, setLoading] = useState(false)

  const load = useCallback(
    async (before: number | null) => {
      const [page, whom] = await Promise.all([accessPage(storeId, before), whomIKnow()])
      if (page instanceof Error) return setProblem(page)
      if (whom instanceof Error) return setProblem(whom)
      setProblem(undefined)
      setKnown(whom)
      setNext(page.next)
      setEntries((shown) => (before === null ? page.entries : [...shown, ...page.entries]))
    },
    [storeId],
  )
  // oxlint-disable-next-line react/set-state-in-effect -- what is set comes later, from the server
  useEffect(() => void load(null), [load])
  const more = async () => {
    setLoading(true)
    await load(next)
    setLoading(false)
  }
  return { entries, next, known, problem, isLoading, more: () => void more(), retry: () => void load(null) }
}
