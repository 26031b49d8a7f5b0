import { Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { Columns2, Info } from 'lucide-react'
import { useMemo } from 'react'
import type { Answer } from '#schema/conversations/events.ts'
import { type MessageRow, messageById$ } from '#schema/conversations/queries.ts'
import { taskOfMessage$ } from '#schema/tasks/queries.ts'
import { builtInModel } from '#schema/tasks/routing.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { Act } from '#web/ui/act.tsx'
import { ActMenu } from '#web/ui/act-menu.tsx'
import { asCost, asSeconds, asTokens } from '#web/ui/amounts.ts'
import classes from './message.module.css'
import { askFor } from './message-acts.ts'
import { ModelItems } from './model-items.tsx'

/** By whom an answer is, what it took, and the way to how it came about. */
export const AnswerFoot = ({ row, answer }: { readonly row: MessageRow; readonly answer: Answer }) => {
  const { messageId, parentMessageId } = row
  const store = usePersonaStore()
  const mayWrite = useMayWrite()
  const navigate = useNavigate()
  // Read once: a live query for every answer on the page would cost at each commit.
  const task = useMemo(() => store.query(taskOfMessage$(messageId)), [store, messageId])
  const { model, promptTokens, completionTokens, processingTime } = answer
  const facts = [
    ...(model === '' || model === builtInModel ? [] : [model]),
    ...(promptTokens === undefined && completionTokens === undefined
      ? []
      : [asTokens((promptTokens ?? 0) + (completionTokens ?? 0))]),
    ...(task?.cost == null ? [] : [asCost(task.cost)]),
    ...(processingTime === undefined || model === builtInModel ? [] : [asSeconds(processingTime)]),
  ]
  return (
    <>
      {facts.length > 0 && (
        <Text
          span
          size="xs"
          c="dimmed"
          title={`${promptTokens ?? '?'} tokens read, ${completionTokens ?? '?'} written`}
          className={classes.facts ?? ''}
        >
          {facts.join(' · ')}
        </Text>
      )}
      {task !== null && (
        <Act
          label="How this answer came about"
          icon={<Info size={14} />}
          onClick={() => void navigate({ to: '.', search: (before) => ({ ...before, saw: messageId }) })}
        />
      )}
      {mayWrite && parentMessageId !== null && answer.model !== builtInModel && (
        <ActMenu
          label="Compare with another model"
          icon={<Columns2 size={14} />}
          position="bottom-start"
          items={() => (
            <ModelItems
              onChoose={(model) => {
                const question = store.query(messageById$(parentMessageId))
                if (question === null) return
                askFor(store, question, model)
                void navigate({ to: '.', search: (before) => ({ ...before, compare: parentMessageId }) })
              }}
            />
          )}
        />
      )}
    </>
  )
}
