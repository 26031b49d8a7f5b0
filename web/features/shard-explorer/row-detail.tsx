import { ActionIcon, Anchor, CopyButton, Text } from '@mantine/core'
import { ArrowRight, Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { WholeRow } from '#web/services/shards/explorer-protocol.ts'
import { DetailPane } from '#web/ui/detail-pane.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { exactTime } from '#web/ui/times.tsx'
import { showRefusal } from '#web/ui/undo.tsx'
import { noTable } from './explorer-address.ts'
import classes from './explorer-room.module.css'
import { type Home, homeOf } from './homes.ts'
import type { Opened } from './use-explorer.ts'
import { useExplorerAddress } from './use-explorer-address.ts'

interface RowDetailProps {
  readonly title: string
  readonly opened: Opened
  readonly read: () => Promise<WholeRow | null>
  /** The table of the row, if it is of one: an id of itself leads nowhere. */
  readonly home?: string
  readonly onClose: () => void
}

/** Everything that one row holds, column by column; an id leads to the row it names. */
export const RowDetail = ({ title, opened, read, home, onClose }: RowDetailProps) => {
  const { change } = useExplorerAddress()
  const row = useWholeRow(read, opened.serial)
  const follow = async ({ table, column }: Home, value: string) => {
    const rowid = await opened.ask('find', { table, column, value })
    if (rowid === null) showRefusal(new Error(`${table} has no row with this ${column}. It may be of another store.`))
    else change({ ...noTable, table, row: String(rowid), view: undefined }, { replace: false })
  }
  return (
    <DetailPane title={title} onClose={onClose}>
      {row === undefined ? (
        <LateSkeleton />
      ) : row === null ? (
        <EmptyState title="This row is not here any more" text="What made it so stands in the log of this store." />
      ) : (
        <dl className={classes.values}>
          {row.map((value, place) => {
            const { column, text } = value
            const found = text === null ? undefined : homeOf(column, opened.tables)
            const leadsTo = found?.table === home ? undefined : found
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: an answer may have two columns of one name
              <div key={place}>
                <dt>
                  {column}
                  {text !== null && text !== '' && <CopyText column={column} text={text} />}
                </dt>
                <ValueView value={value} />
                {leadsTo !== undefined && text !== null && (
                  <dd>
                    <Anchor component="button" type="button" size="xs" onClick={() => void follow(leadsTo, text)}>
                      to {leadsTo.table} <ArrowRight size={12} style={{ verticalAlign: 'middle' }} aria-hidden />
                    </Anchor>
                  </dd>
                )}
              </div>
            )
          })}
        </dl>
      )}
    </DetailPane>
  )
}

const ValueView = ({ value: { column, text, bytes } }: { readonly value: WholeRow[number] }) => {
  if (text === null) return <dd data-none>null</dd>
  if (text === '') return <dd data-none>an empty text</dd>
  const isCode = bytes !== null || (/^[{[]/.test(text) && text.includes('\n'))
  const time = timeIn(column, text)
  return (
    <dd data-json={isCode || undefined} tabIndex={isCode ? 0 : undefined}>
      {bytes !== null && `${bytes.toLocaleString()} bytes: `}
      {text}
      {time !== undefined && (
        <Text size="xs" c="dimmed">
          {exactTime(time)}
        </Text>
      )}
    </dd>
  )
}

const CopyText = ({ column, text }: { readonly column: string; readonly text: string }) => (
  <CopyButton value={text}>
    {({ copied, copy }) => (
      <ActionIcon size="xs" variant="subtle" color="gray" aria-label={`Copy ${column}`} onClick={copy}>
        {copied ? <Check size={12} /> : <Copy size={12} />}
      </ActionIcon>
    )}
  </CopyButton>
)

/** Undefined while it is read; null when it is gone. */
const useWholeRow = (read: RowDetailProps['read'], serial: number): WholeRow | null | undefined => {
  const [row, setRow] = useState<WholeRow | null>()
  const latest = useRef(read)
  useEffect(() => {
    latest.current = read
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the store was copied anew
  useEffect(() => {
    let isPast = false
    latest.current().then(
      (row) => {
        if (!isPast) setRow(row)
      },
      () => {
        if (!isPast) setRow(null)
      },
    )
    return () => {
      isPast = true
    }
  }, [serial])
  return row
}

/** A column that ends in `At` says when, in milliseconds since 1970 or as ISO says it. */
const timeIn = (column: string, text: string): Date | undefined => {
  if (!/(At|_at)$/.test(column)) return undefined
  const time = new Date(/^\d{11,}$/.test(text) ? Number(text) : text)
  return Number.isNaN(time.getTime()) ? undefined : time
}
