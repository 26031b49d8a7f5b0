import { Button, Text } from '@mantine/core'
import { Columns2, PenLine } from 'lucide-react'
import { RelativeTime } from './times.tsx'
import classes from './two-versions.module.css'
import { type Change, wordDiff } from './word-diff.ts'

interface Version {
  readonly text: string
  readonly author: string
  /** Null: not known. */
  readonly at: Date | null
}

interface TwoVersionsProps {
  readonly standing: Version
  readonly beside: Version
  /** Further texts that stand beside, chosen about after this one. */
  readonly waiting: number
  readonly onKeep: (text: 'standing' | 'beside') => void
  readonly onWriteBoth: () => void
}

/** Two texts of one thing side by side, what differs marked, and the three things a person can do about it. */
export const TwoVersions = ({ standing, beside, waiting, onKeep, onWriteBoth }: TwoVersionsProps) => {
  const changes = wordDiff(standing.text, beside.text)
  return (
    <section className={classes.frame} aria-label="Two versions">
      <div className={classes.head}>
        <Columns2 size={16} aria-hidden />
        <div>
          <Text size="sm" fw={600}>
            Two versions
          </Text>
          <Text size="xs" c="dimmed">
            Written without knowing of each other. Both are kept until you choose.
            {waiting > 0 && ` ${waiting === 1 ? 'One more waits' : `${waiting} more wait`} after this choice.`}
          </Text>
        </div>
      </div>
      <div className={classes.columns}>
        <Side version={standing} note="shown now" changes={changes} own="removed" onKeep={() => onKeep('standing')} />
        <Side version={beside} note="kept beside" changes={changes} own="added" onKeep={() => onKeep('beside')} />
      </div>
      <Button size="xs" variant="subtle" leftSection={<PenLine size={14} aria-hidden />} onClick={onWriteBoth}>
        Write both together
      </Button>
    </section>
  )
}

interface SideProps {
  readonly version: Version
  readonly note: string
  readonly changes: readonly Change[]
  /** Which changes are words of this side alone. */
  readonly own: 'removed' | 'added'
  readonly onKeep: () => void
}

const Side = ({ version: { author, at }, note, changes, own, onKeep }: SideProps) => (
  <article className={classes.side} aria-label={`${author}, ${note}`}>
    <Text size="xs" fw={600}>
      {author}
    </Text>
    <Text size="xs" c="dimmed">
      {at !== null && (
        <>
          <RelativeTime at={at} />,{' '}
        </>
      )}
      {note}
    </Text>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls, so it must be reachable */}
    <p className={classes.text} tabIndex={0}>
      {changes
        .filter(({ kind }) => kind === 'same' || kind === own)
        .map(({ kind, text }, place) =>
          kind === 'same' ? (
            // A piece of a text has no identity but its place.
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <span key={place}>{text}</span>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <mark key={place}>{text}</mark>
          ),
        )}
    </p>
    <Button size="xs" variant="default" onClick={onKeep} aria-label={`Keep this one: ${author}, ${note}`}>
      Keep this one
    </Button>
  </article>
)
