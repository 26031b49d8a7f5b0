import { ActionIcon, Indicator, Popover, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Sparkles, Square, X } from 'lucide-react'
import { cancelTask } from '#schema/tasks/commands.ts'
import { taskById$ } from '#schema/tasks/queries.ts'
import type { Task } from '#schema/tasks/state.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import { openPersona } from '#web/livestore/stores.ts'
import { replies } from '#web/services/tasks/replies.ts'
import { dismiss, useTray } from '#web/services/tasks/tray.ts'
import { showRefusal } from '#web/ui/undo.tsx'
import { detailOf, statusOf } from './status-words.ts'
import classes from './tasks.module.css'

/** Answers and looks under way, and those that failed lately, wherever one is. */
export const TaskTray = () => {
  const tasks = useTray()
  const running = tasks.filter(({ endedAt }) => endedAt === null)
  const label = running.length === 0 ? 'What failed' : labelOf(running)
  return (
    <Popover position="bottom-end" withinPortal trapFocus width={340}>
      <Popover.Target>
        <Indicator color={running.length === 0 ? 'red' : 'blue'} size={8} offset={4} processing={running.length > 0}>
          <ActionIcon variant="subtle" color="gray" aria-label={label}>
            <Sparkles size={16} />
          </ActionIcon>
        </Indicator>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <ul className={classes.tray} aria-label="Answers">
          {tasks.map((task) => (
            <TrayItem key={task.taskId} task={task} />
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  )
}

const labelOf = (running: readonly Task[]): string => {
  const answers = running.filter(({ purpose }) => purpose !== 'proposals').length
  if (answers === 0) return 'Looking for memories'
  return `${answers} ${answers === 1 ? 'answer' : 'answers'} under way`
}

const TrayItem = ({ task }: { readonly task: Task }) => {
  const { taskId, personaId, conversationId, questionId, endedAt, model } = task
  const detail = detailOf(task)
  return (
    <li>
      <Link
        to="/p/$personaId/chats/$conversationId"
        params={{ personaId, conversationId }}
        search={{ message: questionId }}
        className={classes.trayLink}
      >
        <Text span size="sm">
          {statusOf(task)}
          {model === null ? '' : ` · ${model}`}
        </Text>
        {detail !== undefined && (
          <Text span size="xs" c="dimmed">
            {detail}
          </Text>
        )}
      </Link>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={endedAt === null ? 'Stop' : 'Dismiss'}
        onClick={() => (endedAt === null ? void stop(task) : dismiss(taskId))}
      >
        {endedAt === null ? <Square size={12} fill="currentColor" /> : <X size={14} />}
      </ActionIcon>
    </li>
  )
}

const stop = async ({ taskId, personaId }: Task) => {
  if (replies.stop(taskId)) return
  const store = await openPersona(personaId)
  showRefusal(execute(store, cancelTask(store.query(taskById$(taskId)), stampNow())))
}
