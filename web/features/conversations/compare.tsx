import { ActionIcon, Button, Text } from '@mantine/core'
import { X } from 'lucide-react'
import { answersOf$ } from '#schema/conversations/queries.ts'
import { tasksOfQuestion$ } from '#schema/tasks/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { AnswerComing } from './answer-coming.tsx'
import { endOfBranchWith } from './branch-end.ts'
import classes from './compare.module.css'
import { openBranch } from './message-acts.ts'
import { Parts } from './parts.tsx'

interface CompareProps {
  readonly conversationId: string
  readonly questionId: string
  readonly onClose: () => void
}

/** The newest answers to one question beside each other, those that still come too. Choosing one goes on with it. */
export const Compare = ({ conversationId, questionId, onClose }: CompareProps) => {
  const store = usePersonaStore()
  const answers = store.useQuery(answersOf$(conversationId, questionId, columns))
  const coming = store.useQuery(tasksOfQuestion$(questionId)).filter(({ endedAt }) => endedAt === null)
  const shown = answers.slice(-Math.max(0, columns - coming.length))
  return (
    <section className={classes.compare} aria-label="Answers side by side">
      <header className={classes.head}>
        <Text fw={600}>Side by side</Text>
        <ActionIcon variant="subtle" color="gray" aria-label="Close the comparison" onClick={onClose}>
          <X size={16} />
        </ActionIcon>
      </header>
      <div className={classes.columns}>
        {shown.map((answer) => (
          <article
            key={answer.messageId}
            className={classes.column}
            aria-label={`Answer of ${answer.answer?.model ?? 'a model'}`}
          >
            <Text size="sm" c="dimmed">
              {answer.answer?.model}
            </Text>
            <Parts parts={answer.parts} />
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                openBranch(store, { ...answer, messageId: endOfBranchWith(store, answer) })
                onClose()
              }}
            >
              Go on with this one
            </Button>
          </article>
        ))}
        {coming.map((task) => (
          <div key={task.taskId} className={classes.column}>
            <Text size="sm" c="dimmed">
              {task.model ?? 'Asked for'}
            </Text>
            <AnswerComing task={task} />
          </div>
        ))}
      </div>
    </section>
  )
}

const columns = 2
