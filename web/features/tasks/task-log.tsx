import { Button, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type MonthUsage, taskLog$, usageByMonth$ } from '#schema/tasks/queries.ts'
import type { Task } from '#schema/tasks/state.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { asCost, asSeconds, asTokens } from '#web/ui/amounts.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import { detailOf, statusOf } from './status-words.ts'
import classes from './tasks.module.css'

const pageSize = 100

/** What the answers of a persona took: month by month, and one by one. */
export const TaskLog = () => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const [limit, setLimit] = useState(pageSize)
  const months = store.useQuery(usageByMonth$)
  const tasks = store.useQuery(taskLog$(limit))
  if (tasks.length === 0)
    return (
      <EmptyState
        title="Nothing was answered yet"
        text="Every answer leaves a line here, and every look for memories: who gave it, what it took, and why it went that way."
        action={
          <Button component={Link} to={`/p/${personaId}/chats`} variant="default">
            To the chats
          </Button>
        }
      />
    )
  return (
    <div className={classes.page}>
      <section>
        <h2>By month</h2>
        <div className={classes.scroll}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Month</Table.Th>
                <Table.Th>Model</Table.Th>
                <Table.Th className={classes.number ?? ''}>Requests</Table.Th>
                <Table.Th className={classes.number ?? ''}>Failed</Table.Th>
                <Table.Th className={classes.number ?? ''}>Tokens</Table.Th>
                <Table.Th className={classes.number ?? ''}>Cost</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {months.map((month) => (
                <MonthRow key={`${month.month} ${month.accountId} ${month.model}`} month={month} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </section>
      <section>
        <h2>One by one</h2>
        <div className={classes.scroll}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>When</Table.Th>
                <Table.Th>What became of it</Table.Th>
                <Table.Th>Model</Table.Th>
                <Table.Th className={classes.number ?? ''}>Took</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {tasks.map((task) => (
                <TaskRow key={task.taskId} task={task} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
        {tasks.length === limit && (
          <Button variant="default" size="xs" onClick={() => setLimit(limit + pageSize)}>
            Show more
          </Button>
        )}
      </section>
    </div>
  )
}

const MonthRow = ({
  month: { month, model, requests, failed, promptTokens, completionTokens, cost },
}: {
  readonly month: MonthUsage
}) => (
  <Table.Tr>
    <Table.Td>{month}</Table.Td>
    <Table.Td>{model ?? 'None'}</Table.Td>
    <Table.Td className={classes.number ?? ''}>{requests.toLocaleString()}</Table.Td>
    <Table.Td className={classes.number ?? ''}>{failed.toLocaleString()}</Table.Td>
    <Table.Td className={classes.number ?? ''}>{(promptTokens + completionTokens).toLocaleString()}</Table.Td>
    <Table.Td className={classes.number ?? ''}>{cost === 0 ? '–' : asCost(cost)}</Table.Td>
  </Table.Tr>
)

const TaskRow = ({ task }: { readonly task: Task }) => {
  const { personaId, conversationId, questionId, queuedAt, model, processingTime } = task
  const detail = detailOf(task)
  const tokens = (task.promptTokens ?? 0) + (task.completionTokens ?? 0)
  return (
    <Table.Tr>
      <Table.Td>
        <Link
          to="/p/$personaId/chats/$conversationId"
          params={{ personaId, conversationId }}
          search={{ message: questionId }}
        >
          <RelativeTime at={queuedAt} />
        </Link>
      </Table.Td>
      <Table.Td>
        {statusOf(task)}
        {detail !== undefined && (
          <Text size="xs" c="dimmed">
            {detail}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{model ?? '–'}</Table.Td>
      <Table.Td className={classes.number ?? ''}>
        {[
          ...(tokens > 0 ? [asTokens(tokens)] : []),
          ...(processingTime === null ? [] : [asSeconds(processingTime)]),
        ].join(' · ') || '–'}
      </Table.Td>
    </Table.Tr>
  )
}
