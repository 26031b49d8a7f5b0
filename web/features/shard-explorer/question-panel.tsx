import { Alert, Button, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { Split } from '#web/ui/split.tsx'
import { useKeys } from '#web/ui/use-keys.ts'
import { DownloadMenu } from './download-menu.tsx'
import classes from './explorer-room.module.css'
import { QuestionField } from './question-field.tsx'
import { RowDetail } from './row-detail.tsx'
import { focusGrid, RowGrid } from './row-grid.tsx'
import { useAnswer } from './use-answer.ts'
import type { Opened } from './use-explorer.ts'
import { useExplorerAddress } from './use-explorer-address.ts'

interface QuestionPanelProps {
  readonly storeId: string
  readonly opened: Opened
  /** After the worker was ended in the middle of a question. */
  readonly onReopen: () => void
}

/** Any question that SQL can put to a store, and its answer. SQLite refuses whatever would write. */
export const QuestionPanel = ({ storeId, opened, onReopen }: QuestionPanelProps) => {
  const { address, change } = useExplorerAddress()
  const { sql = '' } = address
  const { answer, problem, isBusy, isAsking, run, more, limited, stop } = useAnswer(opened, sql, onReopen)
  const [place, setPlace] = useState<number>()
  const close = () => {
    setPlace(undefined)
    requestAnimationFrame(focusGrid)
  }
  useKeys({
    Escape: () => {
      if (place !== undefined) close()
    },
  })
  const ask = (asked: string) => {
    setPlace(undefined)
    if (asked === sql) void run(asked)
    else change({ sql: asked }, { replace: sql === '' })
  }
  const columns = useMemo(() => answer?.columns ?? [], [answer])
  const rows = answer?.rows ?? []
  return (
    <Split
      detailLabel="Row"
      detailWidth={400}
      list={
        <div className={classes.panel}>
          <QuestionField storeId={storeId} sql={sql} isBusy={isBusy} isAsking={isAsking} onAsk={ask} onStop={stop} />
          {problem !== undefined ? (
            <Alert variant="light" color="red" m="sm" title="SQLite gave no answer" role="alert">
              {problem.message}
            </Alert>
          ) : answer === undefined ? (
            <EmptyState
              title="Ask this store"
              text="What you ask runs on a copy that can only be read. Press Ctrl Enter to run it, ↑ at the beginning for what you asked before."
            />
          ) : (
            <>
              <div className={classes.tools} role="status">
                <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
                  {answer.rows.length.toLocaleString()}
                  {answer.hasMore && '+'} {answer.rows.length === 1 && !answer.hasMore ? 'row' : 'rows'} in{' '}
                  {Math.ceil(answer.took).toLocaleString()} ms, as of event {answer.asOf.toLocaleString()}
                </Text>
                {answer.hasMore && (
                  <Button size="compact-xs" variant="light" disabled={isBusy} onClick={() => void more()}>
                    More
                  </Button>
                )}
                <span style={{ flex: 1 }} />
                <DownloadMenu
                  storeId={storeId}
                  name="answer"
                  count={answer.hasMore ? undefined : rows.length}
                  file={(format) => limited(opened.ask('file', { format, sql: answer.sql }))}
                />
              </div>
              {columns.length === 0 ? (
                <EmptyState title="Nothing to show" text="SQLite ran it, and it answers no rows." />
              ) : (
                <RowGrid
                  key={answer.sql}
                  label="Answer"
                  columns={columns}
                  rows={rows}
                  count={rows.length}
                  open={place}
                  onOpen={setPlace}
                />
              )}
            </>
          )}
        </div>
      }
      detail={
        place === undefined || answer === undefined ? null : (
          <RowDetail
            key={`${answer.sql} ${place}`}
            title={`Answer, row ${(place + 1).toLocaleString()}`}
            opened={opened}
            read={() => opened.ask('answerRow', { place })}
            onClose={close}
          />
        )
      }
    />
  )
}
