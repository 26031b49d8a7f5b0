import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ColumnDiff, RowDiff, ThingDiff } from '#schema/stores/state-diff.ts'
import { wordDiff } from '#web/ui/word-diff.ts'
import classes from './compare.module.css'

interface ThingChangeProps {
  readonly thing: ThingDiff
  readonly label: string | undefined
  readonly personaId: string
  /** What a change is called here: of two worlds nothing was added, it is only in one. */
  readonly words: Readonly<Record<ThingDiff['change'], string>>
}

/** What became of one thing: opened, each column on both sides. */
export const ThingChange = ({ thing, label, personaId, words }: ThingChangeProps) => {
  const [isOpen, setOpen] = useState(false)
  return (
    <li className={classes.thing}>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <span className={classes.change} data-is={thing.change}>
            {words[thing.change]}
          </span>
          <span className={classes.label}>{label ?? thing.id}</span>
          <span className={classes.kind}>{thing.kind}</span>
        </summary>
        {isOpen && <ThingLink thing={thing} personaId={personaId} />}
        {isOpen &&
          thing.rows.map((row) => (
            <dl key={`${row.table} ${JSON.stringify(row.key)}`} className={classes.columns} aria-label={row.table}>
              {row.columns.filter(isTold).map((column) => (
                <Column key={column.column} row={row} column={column} />
              ))}
            </dl>
          ))}
      </details>
    </li>
  )
}

/** What follows from another column, or is nothing on both sides, says nothing more. */
const isTold = ({ column, before, after }: ColumnDiff) =>
  !/^search[A-Z]/.test(column) && (before ?? after ?? null) !== null

const Column = ({ row, column }: { readonly row: RowDiff; readonly column: ColumnDiff }) => {
  const [old, now] = [textOf(column.column, column.before), textOf(column.column, column.after)]
  if (row.change !== 'changed')
    return (
      <div className={classes.column} data-sides="1">
        <dt title={row.table}>{column.column}</dt>
        <dd className={classes.side}>{row.change === 'added' ? now : old}</dd>
      </div>
    )
  const changes = wordDiff(old, now)
  const side = (own: 'removed' | 'added') =>
    changes
      .filter(({ kind }) => kind === 'same' || kind === own)
      .map(({ kind, text }, place) => {
        const Element = kind === 'same' ? 'span' : kind === 'added' ? 'ins' : 'del'
        // A piece of a text has no identity but its place.
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        return <Element key={place}>{text}</Element>
      })
  return (
    <div className={classes.column}>
      <dt title={row.table}>{column.column}</dt>
      <dd className={classes.side}>{side('removed')}</dd>
      <dd className={classes.side}>{side('added')}</dd>
    </div>
  )
}

/** Times are kept as milliseconds. */
const textOf = (column: string, value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' && /(At|Until)$/.test(column)) return new Date(value).toLocaleString()
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const ThingLink = ({ thing: { kind, id, rows }, personaId }: Pick<ThingChangeProps, 'thing' | 'personaId'>) => {
  const params = { personaId }
  if (kind === 'memory')
    return (
      <Anchor
        size="xs"
        renderRoot={(props) => <Link {...props} to="/p/$personaId/memories" params={params} search={{ memory: id }} />}
      >
        Open the memory
      </Anchor>
    )
  const columns = rows.flatMap((row) => row.columns)
  const conversationId = kind === 'conversation' ? id : columns.find(({ column }) => column === 'conversationId')
  const inChat = typeof conversationId === 'string' ? conversationId : (conversationId?.after ?? conversationId?.before)
  if (typeof inChat !== 'string' || (kind !== 'conversation' && kind !== 'message')) return null
  return (
    <Anchor
      size="xs"
      renderRoot={(props) => (
        <Link
          {...props}
          to="/p/$personaId/chats/$conversationId"
          params={{ personaId, conversationId: inChat }}
          search={kind === 'message' ? { message: id } : {}}
        />
      )}
    >
      Open the conversation
    </Anchor>
  )
}
