import { Schema, State } from '@livestore/livestore'
import { idFromNames } from '#schema/shared/ids-from-names.ts'
import { encoderOf } from '#schema/shared/quick-schema.ts'
import { key, number, rowsAsJson, time, timeOrNull, write } from '#schema/shared/tables.ts'
import { writer } from '#schema/shared/writer.ts'
import { Looked, ModelChoice, StepFact, taskEvents } from './events.ts'

const numberOrNull = () => State.SQLite.real({ nullable: true })
const textOrNull = () => State.SQLite.text({ nullable: true })

/** What lists need of a task. Its steps tell the rest. */
const tasks = State.SQLite.table({
  name: 'tasks',
  columns: {
    taskId: key(),
    personaId: State.SQLite.text(),
    conversationId: State.SQLite.text(),
    questionId: State.SQLite.text(),
    /** The id its answer has, once there is one. */
    messageId: State.SQLite.text(),
    purpose: State.SQLite.text(),
    wantedModel: State.SQLite.text(),
    status: State.SQLite.text({
      schema: Schema.Literal('queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled'),
    }),
    queuedAt: time(),
    queuedBy: State.SQLite.text(),
    claimedBy: textOrNull(),
    accountId: textOrNull(),
    model: textOrNull(),
    /** Why it waits or failed, and until when; for one that failed, from when on trying again is worth it. */
    code: textOrNull(),
    detail: textOrNull(),
    retryAt: timeOrNull(),
    promptTokens: numberOrNull(),
    completionTokens: numberOrNull(),
    cost: numberOrNull(),
    processingTime: numberOrNull(),
    looked: State.SQLite.json({ nullable: true, schema: Looked }),
    endedAt: timeOrNull(),
  },
  indexes: [
    { name: 'tasks_by_ended', columns: ['endedAt', 'queuedAt'] },
    { name: 'tasks_by_queued', columns: ['queuedAt', 'taskId'] },
    { name: 'tasks_by_message', columns: ['messageId'] },
    { name: 'tasks_by_question', columns: ['questionId', 'queuedAt'] },
    { name: 'tasks_by_conversation', columns: ['conversationId'] },
  ],
})

const taskSteps = State.SQLite.table({
  name: 'taskSteps',
  columns: {
    stepId: key(),
    taskId: State.SQLite.text(),
    /** In the order of the log. */
    place: number(),
    fact: State.SQLite.text(),
    at: time(),
    deviceId: State.SQLite.text(),
  },
  indexes: [{ name: 'taskSteps_by_task', columns: ['taskId', 'place'] }],
})

const modelPreferences = State.SQLite.table({
  name: 'modelPreferences',
  columns: {
    personaId: key(),
    order: State.SQLite.json({ schema: Schema.Array(ModelChoice) }),
    byIntent: State.SQLite.json({ schema: Schema.Record({ key: Schema.String, value: ModelChoice }) }),
  },
})

export type Task = typeof tasks.Type

export const taskTables = { tasks, taskSteps, modelPreferences }

/** One task, one answer: whoever answers it writes the same message. */
export const answerIdOf = (taskId: string): string => idFromNames('answer', taskId)

type Values = Readonly<Record<string, string | number | null>>

interface StepEvent {
  readonly taskId: string
  readonly deviceId: string
}

/** The kernel's `evolve`, in SQL: `tests/schema/tasks.test.ts` holds the two together. */
export const taskMaterializers = State.SQLite.materializers(taskEvents, {
  'v1.TaskQueued': (queued) =>
    queue({
      taskId: queued.taskId,
      personaId: queued.personaId,
      conversationId: queued.conversationId,
      questionId: queued.questionId,
      messageId: answerIdOf(queued.taskId),
      purpose: queued.purpose,
      wantedModel: queued.wantedModel,
      queuedAt: queued.queuedAt.getTime(),
      queuedBy: queued.deviceId,
    }),
  'v1.TaskClassified': ({ classifiedAt, intent, reason, ...event }) =>
    step(event, { kind: 'classified', intent, reason }, classifiedAt),
  'v1.TaskClaimed': ({ claimedAt, ...event }) => [...step(event, { kind: 'claimed' }, claimedAt), claim(event)],
  'v1.TaskRouted': ({ routedAt, hop, accountId, model, reason, candidates, ...event }) => [
    ...step(event, { kind: 'routed', hop, accountId, model, reason, candidates }, routedAt),
    route(event, { accountId, model }),
  ],
  'v1.TaskPrompted': ({ promptedAt, hop, systemHash, messageIds, given, shares, ...event }) =>
    step(event, { kind: 'prompted', hop, systemHash, messageIds, given, shares }, promptedAt),
  'v1.TaskStarted': ({ startedAt, hop, ...event }) => step(event, { kind: 'started', hop }, startedAt),
  'v1.TaskHopFailed': ({ failedAt, hop, code, detail, retryAt, againAt, ...event }) => [
    ...step(event, { kind: 'hopFailed', hop, code, detail, retryAt, againAt }, failedAt),
    wait(event, { code, detail, retryAt: retryAt?.getTime() ?? null }),
  ],
  'v1.TaskSucceeded': ({ succeededAt, messageId, processingTime, looked, ...counted }) => {
    const { promptTokens, completionTokens, cost, ...event } = counted
    const usage = { promptTokens, completionTokens, cost }
    return [
      ...step(event, { kind: 'succeeded', messageId, processingTime, ...usage, looked }, succeededAt),
      end(event, 'succeeded', anybodys, succeededAt, { ...usage, processingTime, looked }),
    ]
  },
  'v1.TaskFailed': ({ failedAt, code, detail, messageId, againAt, ...counted }) => {
    const { promptTokens, completionTokens, cost, ...event } = counted
    const usage = { promptTokens, completionTokens, cost }
    return [
      ...step(event, { kind: 'failed', code, detail, messageId, againAt, ...usage }, failedAt),
      end(event, 'failed', claimants, failedAt, { ...usage, code, detail, againAt }),
    ]
  },
  'v1.TaskCancelled': ({ cancelledAt, messageId, promptTokens, completionTokens, cost, ...event }) => [
    ...step(event, { kind: 'cancelled', messageId, promptTokens, completionTokens, cost }, cancelledAt),
    end(event, 'cancelled', anybodys, cancelledAt, { promptTokens, completionTokens, cost }),
  ],
  'v1.ModelsPreferred': ({ personaId, order, byIntent = {} }) =>
    modelPreferences.insert({ personaId, order, byIntent }).onConflict('personaId', 'replace'),
})

/** With all that was done for it: of conversations that are erased. */
export const removeTasksOf = (conversationIds: readonly string[]) => {
  const values = { ids: rowsAsJson(conversationIds) }
  const these = 'conversationId in (select value from json_each($ids))'
  return [
    write(`delete from taskSteps where taskId in (select taskId from tasks where ${these})`, values, 'taskSteps'),
    write(`delete from tasks where ${these}`, values, 'tasks'),
  ]
}

const factToJson = encoderOf(StepFact)

/**
 * Every step is kept, also one that came too late to count; a step is known by what it says, who said it and when. One of
 * a task that is not here has no `taskId`, and is ignored for that: a `select` would copy into a table of its own first.
 */
const step = ({ taskId, deviceId }: StepEvent, said: StepFact, at: Date) => {
  const fact = JSON.stringify(factToJson(said))
  const stepId = idFromNames('step', taskId, fact, deviceId, String(at.getTime()))
  return [noteStep({ stepId, taskId, fact, at: at.getTime(), deviceId })]
}

const noteStep = writer(
  `insert or ignore into taskSteps (stepId, taskId, place, fact, at, deviceId)
   values ($stepId, (select taskId from tasks where taskId = $taskId),
     (select count(*) from taskSteps where taskId = $taskId), $fact, $at, $deviceId)`,
  'taskSteps',
)

const queue = writer(
  `insert or ignore into tasks
     (taskId, personaId, conversationId, questionId, messageId, purpose, wantedModel, status, queuedAt, queuedBy)
   select $taskId, $personaId, $conversationId, $questionId, $messageId, $purpose, $wantedModel, 'queued', $queuedAt,
     $queuedBy
   where $conversationId not in (select id from erasedIds)`,
  'tasks',
)

const anybodys = 'endedAt is null'
const claimants = 'endedAt is null and claimedBy = $deviceId'

const change = (set: string, whose: string) => {
  const update = writer(`update tasks set ${set} where taskId = $taskId and ${whose}`, 'tasks')
  return ({ taskId, deviceId }: StepEvent, values: Values = {}) => update({ ...values, taskId, deviceId })
}

const claim = change(
  `status = case when claimedBy is $deviceId then status else 'queued' end, claimedBy = $deviceId`,
  anybodys,
)
const route = change(
  `status = 'running', accountId = $accountId, model = $model, code = null, detail = null, retryAt = null`,
  claimants,
)
const wait = change(`status = 'waiting', code = $code, detail = $detail, retryAt = $retryAt`, claimants)

interface Ending {
  readonly promptTokens?: number | undefined
  readonly completionTokens?: number | undefined
  readonly cost?: number | undefined
  readonly processingTime?: number
  readonly looked?: Looked | undefined
  readonly code?: string
  readonly detail?: string
  readonly againAt?: Date | undefined
}

const endFor = (whose: string) =>
  change(
    `status = $status, endedAt = $at, promptTokens = $promptTokens, completionTokens = $completionTokens, cost = $cost,
     processingTime = $processingTime, looked = $looked, code = $code, detail = $detail, retryAt = $againAt`,
    whose,
  )
const ends = { [anybodys]: endFor(anybodys), [claimants]: endFor(claimants) }

const end = (event: StepEvent, status: string, whose: keyof typeof ends, at: Date, ending: Ending) =>
  ends[whose](event, {
    status,
    at: at.getTime(),
    promptTokens: ending.promptTokens ?? null,
    completionTokens: ending.completionTokens ?? null,
    cost: ending.cost ?? null,
    processingTime: ending.processingTime ?? null,
    looked: ending.looked === undefined ? null : JSON.stringify(ending.looked),
    code: ending.code ?? null,
    detail: ending.detail ?? null,
    againAt: ending.againAt?.getTime() ?? null,
  })
