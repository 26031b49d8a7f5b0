import { Button, Group, Progress, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { usePersonaId } from '#web/livestore/store-views.tsx'
import { personaStoreId } from '#web/livestore/stores.ts'
import { useSyncStatus } from '#web/livestore/sync-status.ts'
import { counted } from '#web/ui/charts/numbers.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { Split } from '#web/ui/split.tsx'
import { useKeys } from '#web/ui/use-keys.ts'
import { useLate } from '#web/ui/use-late.ts'
import { clockOf } from './clock.ts'
import { EventDetail } from './event-detail.tsx'
import { eventNumberOf, isNarrowed, noFilters, queryOf } from './log-address.ts'
import { LogHeader } from './log-header.tsx'
import { focusLog, LogList } from './log-list.tsx'
import classes from './log-room.module.css'
import { LogTimeline } from './log-timeline.tsx'
import { useSeen } from './seen.ts'
import { useLog } from './use-log.ts'
import { useLogAddress } from './use-log-address.ts'
import { useSigners } from './use-signers.ts'

/** The log of a persona as its owner reads it: what happened, who did it, from where, and whether the server has it. */
export const LogRoom = () => {
  const personaId = usePersonaId()
  const storeId = personaStoreId(personaId)
  const { address, event, change } = useLogAddress()
  const status = useSyncStatus(storeId)
  const [now] = useState(() => Date.now())
  const [head, setHead] = useState(0)
  const seen = useSeen(personaId, head)
  const query = useMemo(() => queryOf(address, { now, seen }), [address, now, seen])
  const { reader, finding, progress, problem, refusal, reopen } = useLog(storeId, query)
  const signers = useSigners()
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const clock = useMemo(() => clockOf(address.time === 'utc'), [address.time])

  const confirmed = Math.max(reader?.overview.confirmed ?? 0, status === undefined ? 0 : status.events - status.waiting)
  const looked = Math.min(reader?.overview.head ?? 0, confirmed)
  if (looked > head) setHead(looked)
  const open = eventNumberOf({ ...(event !== undefined && { event }) })
  const close = () => {
    change({ event: undefined })
    requestAnimationFrame(focusLog)
  }
  useKeys({
    Escape: () => {
      if (open !== undefined) close()
    },
  })

  if (problem !== undefined && finding === undefined)
    return (
      <EmptyState
        title="The log could not be opened"
        text={`${problem.message} Nothing of it is lost.`}
        action={
          <Button variant="default" onClick={reopen}>
            Try again
          </Button>
        }
      />
    )
  if (reader === undefined) return <LateSkeleton />
  const { overview } = reader
  const came = status === undefined ? 0 : status.events - status.unsaved - overview.head
  const isTimelineShown = address.timeline === undefined ? !isPhone : address.timeline === 'show'
  const found = refusal === undefined ? finding?.found : undefined
  return (
    <Split
      detailLabel="Event"
      detailWidth={440}
      list={
        <div className={classes.pane}>
          <LogHeader
            address={address}
            overview={overview}
            found={found?.indices.length}
            seen={seen}
            isTimelineShown={isTimelineShown}
            signers={signers}
            finding={refusal === undefined ? finding : undefined}
            confirmed={confirmed}
            onChange={change}
          />
          {came > 0 && <News count={came} onShow={reopen} />}
          {progress !== null && progress.done > 0 && <Searching {...progress} onStop={() => change(noFilters)} />}
          {refusal !== undefined ? (
            <EmptyState
              title="This expression was not searched for"
              text={refusal.message}
              action={
                <Button variant="default" onClick={() => change({ regex: undefined })}>
                  Clear the expression
                </Button>
              }
            />
          ) : finding === undefined || found === undefined ? (
            <LateSkeleton />
          ) : found.indices.length === 0 ? (
            <NothingFound isNarrowed={isNarrowed(address)} since={address.since} onClear={() => change(noFilters)} />
          ) : (
            <>
              {isTimelineShown && (
                <LogTimeline
                  times={found.times}
                  clock={clock}
                  isNarrowed={address.when !== undefined}
                  onPick={(when) => change({ when })}
                />
              )}
              <LogList
                finding={finding}
                seen={seen}
                confirmed={confirmed}
                clock={clock}
                signers={signers}
                open={open}
                onOpen={(number) => change({ event: String(number) }, { replace: open !== undefined })}
              />
            </>
          )}
        </div>
      }
      detail={
        open === undefined ? null : (
          <EventDetail
            key={open}
            number={open}
            reader={reader}
            confirmed={confirmed}
            clock={clock}
            signers={signers}
            onClose={close}
          />
        )
      }
    />
  )
}

const News = ({ count, onShow }: { readonly count: number; readonly onShow: () => void }) => (
  <Group className={classes.notice} gap="sm" role="status">
    <Text size="sm">{counted(count, 'new event')}</Text>
    <Button size="compact-sm" variant="light" onClick={onShow}>
      Show
    </Button>
  </Group>
)

interface SearchingProps {
  readonly done: number
  readonly of: number
  readonly onStop: () => void
}

const Searching = ({ done, of, onStop }: SearchingProps) =>
  useLate() && (
    <Group className={classes.notice} gap="sm" wrap="nowrap">
      <Text size="sm" flex="none" style={{ fontVariantNumeric: 'tabular-nums' }}>
        Searching {done.toLocaleString()} of {of.toLocaleString()}
      </Text>
      <Progress flex={1} size="sm" value={(done / of) * 100} aria-label="Searching" />
      <Button size="compact-sm" variant="subtle" color="gray" onClick={onStop}>
        Stop
      </Button>
    </Group>
  )

interface NothingFoundProps {
  readonly isNarrowed: boolean
  readonly since: string | undefined
  readonly onClear: () => void
}

const NothingFound = ({ isNarrowed, since, onClear }: NothingFoundProps) =>
  isNarrowed ? (
    <EmptyState
      title={since === 'seen' ? 'Nothing new since you last looked' : 'Nothing matches'}
      text={since === 'seen' ? 'What happens next will be found here.' : 'No event has all of what you filter by.'}
      action={
        <Button variant="default" onClick={onClear}>
          {since === 'seen' ? 'Show all events' : 'Clear filters'}
        </Button>
      }
    />
  ) : (
    <NothingYet />
  )

const NothingYet = () => {
  const personaId = usePersonaId()
  return (
    <EmptyState
      title="Nothing happened yet"
      text="Whatever is said with this persona, or changed in it, stands here."
      action={
        <Button renderRoot={(props) => <Link to="/p/$personaId/chats" params={{ personaId }} {...props} />}>
          Start a conversation
        </Button>
      }
    />
  )
}
