import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Memory } from '#schema/memories/state.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { wholeNumber } from '#web/ui/charts/numbers.ts'
import { DetailPane } from '#web/ui/detail-pane.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { showRefusal } from '#web/ui/undo.tsx'
import { useKeys } from '#web/ui/use-keys.ts'
import { ComparedVersions } from './compared-versions.tsx'
import { memoryText, revise } from './memory-acts.ts'
import classes from './memory-history.module.css'
import { MemoryVersionRow } from './memory-version-row.tsx'
import { comparedIn, type Said } from './memory-versions.ts'
import { useMemorySearch } from './use-memory-search.ts'
import { useMemoryVersions } from './use-memory-versions.ts'

/** A row compares two texts. */
const pageLength = 500

interface MemoryHistoryProps {
  readonly memory: Memory
  /** What it says now, in a text that changes with it. */
  readonly mark: string
  /** As in the address. */
  readonly compared: string
}

/** Every version of a memory, the newest first: what changed, who, when and where; any two side by side; and back to any. */
export const MemoryHistory = ({ memory, mark, compared }: MemoryHistoryProps) => {
  const { memoryId, personaId } = memory
  const store = usePersonaStore()
  const mayWrite = useMayWrite()
  const { change } = useMemorySearch()
  const { versions, progress, failure } = useMemoryVersions(personaId, memoryId, mark)
  const close = () => change({ history: undefined })
  const compare = (from: number, to: number | 'now') => change({ history: `${from}..${to}` })
  useKeys({ h: close })
  const restore = ({ content, kind, importance, tags }: Said) => {
    const seen = memoryText(store, memoryId)
    if (seen !== null)
      showRefusal(revise(store, seen, { content, kind, importance, tags, occurredAt: memory.occurredAt }))
  }
  const [shown, setShown] = useState(pageLength)
  const pair = comparedIn(compared, versions ?? [])
  const now = versions?.at(-1)?.said

  return (
    <DetailPane title="History of this memory" onClose={close}>
      {failure !== undefined ? (
        <Stack align="flex-start" gap="sm">
          <Text size="sm">The versions could not be read: {failure} The memory is as it was.</Text>
          <Button size="xs" variant="default" onClick={close}>
            Back to the memory
          </Button>
        </Stack>
      ) : versions === undefined ? (
        <Stack align="flex-start" gap="sm">
          <LateSkeleton />
          {progress !== undefined && (
            <>
              <Text size="sm" role="status">
                Reading the log: {wholeNumber(progress.done)} of {wholeNumber(progress.of)} events
              </Text>
              <Button size="xs" variant="default" onClick={close}>
                Cancel
              </Button>
            </>
          )}
        </Stack>
      ) : (
        <Stack gap="md">
          {pair !== undefined && <ComparedVersions versions={versions} pair={pair} onCompare={compare} />}
          <ol className={classes.versions} reversed>
            {versions
              .toReversed()
              .slice(0, shown)
              .map((version, place) => (
                <MemoryVersionRow
                  key={version.seqNum}
                  version={version}
                  before={versions[versions.length - place - 2]}
                  isNow={place === 0}
                  onCompare={() => compare(version.seqNum, 'now')}
                  onRestore={
                    mayWrite && version.said !== null && now !== null && place > 0
                      ? () => version.said !== null && restore(version.said)
                      : undefined
                  }
                />
              ))}
          </ol>
          {versions.length > shown && (
            <Button size="xs" variant="default" onClick={() => setShown(shown + pageLength)}>
              Show earlier versions
            </Button>
          )}
        </Stack>
      )}
    </DetailPane>
  )
}
