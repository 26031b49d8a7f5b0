import type { ProviderAccount } from '#schema/providers/queries.ts'
import { costOf, type QuotaExceeded } from '#schema/providers/quotas.ts'
import { admit, noteCall } from './accounts.ts'
import { callModel } from './call-model.ts'
import { ModelFailure } from './model-call.ts'
import { world } from './world.ts'

export interface Trial {
  readonly text: string
  /** Until the first piece came. */
  readonly ms: number
}

/** Asks one model to say something short. */
export const tryModel = async (
  { accountId, models }: ProviderAccount,
  model: string,
  signal: AbortSignal,
): Promise<Trial | ModelFailure | QuotaExceeded> => {
  const exceeded = admit(accountId, 20, new Date())
  if (exceeded !== undefined) return exceeded
  const begun = world.now()
  let firstAt: number | undefined
  const answer = await callModel({
    accountId,
    model,
    system: '',
    messages: [{ role: 'user', parts: [{ type: 'text', text: 'Say hello in three words.' }] }],
    settings: { temperature: 1, maxTokens: 100, topP: 1, frequencyPenalty: 0, presencePenalty: 0 },
    signal,
    onPiece: () => {
      firstAt ??= world.now()
    },
  })
  const now = new Date()
  if (answer instanceof ModelFailure) {
    noteCall(accountId, model, { failure: answer }, now)
    return answer
  }
  const ms = (firstAt ?? world.now()) - begun
  const { promptTokens = 0, completionTokens = 0 } = answer
  const listed = models.find(({ id }) => id === model)
  const cost = costOf(listed, promptTokens, completionTokens) ?? 0
  noteCall(accountId, model, { promptTokens, completionTokens, cost, firstPieceMs: ms }, now)
  const text = answer.parts.map((part) => ('text' in part && part.type === 'text' ? String(part.text) : '')).join('')
  return { text, ms }
}
