import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { MessageRow } from '#schema/conversations/queries.ts'
import { Markdown } from '#web/ui/markdown/markdown.tsx'
import classes from './message.module.css'
import { answerFromMemory } from './message-acts.ts'
import listClasses from './message-list.module.css'
import { useReply } from './use-reply.ts'

/** The answer to the last message while its words come; if none does, the way to ask for one. */
export const AnswerUnderWay = ({ question }: { readonly question: MessageRow }) => {
  const reply = useReply(question.messageId)
  const late = useLate(3000)
  if (reply !== undefined) {
    return (
      <div className={classes.place}>
        <article className={classes.message} data-role="assistant" aria-busy="true" aria-label="Answer, still coming">
          {reply.text === '' ? <div className={listClasses.thinking} /> : <Markdown text={reply.text} />}
        </article>
      </div>
    )
  }
  // Another tab or device may be about to answer.
  if (!late) return null
  return (
    <div className={listClasses.note}>
      Not answered yet.
      <Button size="compact-xs" variant="default" onClick={() => answerFromMemory(question)}>
        Answer from memory
      </Button>
    </div>
  )
}

const useLate = (ms: number) => {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return late
}
