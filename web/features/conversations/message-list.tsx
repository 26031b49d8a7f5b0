import { Button } from '@mantine/core'
import { ArrowDown } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { Tips } from '#web/ui/tips.tsx'
import { AnswerUnderWay } from './answer-under-way.tsx'
import { DeletedLine } from './deleted-line.tsx'
import { HiddenBranches } from './hidden-branches.tsx'
import { Message } from './message.tsx'
import classes from './message-list.module.css'
import { holds } from './message-window.ts'
import { useMessageWindow } from './use-message-window.ts'
import { useStickToEnd } from './use-stick-to-end.ts'

interface MessageListProps {
  readonly conversationId: string
  /** The message a link leads to. */
  readonly targetId: string | undefined
}

/** The open branch: at its end, and staying there; older messages come as one scrolls up, and nothing jumps. */
export const MessageList = ({ conversationId, targetId }: MessageListProps) => {
  const { items, end, grewAtStart, loadOlder } = useMessageWindow(conversationId, targetId)
  const scroll = useRef<HTMLDivElement>(null)
  const virtualizer = useRef<VirtualizerHandle>(null)
  const { atEnd, toEnd, leaveEnd, onScroll } = useStickToEnd(scroll, items.length)

  const targetPlace = targetId === undefined ? -1 : items.findIndex((item) => holds(item, targetId))
  const reached = useRef<string>(undefined)
  useEffect(() => {
    if (targetPlace === -1 || reached.current === targetId) return
    reached.current = targetId
    leaveEnd()
    virtualizer.current?.scrollToIndex(targetPlace, { align: 'center' })
  }, [targetId, targetPlace, leaveEnd])

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
                row={item.kind === 'message' ? item.row : undefined}
                taskId={item.kind === 'coming' ? item.taskId : undefined}
                newDay={item.kind === 'message' && item.newDay}
                highlighted={item.key === targetId}
                isEnd={item.key === end?.messageId}
              />
            )
          }
        </Virtualizer>
        {end !== undefined && end.deletedAt === null && (
          <AnswerUnderWay key={end.messageId} question={end} isInList={items.at(-1)?.kind === 'coming'} />
        )}
        {end !== undefined && <HiddenBranches end={end} />}
      </div>
      <Tips within={scroll} />
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

/** Before the first layout everything is at the start: that is nobody's scrolling. */
const reachedEndOnce = (element: HTMLElement | null): boolean => element?.dataset.settled === 'true'
