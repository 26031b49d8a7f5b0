import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useCallback, useState } from 'react'
import type { SimilarPair } from '#schema/memories/similar.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { similarIn } from '#web/services/lifecycle/lifecycle.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { forgetWithUndo } from './bulk-acts.ts'
import { keepBoth } from './life-acts.ts'
import { merge } from './memory-acts.ts'
import classes from './review.module.css'
import { useListedById } from './use-listed-by-id.ts'
import { useLook } from './use-look.ts'

/** Pairs shown at once; the next come as these are decided. */
const shownAtMost = 50

/** What may be one memory, or not true together. Nothing is done unless somebody decides. */
export const SimilarMemories = ({ onOpen }: { readonly onOpen: (memoryId: string) => void }) => {
  const store = usePersonaStore()
  const start = useCallback(() => similarIn(store), [store])
  const { answer: found, failure } = useLook(start)
  const [decided, setDecided] = useState<ReadonlySet<SimilarPair>>(new Set())
  const open = (found ?? []).filter((pair) => !decided.has(pair))
  const shown = open.slice(0, shownAtMost)
  const rows = useListedById([...new Set(shown.flatMap(({ oneId, otherId }) => [oneId, otherId]))])
  if (failure !== undefined)
    return (
      <Alert color="red" p="sm">
        {failure}
      </Alert>
    )
  if (found === undefined) return <LateSkeleton />
  // A memory that was forgotten or merged here takes its other pairs along; undone, they are back.
  const pairs = shown.filter(({ oneId, otherId }) =>
    [oneId, otherId].every((id) => rows.has(id) && rows.get(id)?.forgottenAt === null),
  )
  if (pairs.length === 0)
    return (
      <EmptyState
        title="Nothing to compare"
        text="No two memories say nearly the same, or seem to contradict each other."
      />
    )
  return (
    <Stack gap={0}>
      <Text size="sm" c="dimmed" mb="sm">
        Found by their words alone, so some are nothing. What you keep apart is not suggested again.
      </Text>
      <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {pairs.map((pair) => (
          <Pair
            key={`${pair.oneId} ${pair.otherId}`}
            pair={pair}
            texts={[pair.oneId, pair.otherId].map((id) => [id, rows.get(id)?.preview ?? ''] as const)}
            onOpen={onOpen}
            onKept={() => setDecided((before) => new Set([...before, pair]))}
          />
        ))}
      </ul>
    </Stack>
  )
}

interface PairProps {
  readonly pair: SimilarPair
  readonly texts: readonly (readonly [memoryId: string, preview: string])[]
  readonly onOpen: (memoryId: string) => void
  readonly onKept: () => void
}

const Pair = ({ pair, texts, onOpen, onKept }: PairProps) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  return (
    <li className={classes.pair}>
      <Text size="sm" fw={600}>
        {pair.is === 'duplicate' ? 'Nearly the same' : 'May contradict'}
        <Text span size="xs" c="dimmed" fw={400} ml="xs">
          {Math.round(pair.likeness * 100)} % of their words are shared
        </Text>
      </Text>
      <div className={classes.sides}>
        {texts.map(([memoryId, preview]) => (
          <div key={memoryId} className={classes.side}>
            <Text size="sm">{preview}</Text>
            <Group gap="xs" mt="xs">
              <Button size="compact-xs" variant="default" onClick={() => onOpen(memoryId)}>
                Open
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => void forgetWithUndo(store, personaId, [memoryId])}
              >
                Forget this one
              </Button>
            </Group>
          </div>
        ))}
      </div>
      <Group gap="xs">
        <Button size="compact-sm" variant="light" onClick={() => merge(store, pair.otherId, pair.oneId)}>
          Merge into the first
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            if (keepBoth(store, personaId, pair)) onKept()
          }}
        >
          Keep both
        </Button>
      </Group>
    </li>
  )
}
