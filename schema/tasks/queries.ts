import { queryDb, Schema } from '@livestore/livestore'
import { StepFact } from './events.ts'
import { evolve, queuedTask, type Step, type TaskState } from './kernel.ts'
import { type Task, taskTables } from './state.ts'

const { tasks, taskSteps, modelPreferences } = taskTables

/** What has not ended, the longest waiting first. */
export const tasksUnderWay$ = queryDb(tasks.where({ endedAt: null }).orderBy('queuedAt', 'asc').limit(50), {
  label: 'tasks.underWay',
})

export const taskById$ = (taskId: string) =>
  queryDb(tasks.where({ taskId }).first({ behaviour: 'fallback', fallback: () => null }), {
    label: 'tasks.byId',
    deps: [taskId],
  })

/** The task an answer came of; null for one that was imported, or written before there were tasks. */
export const taskOfMessage$ = (messageId: string) =>
  queryDb(tasks.where({ messageId }).first({ behaviour: 'fallback', fallback: () => null }), {
    label: 'tasks.ofMessage',
    deps: [messageId],
  })

/** The tasks that are to answer a question, the newest last. */
export const tasksOfQuestion$ = (questionId: string) =>
  queryDb(
    tasks
      .where({ questionId, purpose: { op: '!=', value: 'proposals' } })
      .orderBy('queuedAt', 'asc')
      .limit(50),
    { label: 'tasks.ofQuestion', deps: [questionId] },
  )

/** What is being looked through in a conversation. */
export const looksUnderWay$ = (conversationId: string) =>
  queryDb(tasks.where({ conversationId, purpose: 'proposals', endedAt: null }).limit(1), {
    label: 'tasks.looksUnderWay',
    deps: [conversationId],
  })

/** The answers that are coming in a conversation, or waited for. */
export const answersUnderWay$ = (conversationId: string) =>
  queryDb(tasks.where({ conversationId, purpose: { op: '!=', value: 'proposals' }, endedAt: null }).limit(1), {
    label: 'tasks.answersUnderWay',
    deps: [conversationId],
  })

/** The messages of a conversation that models were given to look through. */
export const messagesLookedThrough$ = (conversationId: string) =>
  queryDb(
    {
      query: `select given.value as messageId
              from tasks t join taskSteps s on s.taskId = t.taskId, json_each(s.fact, '$.messageIds') given
              where t.conversationId = ? and t.purpose = 'proposals' and t.status = 'succeeded'`,
      schema: Schema.Array(Schema.Struct({ messageId: Schema.String })),
      bindValues: [conversationId],
      queriedTables: new Set(['tasks', 'taskSteps']),
    },
    {
      label: 'tasks.messagesLookedThrough',
      deps: [conversationId],
      map: (rows) => new Set(rows.map(({ messageId }) => messageId)),
    },
  )

const decodeFact = Schema.decodeSync(Schema.parseJson(StepFact))

/** What was done for a task, in the order of the log. */
export const stepsOf$ = (taskId: string) =>
  queryDb(taskSteps.where({ taskId }).orderBy('place', 'asc').limit(500), {
    label: 'tasks.steps',
    deps: [taskId],
    map: (rows): readonly Step[] => rows.map(({ fact, at, deviceId }) => ({ ...decodeFact(fact), at, deviceId })),
  })

export const stateOfTask = ({ queuedBy, queuedAt }: Task, steps: readonly Step[]): TaskState =>
  steps.reduce(evolve, queuedTask(queuedBy, queuedAt))

/** In which order the persona's questions go to models; null while nobody chose one. */
export const modelPreference$ = queryDb(modelPreferences.first({ behaviour: 'fallback', fallback: () => null }), {
  label: 'tasks.modelPreference',
})

const MonthUsage = Schema.Struct({
  /** `2026-03`, UTC. */
  month: Schema.String,
  accountId: Schema.NullOr(Schema.String),
  model: Schema.NullOr(Schema.String),
  requests: Schema.Number,
  failed: Schema.Number,
  promptTokens: Schema.Number,
  completionTokens: Schema.Number,
  cost: Schema.Number,
})
export type MonthUsage = typeof MonthUsage.Type

/** Requests, tokens and cost of each model in each month, the newest month first. */
export const usageByMonth$ = queryDb(
  {
    query: `select strftime('%Y-%m', queuedAt / 1000, 'unixepoch') as month, accountId, model, count(*) as requests,
              total(status = 'failed') as failed, total(promptTokens) as promptTokens,
              total(completionTokens) as completionTokens, total(cost) as cost
            from tasks where endedAt is not null
            group by month, accountId, model order by month desc, requests desc, model limit 500`,
    schema: Schema.Array(MonthUsage),
    queriedTables: new Set(['tasks']),
  },
  { label: 'tasks.usageByMonth' },
)

/** The newest `limit` tasks. */
export const taskLog$ = (limit: number) =>
  queryDb(tasks.orderBy('queuedAt', 'desc').limit(limit), { label: 'tasks.log', deps: [limit] })
