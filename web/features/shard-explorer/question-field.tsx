import { ActionIcon, Button, Group, Menu, Text, Textarea } from '@mantine/core'
import { History } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { forgetQuestions, noteQuestion, pastQuestions, placeInHistory } from '#web/services/shards/past-questions.ts'
import { timeLimit } from '#web/services/shards/time-limit.ts'
import classes from './explorer-room.module.css'

interface QuestionFieldProps {
  readonly storeId: string
  readonly sql: string
  readonly isBusy: boolean
  readonly isAsking: boolean
  readonly onAsk: (sql: string) => void
  readonly onStop: () => void
}

/**
 * Where a question is written: Ctrl or ⌘ Enter asks it. The arrow up at the beginning of the text goes back to what was asked
 * before, the arrow down at its end comes forward again.
 */
export const QuestionField = ({ storeId, sql, isBusy, isAsking, onAsk, onStop }: QuestionFieldProps) => {
  const [text, setText] = useState(sql)
  const [questions, setQuestions] = useState(() => pastQuestions(localStorage, storeId))
  const [place, setPlace] = useState(-1)
  const sent = useRef(sql)
  useEffect(() => {
    // Changed from elsewhere, not by what was asked here: who asks goes on writing where he was.
    if (sql !== sent.current) setText(sql)
    sent.current = sql
  }, [sql])
  const ask = (written: string) => {
    const asked = written.trim()
    if (isBusy || asked === '') return
    sent.current = asked
    setText(written)
    setQuestions(noteQuestion(localStorage, storeId, asked))
    setPlace(-1)
    onAsk(asked)
  }
  const goBack = (by: 1 | -1) => {
    // What is written is the newest of them when it was just asked.
    const from = place === -1 && by === 1 && questions[0] === text.trim() ? 0 : place
    const to = placeInHistory(from, by, questions)
    if (to === place && to === -1) return
    setPlace(to)
    setText(to === -1 ? '' : (questions[to] ?? ''))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    const { selectionStart, selectionEnd, value } = event.currentTarget
    const isAt = (at: number) => selectionStart === at && selectionEnd === at
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) ask(text)
    else if (event.key === 'ArrowUp' && (isAt(0) || place !== -1)) goBack(1)
    else if (event.key === 'ArrowDown' && place !== -1 && isAt(value.length)) goBack(-1)
    else return
    event.preventDefault()
  }
  return (
    <div className={classes.question}>
      <Textarea
        aria-label="Question in SQL"
        placeholder="select kind, count(*) from memories group by kind"
        autosize
        minRows={3}
        maxRows={12}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        classNames={{ input: classes.sql ?? '' }}
        data-autofocus
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value)
          setPlace(-1)
        }}
        onKeyDown={onKeyDown}
      />
      <Group gap="sm" mt={8} wrap="nowrap">
        {isAsking ? (
          <Button size="xs" variant="default" onClick={onStop}>
            Stop
          </Button>
        ) : (
          <Button size="xs" disabled={text.trim() === ''} loading={isBusy} onClick={() => ask(text)}>
            Run
          </Button>
        )}
        {isAsking ? (
          <Elapsed />
        ) : (
          <Text size="xs" c="dimmed" visibleFrom="sm">
            <kbd>Ctrl</kbd> <kbd>Enter</kbd> runs it, <kbd>↑</kbd> brings back what you asked before
          </Text>
        )}
        <span style={{ flex: 1 }} />
        <Menu position="bottom-end" width={420} withinPortal>
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label="What you asked before"
              title="What you asked before"
              disabled={questions.length === 0}
            >
              <History size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
            <Menu.Label>Kept on this device</Menu.Label>
            {questions.map((question) => (
              <Menu.Item key={question} title={question} onClick={() => ask(question)}>
                <span className={classes.past}>{question}</span>
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item color="red" onClick={() => setQuestions(forgetQuestions(localStorage, storeId))}>
              Forget all of them
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    </div>
  )
}

/** Nothing for the first second, then how long it took by now, and how long it may. */
const Elapsed = () => {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((seconds) => seconds + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return seconds === 0 ? null : (
    <Text size="xs" c="dimmed" role="status" style={{ fontVariantNumeric: 'tabular-nums' }}>
      {seconds} of {timeLimit / 1000} seconds
    </Text>
  )
}
