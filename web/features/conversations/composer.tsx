import { ActionIcon, Button, Text, Textarea, Tooltip } from '@mantine/core'
import { ArrowUp, Code, Square } from 'lucide-react'
import { type KeyboardEvent, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { AttachmentDraft } from '#schema/attachments/commands.ts'
import type { MessagePart } from '#schema/conversations/parts.ts'
import { characterCount } from '#schema/shared/text.ts'
import { newId } from '#web/livestore/session.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { lazyAsked, lazyExtra } from '#web/ui/lazy-part.ts'
import { ProblemText } from '#web/ui/problem-text.tsx'
import { useFileDrop } from '#web/ui/use-file-drop.ts'
import { CodeField } from './code-field.tsx'
import classes from './composer.module.css'
import { draftToParts } from './drafts.ts'
import { languageOfCode, looksLikeCode } from './pasted-code.ts'
import { useAttaching } from './use-attaching.ts'
import { useDraft } from './use-draft.ts'
import { stopTask, useTaskUnderWay } from './use-reply.ts'

const AttachButton = lazyExtra(() => import('./attach-button.tsx').then((m) => m.AttachButton))
const DraftFiles = lazyAsked(() => import('./draft-files.tsx').then((m) => m.DraftFiles))

interface ComposerProps {
  /** What the draft belongs to. */
  readonly place: string
  readonly label: string
  readonly autoFocus: boolean
  /** The message being answered, if one is: Esc stops that. */
  readonly questionId?: string | undefined
  readonly onSend: (parts: readonly MessagePart[], files: readonly AttachmentDraft[]) => Error | undefined
}

const limit = 100_000

/** Enter sends, Shift+Enter breaks the line, Esc stops the answer. What is refused stays in the field. */
export const Composer = ({ place, label, autoFocus, questionId, onSend }: ComposerProps) => {
  const { draft, change, clear, latest } = useDraft(place)
  const [refusal, setRefusal] = useState<Error | undefined>()
  const [pasted, setPasted] = useState<string | undefined>()
  const field = useRef<HTMLTextAreaElement>(null)
  const store = usePersonaStore()
  const composer = useRef<HTMLDivElement>(null)
  // Sent while files are still read: it goes as soon as all are here, and stays if one is refused.
  const [isDue, setDue] = useState(false)
  const refuse = (refused: Error) => {
    setDue(false)
    setRefusal(refused)
  }
  const { coming, attach, leave } = useAttaching(refuse, (file) => change({ files: [...latest().files, file] }))
  const isDropping = useFileDrop(composer, attach)
  const answering = useTaskUnderWay(questionId)
  const length = characterCount(draft.text) + draft.codes.reduce((sum, { code }) => sum + characterCount(code), 0)

  useEffect(() => {
    if (autoFocus) field.current?.focus()
  }, [autoFocus])

  const write = (text: string) => {
    setRefusal(undefined)
    change({ text })
  }
  const send = () => {
    // What comes would stand beside what is said now, and hide it.
    if (answering !== undefined) return setRefusal(new AnswerUnderWayYet())
    if (coming.length > 0) {
      setDue(true)
      return
    }
    const refused = onSend(draftToParts(draft), draft.files)
    setRefusal(refused)
    setPasted(undefined)
    if (refused === undefined) clear()
  }
  const sendDue = useEffectEvent(() => {
    setDue(false)
    send()
  })
  const isReady = isDue && coming.length === 0
  useEffect(() => {
    if (isReady) queueMicrotask(sendDue)
  }, [isReady])
  const addCode = (code: string, text: string) =>
    change({ text, codes: [...draft.codes, { id: newId(), language: languageOfCode(code), code }] })
  const takeAsCode = (code: string) => {
    addCode(code.replace(/\n$/, ''), draft.text.replace(code, '').trim())
    setPasted(undefined)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends a composition (Chinese, Japanese) chooses a word.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault()
      send()
    }
    if (event.key === 'Escape' && answering !== undefined) {
      event.stopPropagation()
      stopTask(store, answering.taskId)
    }
  }

  return (
    <div ref={composer} className={classes.composer} data-dropping={isDropping || undefined}>
      {(draft.files.length > 0 || coming.length > 0) && (
        <Suspense fallback={null}>
          <DraftFiles
            files={draft.files}
            coming={coming}
            onLeave={leave}
            onRemove={(file) => change({ files: draft.files.filter((other) => other !== file) })}
          />
        </Suspense>
      )}
      {draft.codes.map((code) => (
        <CodeField
          key={code.id}
          code={code}
          onChange={(changed) =>
            change({ codes: draft.codes.map((other) => (other.id === code.id ? changed : other)) })
          }
          onRemove={() => change({ codes: draft.codes.filter(({ id }) => id !== code.id) })}
        />
      ))}
      {pasted !== undefined && draft.text.includes(pasted) && (
        <div className={classes.hint}>
          That looks like code.
          <Button size="compact-xs" variant="default" onClick={() => takeAsCode(pasted)}>
            Send it as code
          </Button>
        </div>
      )}
      <div className={classes.field}>
        <Textarea
          ref={field}
          classNames={{ root: classes.grow ?? '', input: classes.input ?? '' }}
          variant="unstyled"
          aria-label={label}
          placeholder={label}
          value={draft.text}
          onChange={({ currentTarget }) => write(currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const { clipboardData } = event
            if (clipboardData.files.length > 0) {
              event.preventDefault()
              attach([...clipboardData.files])
              return
            }
            const text = clipboardData.getData('text/plain').replace(/\r\n?/g, '\n')
            setPasted(looksLikeCode(text) ? text : undefined)
          }}
          autosize
          minRows={1}
          maxRows={12}
          enterKeyHint="send"
        />
        <Suspense fallback={<span className={classes.soon} />}>
          <AttachButton onFiles={attach} onRefused={refuse} />
        </Suspense>
        <Tooltip label="Add code" openDelay={300}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            onClick={() => addCode('', draft.text)}
            aria-label="Add code"
          >
            <Code size={18} />
          </ActionIcon>
        </Tooltip>
        {answering !== undefined ? (
          <Tooltip label="Stop (Esc)" openDelay={300}>
            <ActionIcon
              variant="filled"
              color="gray"
              size={32}
              onClick={() => stopTask(store, answering.taskId)}
              aria-label="Stop the answer"
            >
              <Square size={14} fill="currentColor" />
            </ActionIcon>
          </Tooltip>
        ) : (
          <Tooltip label="Send (Enter)" openDelay={300}>
            <ActionIcon
              variant="filled"
              size={32}
              onClick={send}
              disabled={draftToParts(draft).length === 0 && coming.length === 0}
              loading={isDue}
              aria-label="Send"
            >
              <ArrowUp size={18} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {length > limit * 0.9 && (
        <Text size="xs" c={length > limit ? 'red' : 'dimmed'} aria-live="polite">
          {count.format(length)} of {count.format(limit)} characters
        </Text>
      )}
      {refusal !== undefined && <ProblemText>{refusal.message}</ProblemText>}
    </div>
  )
}

const count = new Intl.NumberFormat()

class AnswerUnderWayYet extends Error {
  override readonly message = 'The answer is still coming. Esc stops it.'
}
