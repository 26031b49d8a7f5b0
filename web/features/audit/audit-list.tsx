import { useMediaQuery } from '@mantine/hooks'
import { useRef } from 'react'
import { Virtualizer } from 'virtua'
import type { AuditEntry, LogStructure } from '#web/services/audit/log-structure.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { rowsOnScreen } from '#web/ui/rows-on-screen.ts'
import classes from './audit.module.css'

/** Pixels; as in the style sheet. */
const rowHeights = { wide: 32, phone: 56 }

interface AuditListProps {
  readonly entries: readonly AuditEntry[]
  readonly structure: LogStructure
}

/** One row an event, of any number: those in view are in the page. */
export const AuditList = ({ entries, structure }: AuditListProps) => {
  const scroller = useRef<HTMLDivElement>(null)
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const rowHeight = isPhone ? rowHeights.phone : rowHeights.wide
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
    <section ref={scroller} className={classes.list} tabIndex={0} aria-label="Events of the log">
      <Virtualizer
        key={rowHeight}
        as="ol"
        item="li"
        scrollRef={scroller}
        data={entries}
        itemSize={rowHeight}
        ssrCount={rowsOnScreen(rowHeight)}
      >
        {(entry) => <EntryRow key={entry.n} entry={entry} structure={structure} />}
      </Virtualizer>
    </section>
  )
}

const EntryRow = ({ entry, structure }: { readonly entry: AuditEntry; readonly structure: LogStructure }) => {
  const { n, at, isFound, device, actor, bytes, subjects, hash } = entry
  return (
    <div className={classes.entry} title={hash}>
      <span className={classes.number}>{n.toLocaleString()}</span>
      <time className={classes.when} dateTime={new Date(at).toISOString()}>
        {times.format(at)}
        {isFound && ' · found later'}
      </time>
      <span title={structure.devices[device - 1]}>Device {device}</span>
      <span title={actor === null ? undefined : structure.actors[actor - 1]}>
        {actor === null ? 'Account unknown' : `Account ${actor}`}
      </span>
      <span className={classes.subjects}>{subjectWords(subjects)}</span>
      <span className={classes.size}>{byteSize(bytes)}</span>
    </div>
  )
}

const subjectWords = (subjects: readonly number[]): string =>
  subjects.length === 0
    ? 'not sealed as it should be'
    : `Subject ${subjects.slice(0, 3).join(', ')}${subjects.length > 3 ? ` and ${subjects.length - 3} more` : ''}`

const times = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
