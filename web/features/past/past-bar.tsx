import { ActionIcon, Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { ChevronLeft, ChevronRight, History } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { personaStoreId } from '#web/livestore/stores.ts'
import { wholeNumber } from '#web/ui/charts/numbers.ts'
import { pauseUndo } from '#web/ui/undo-stack.ts'
import { numberAt, timeOf } from './log-times.ts'
import type { PastSeen } from './past.ts'
import classes from './past-bar.module.css'
import { PastSlider } from './past-slider.tsx'
import { goToPast, usePast } from './use-past.ts'

interface PastBarProps {
  readonly personaId: string
  /** The number of the event in the address. */
  readonly at: number
  readonly onAt: (at: number) => void
  readonly onNow: () => void
}

/** How long the address waits for the slider to stand still, in milliseconds: browsers count how often it changes. */
const settling = 200

/** Says that this is the past, which, and how to leave it; and moves through it. */
export const PastBar = ({ personaId, at, onAt, onNow }: PastBarProps) => {
  const storeId = personaStoreId(personaId)
  const seen = usePast(storeId)
  const { history } = seen
  const [wanted, setWanted] = useState(at)
  const [addressed, setAddressed] = useState(at)
  if (addressed !== at) {
    setAddressed(at)
    setWanted(at)
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => goToPast(storeId, { n: wanted }), [storeId, wanted])
  useEffect(() => () => clearTimeout(timer.current), [])
  const head = history?.overview.head
  useEffect(() => {
    if (head !== undefined && at > head) onAt(head)
  })
  useNothingUndone()
  const goTo = (n: number) => {
    const next = Math.min(Math.max(0, n), head ?? 0)
    setWanted(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onAt(next), settling)
  }

  return (
    <section
      className={classes.bar}
      aria-label="The past"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onNow()
      }}
    >
      <div className={classes.words}>
        <History size={16} aria-hidden className={classes.icon} />
        <p className={classes.when} role="status">
          <Where seen={seen} wanted={wanted} />
        </p>
        <p className={classes.sentence} title={sentenceOf(seen)}>
          {sentenceOf(seen)}
        </p>
        {history !== undefined && (
          <TextInput
            type="datetime-local"
            size="xs"
            className={classes.time ?? ''}
            aria-label="Go to a time"
            value={inputTime(timeOf(history.overview, wanted))}
            onChange={({ currentTarget }) => {
              const time = new Date(currentTarget.value).getTime()
              // To the end of the minute, which is all the field can say.
              if (!Number.isNaN(time)) goTo(numberAt(history.overview, time + 59_999))
            }}
          />
        )}
        <Button size="xs" className={classes.now ?? ''} onClick={onNow}>
          Back to now
        </Button>
      </div>
      {history !== undefined && (
        <div className={classes.slide}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="One event back"
            disabled={wanted <= 0}
            onClick={() => goTo(wanted - 1)}
          >
            <ChevronLeft size={16} />
          </ActionIcon>
          <PastSlider log={history.overview} at={wanted} text={sentenceOf(seen)} onAt={goTo} />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="One event on"
            disabled={wanted >= history.overview.head}
            onClick={() => goTo(wanted + 1)}
          >
            <ChevronRight size={16} />
          </ActionIcon>
        </div>
      )}
    </section>
  )
}

const Where = ({
  seen: { history, failure, progress },
  wanted,
}: {
  readonly seen: PastSeen
  readonly wanted: number
}) => {
  if (failure !== undefined) return 'The past cannot be shown.'
  if (history === undefined)
    return progress === undefined
      ? 'The past: reading the log…'
      : `The past: reading the log, ${wholeNumber(progress.done)} of ${wholeNumber(progress.of)} events…`
  const { overview } = history
  return (
    <>
      <strong>The past</strong>: event {wholeNumber(Math.min(wanted, overview.head))} of {wholeNumber(overview.head)} ·{' '}
      {exact.format(timeOf(overview, wanted))}
    </>
  )
}

const sentenceOf = ({ event, shown, history }: PastSeen): string => {
  if (shown === undefined) return ''
  if (history?.overview.failure != null && shown === history.overview.head) return history.overview.failure
  return event == null ? 'Before the first event.' : event.sentence
}

/** Toasts offer to take back what is not shown here; and Ctrl+Z would. */
const useNothingUndone = () =>
  useEffect(() => {
    notifications.clean()
    return pauseUndo()
  }, [])

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' })

/** As the field wants it: the person's own clock, to the minute. */
const inputTime = (time: number): string =>
  new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
