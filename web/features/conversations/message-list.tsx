import { Button } from '@mantine/core'
import { ArrowDown } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { branchPlace$, openBranch$ } from '#schema/conversations/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { AnswerUnderWay } from './answer-under-way.tsx'
import { DeletedLine } from './deleted-line.tsx'
import { HiddenBranches } from './hidden-branches.tsx'
import { Message } from './message.tsx'
import classes from './message-list.module.css'
import { type Item, pageSize, rowsToItems, slack, windowOf } from './message-window.ts'
import { useStickToEnd } from './use-stick-to-end.ts'

interface MessageListProps {
  readonly conversationId: string
  /** The message a link leads to. */
  readonly targetId: string | undefined
}

/** The open branch: at its end, and staying there; older messages come as one scrolls up, and nothing jumps. */
export const MessageList = ({ conversationId, targetId }: MessageListProps) => {
  const store = usePersonaStore()
  const [size, setSize] = useState(() => sizeFor(targetId, (id) => store.query(branchPlace$(conversationId, id))))
  const firstId = useRef<string>(undefined)
  const scroll = useRef<HTMLDivElement>(null)
  const virtualizer = useRef<VirtualizerHandle>(null)

  const found = store.useQuery(openBranch$(conversationId, size + slack))
  const { rows, hasOlder } = windowOf(found, size, firstId.current)
  const items = rowsToItems(rows)
  const firstKey = items[0]?.key
  const lastFirstKey = useRef(firstKey)
  const grewAtStart = firstKey !== lastFirstKey.current && items.some(({ key }) => key === lastFirstKey.current)
  const { atEnd, toEnd, leaveEnd, onScroll } = useStickToEnd(scroll, items.length)

  useLayoutEffect(() => {
    firstId.current = rows[0]?.messageId
    lastFirstKey.current = firstKey
    if (rows.length > size + slack / 2) setSize(rows.length)
  })

  const loadOlder = () => {
    if (!hasOlder) return
    firstId.current = undefined
    setSize(rows.length + pageSize)
  }

  const targetPlace = targetId === undefined ? -1 : items.findIndex((item) => holds(item, targetId))
  const reached = useRef<string>(undefined)
  useEffect(() => {
    if (targetId === undefined || reached.current === targetId) return
    const place = store.query(branchPlace$(conversationId, targetId))
    if (place !== null && targetPlace === -1) {
      firstId.current = undefined
      return setSize(sizeFor(targetId, () => place))
    }
    if (targetPlace === -1) return
    reached.current = targetId
    leaveEnd()
    virtualizer.current?.scrollToIndex(targetPlace, { align: 'center' })
  }, [targetId, targetPlace, conversationId, store, leaveEnd])

  const end = rows.at(-1)
  return (
    <div className={classes.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable */}
      <div ref={scroll} className={classes.scroll} tabIndex={0} role="log" aria-label="Messages" onScroll={onScroll}>
        <Virtualizer
          ref={virtualizer}
          scrollRef={scroll}
          shift={grewAtStart}
          data={items}
          onScroll={(offset) => {
            if (offset < 800 && reachedEndOnce(scroll.current)) loadOlder()
          }}
        >
          {(item) =>
            item.kind === 'deleted' ? (
              <DeletedLine key={item.key} rows={item.rows} />
            ) : (
              <Message
                key={item.key}
                row={item.row}
                newDay={item.newDay}
                highlighted={item.row.messageId === targetId}
                isEnd={item.row === end}
              />
            )
          }
        </Virtualizer>
        {end?.role === 'user' && end.deletedAt === null && <AnswerUnderWay key={end.messageId} question={end} />}
        {end !== undefined && <HiddenBranches end={end} />}
      </div>
      {!atEnd && (
        <Button
          className={classes.toEnd ?? ''}
          size="xs"
          variant="default"
          leftSection={<ArrowDown size={14} />}
          onClick={toEnd}
        >
          Newest
        </Button>
      )}
    </div>
  )
}

const holds = (item: Item, messageId: string): boolean =>
  item.kind === 'message' ? item.row.messageId === messageId : item.rows.some((row) => row.messageId === messageId)

/** As many messages as it takes to have the wanted one among them, with some before it. */
const sizeFor = (targetId: string | undefined, placeOf: (messageId: string) => number | null): number => {
  const place = targetId === undefined ? null : placeOf(targetId)
  return place === null ? pageSize : Math.ceil((place + 20) / pageSize) * pageSize
}

/** Before the first layout everything is at the start: that is nobody's scrolling. */
const reachedEndOnce = (element: HTMLElement | null): boolean => element?.dataset.settled === 'true'
