import { Anchor, Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Check, Copy, History } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { usePersonaId } from '#web/livestore/store-views.tsx'
import type { WholeEvent } from '#web/services/history/log-protocol.ts'
import type { LogReader } from '#web/services/history/log-reader.ts'
import { DetailPane } from '#web/ui/detail-pane.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { relativeTime, useCurrentMinute } from '#web/ui/times.tsx'
import type { Clock } from './clock.ts'
import { EventChanges } from './event-changes.tsx'
import classes from './event-detail.module.css'
import { type NamedThing, ThingLink, thingsNamedIn } from './thing-link.tsx'
import { type Signers, sentenceCase } from './use-signers.ts'

interface EventDetailProps {
  readonly number: number
  readonly reader: LogReader
  readonly confirmed: number
  readonly clock: Clock
  readonly signers: Signers
  readonly onClose: () => void
}

/** One event: what it says, who wrote it and when, what it is about, what it changed, and how it stands in the log. */
export const EventDetail = ({ number, reader, onClose, ...props }: EventDetailProps) => {
  const event = useEvent(reader, number)
  return (
    <DetailPane title={`Event ${number.toLocaleString()}`} onClose={onClose}>
      {event === undefined ? (
        <LateSkeleton />
      ) : event === null ? (
        <EmptyState
          title="There is no such event"
          text={`This log has events up to ${reader.overview.head.toLocaleString()}.`}
          action={
            <Button variant="default" onClick={onClose}>
              Back to the list
            </Button>
          }
        />
      ) : (
        <WholeEventView event={event} count={reader.overview.count} {...props} />
      )}
    </DetailPane>
  )
}

interface WholeEventViewProps extends Pick<EventDetailProps, 'confirmed' | 'clock' | 'signers'> {
  readonly event: WholeEvent
  /** Of events in the log. */
  readonly count: number
}

const WholeEventView = ({ event, count, confirmed, clock, signers }: WholeEventViewProps) => {
  const personaId = usePersonaId()
  const now = useCurrentMinute()
  const named = thingsNamedIn(event.args)
  return (
    <Stack gap="md">
      <Text size="md" lh="24px" style={{ overflowWrap: 'anywhere' }}>
        {event.sentence}
      </Text>
      <dl className={classes.facts}>
        <Fact name="Who">{signers.person(event.actorId)}</Fact>
        <Fact name="Device">{sentenceCase(signers.device(event.deviceId))}</Fact>
        <Fact name="When">
          {clock.exact(event.at)}
          {Number.isFinite(event.at) && (
            <Text span size="xs" c="dimmed">
              {' '}
              ({relativeTime(new Date(event.at), now)})
            </Text>
          )}
        </Fact>
        <Fact name="Server">
          {event.receivedAt !== null
            ? `Received ${clock.exact(event.receivedAt)}`
            : event.number <= confirmed
              ? 'Has it; when it came is not known here'
              : 'Does not have it yet: it is saved on this device'}
        </Fact>
        <Fact name="Event">
          <code className={classes.name}>{event.name}</code>
          {!event.isKnown && event.name !== 'v1.Erased' && (
            <Text size="xs" c="dimmed">
              This version does not know it. It is kept, and counts after an update.
            </Text>
          )}
        </Fact>
        {named.length > 0 && (
          <Fact name="About">
            {named.map((thing: NamedThing) => (
              <div key={`${thing.kind} ${thing.id}`}>
                <ThingLink {...thing} />
              </div>
            ))}
          </Fact>
        )}
      </dl>
      <Anchor
        size="sm"
        renderRoot={(props) => (
          <Link to="/p/$personaId/memories" params={{ personaId }} search={{ at: String(event.number) }} {...props} />
        )}
      >
        <Group component="span" gap={6}>
          <History size={14} aria-hidden /> See everything as of here
        </Group>
      </Anchor>
      <section aria-label="What it changed">
        <h3 className={classes.section}>What it changed</h3>
        <EventChanges clock={clock} before={event.before} number={event.number} count={count} isKnown={event.isKnown} />
      </section>
      <RawEvent event={event} />
    </Stack>
  )
}

const RawEvent = ({ event }: { readonly event: WholeEvent }) => {
  const { number, name, args, receivedAt } = event
  const json = JSON.stringify(
    { number, name, args, receivedAt: receivedAt === null ? null : new Date(receivedAt).toISOString() },
    null,
    2,
  )
  return (
    <section aria-label="As it stands in the log">
      <Group justify="space-between" mb={4}>
        <h3 className={classes.section}>As it stands in the log</h3>
        <CopyButton value={json}>
          {({ copied, copy }) => (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              leftSection={copied ? <Check size={12} aria-hidden /> : <Copy size={12} aria-hidden />}
              onClick={copy}
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard. */}
      <pre className={classes.raw} tabIndex={0}>
        {json.length > mostShown
          ? `${json.slice(0, mostShown)}\n… ${json.length - mostShown} more characters: copy it`
          : json}
      </pre>
    </section>
  )
}

/** An import holds 200 kB of rows, which nobody reads here. */
const mostShown = 20_000

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)

/** Undefined while it is read, null when there is none. */
const useEvent = (reader: LogReader, number: number): WholeEvent | null | undefined => {
  const [read, setRead] = useState<{ readonly event: WholeEvent | null }>()
  useEffect(() => {
    let isPast = false
    void reader.event(number).then((event) => {
      if (!isPast) setRead({ event })
    })
    return () => {
      isPast = true
    }
  }, [reader, number])
  return read?.event
}
