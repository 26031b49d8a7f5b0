import type { ModelChoice, RoutedCandidate } from './events.ts'
import type { Hop } from './kernel.ts'

/** What stands for the account and the model of an answer that nobody's model gave. */
export const builtInModel = 'built-in'
export const builtIn: ModelChoice = { accountId: builtInModel, model: builtInModel }

/** A model of an account, with all that decides whether it is asked. */
export interface Candidate {
  readonly accountId: string
  readonly model: string
  readonly hasKey: boolean
  readonly isLocal: boolean
  readonly health: 'unknown' | 'healthy' | 'degraded' | 'down'
  readonly contextTokens?: number | undefined
  /** US dollars per million tokens. */
  readonly promptPrice?: number | undefined
  readonly completionPrice?: number | undefined
  /** What its account is called. */
  readonly provider?: string
  /** Why what is said may not go there: forbidden, or not agreed to yet. */
  readonly barred?: { readonly code: 'forbidden' | 'consent'; readonly detail: string } | undefined
}

export interface Wish {
  /** As in a conversation's settings: `''`, `built-in`, `<accountId>/<model>`, or a name that an import brought. */
  readonly wantedModel: string
  readonly intent: string | null
  readonly order: readonly ModelChoice[]
  readonly byIntent: Readonly<Record<string, ModelChoice>>
  /** What the question alone takes: a model whose context is smaller cannot read it. */
  readonly tokens: number
  readonly isOnline: boolean
  /** Whether the built-in rules can do it where no model can. */
  readonly endsBuiltIn?: boolean
}

export type Route =
  | (ModelChoice & {
      readonly reason: string
      readonly candidates: readonly RoutedCandidate[]
      readonly candidate: Candidate | null
    })
  | { readonly failure: { readonly code: string; readonly detail: string; readonly againAt?: Date } }

/**
 * Which model is asked next.
 *
 *   wanted by the conversation ─► for the intent ─► the persona's order ─► (no order: each account's first model)
 *        each: can it be asked at all? was it asked, and how did it fail? ─► the first that is left
 *
 * The order is the person's; health and cost only sort where nobody has chosen one. The built-in responder stands last
 * when the order says so, and alone where there is no account.
 */
export const route = (candidates: readonly Candidate[], wish: Wish, hops: readonly Hop[]): Route => {
  const looked = choicesFor(candidates, wish).map((choice) => judged(choice, candidates, wish, hops))
  const chosen = looked.find(({ unfit }) => unfit === undefined)
  if (chosen === undefined) return { failure: whyNone(looked, hops) }
  return {
    ...chosen.choice,
    candidate: chosen.candidate,
    reason: [chosen.choice.why, ...againAfter(chosen.choice, hops)].join(' '),
    candidates: looked.map(({ choice: { accountId, model, why }, unfit }) => ({
      accountId,
      model,
      verdict:
        unfit !== undefined
          ? 'unfit'
          : accountId === chosen.choice.accountId && model === chosen.choice.model
            ? 'chosen'
            : 'usable',
      reason: unfit ?? why,
    })),
  }
}

type Choice = ModelChoice & { readonly why: string }

const choicesFor = (
  candidates: readonly Candidate[],
  { wantedModel, intent, order, byIntent, endsBuiltIn = false }: Wish,
): readonly Choice[] => {
  if (wantedModel === builtInModel) return [{ ...builtIn, why: 'Chosen for this conversation.' }]
  const wanted = wantedAmong(candidates, wantedModel)
  const forIntent = intent === null ? undefined : byIntent[intent]
  const chosen = [
    ...(wanted === undefined ? [] : [{ ...wanted, why: 'Chosen for this conversation.' }]),
    ...(forIntent === undefined ? [] : [{ ...forIntent, why: `The persona’s choice for ${intent}.` }]),
    ...order.map((choice, place) => ({ ...choice, why: `Number ${place + 1} in the persona’s order.` })),
  ]
  if (order.length === 0) chosen.push(...unordered(candidates))
  if (candidates.length === 0) chosen.push({ ...builtIn, why: 'There is no account with a model.' })
  if (endsBuiltIn) chosen.push({ ...builtIn, why: 'The built-in rules, after all models.' })
  return chosen.filter(
    ({ accountId, model }, place) =>
      chosen.findIndex((other) => other.accountId === accountId && other.model === model) === place,
  )
}

/** A name without an account, as imports bring it, is of the first account that lists it. */
const wantedAmong = (candidates: readonly Candidate[], wanted: string): ModelChoice | undefined => {
  if (wanted === '') return undefined
  const found = candidates.find(({ accountId, model }) => wanted === `${accountId}/${model}`)
  if (found !== undefined) return choiceOf(found)
  const [, accountId, model] = /^([a-z0-9]{1,40})\/(.+)$/s.exec(wanted) ?? []
  // Typed by hand: a provider may know more models than it lists.
  if (accountId !== undefined && model !== undefined && candidates.some((it) => it.accountId === accountId))
    return { accountId, model }
  const named = candidates.find(({ model }) => model === wanted)
  return named === undefined ? undefined : choiceOf(named)
}

/** Where nobody chose: of each account the model it lists first; the healthy before the unwell, then the cheap ones. */
const unordered = (candidates: readonly Candidate[]): readonly Choice[] => {
  const firsts = candidates.filter(
    ({ accountId }, place) => candidates.findIndex((other) => other.accountId === accountId) === place,
  )
  return firsts
    .toSorted((a, b) => healths.indexOf(a.health) - healths.indexOf(b.health) || priceOf(a) - priceOf(b))
    .map((candidate) => ({ ...choiceOf(candidate), why: 'Nobody has chosen an order: well and cheap goes first.' }))
}

const healths: readonly Candidate['health'][] = ['healthy', 'unknown', 'degraded', 'down']

const priceOf = ({ promptPrice = 0, completionPrice = 0 }: Candidate): number => promptPrice + completionPrice

const choiceOf = ({ accountId, model }: Candidate): ModelChoice => ({ accountId, model })

interface Judged {
  readonly choice: Choice
  readonly candidate: Candidate | null
  /** Why it cannot be asked. */
  readonly unfit: string | undefined
}

const judged = (choice: Choice, candidates: readonly Candidate[], wish: Wish, hops: readonly Hop[]): Judged => {
  if (choice.accountId === builtInModel) {
    const failed = hops.some(({ accountId, failure }) => accountId === builtInModel && failure !== null)
    return { choice, candidate: null, unfit: failed ? 'It failed already.' : undefined }
  }
  const candidate =
    candidates.find(({ accountId, model }) => accountId === choice.accountId && model === choice.model) ??
    candidates.find(({ accountId }) => accountId === choice.accountId) ??
    null
  return { choice, candidate, unfit: unfitness(choice, candidate, wish, hops) }
}

const unfitness = (
  choice: Choice,
  candidate: Candidate | null,
  wish: Wish,
  hops: readonly Hop[],
): string | undefined => {
  if (candidate === null) return 'Its account is not here any more.'
  if (!candidate.hasKey) return 'No key of this account on this device.'
  if (candidate.barred !== undefined) return candidate.barred.detail
  if ((candidate.contextTokens ?? Number.POSITIVE_INFINITY) < wish.tokens)
    return `It reads ${candidate.contextTokens} tokens at once; the question alone takes about ${wish.tokens}.`
  const own = hops.filter(({ accountId, model }) => accountId === choice.accountId && model === choice.model)
  const last = own.findLast(({ failure }) => failure !== null)?.failure
  if (last == null) return undefined
  return mayTryAgain(last, own.length) ? undefined : `It failed: ${last.detail}`
}

/** What may be different a moment later. Offline is no fault of the model. */
const passing = new Set(['rateLimited', 'overloaded', 'server', 'timeout', 'interrupted'])

const attemptsAtMost = 3

/** A pause longer than this is left to the next model in the order. Milliseconds. */
export const patience = 30_000

const mayTryAgain = ({ code, retryAt }: NonNullable<Hop['failure']>, attempts: number): boolean =>
  code === 'offline' || (passing.has(code) && attempts < attemptsAtMost && retryAt !== null)

const againAfter = ({ accountId, model }: ModelChoice, hops: readonly Hop[]): readonly string[] => {
  const last = hops.at(-1)
  if (last?.failure == null) return []
  if (last.accountId === accountId && last.model === model) return [`Again, after: ${last.failure.detail}`]
  return [`${last.model} failed: ${last.failure.detail}`]
}

const whyNone = (looked: readonly Judged[], hops: readonly Hop[]) => {
  const last = hops.findLast(({ failure }) => failure !== null)?.failure
  if (last != null) {
    const againAt = soonest(hops)
    return { code: last.code, detail: last.detail, ...(againAt === undefined ? {} : { againAt }) }
  }
  // Only where the agreement is all that is missing: what has no key is not asked either way.
  const unagreed = looked.find(
    ({ candidate, unfit }) => candidate?.barred?.code === 'consent' && unfit === candidate.barred.detail,
  )?.candidate?.barred
  if (unagreed !== undefined) return unagreed
  const [first] = looked
  return {
    code: 'noModel',
    detail:
      first === undefined ? 'No model stands in the persona’s order.' : `No model can be asked: ${first.unfit ?? ''}`,
  }
}

/** When the first of them takes more. A limit of an account says when it ends. */
const soonest = (hops: readonly Hop[]): Date | undefined =>
  hops
    .flatMap(({ failure }) => failure?.againAt ?? (failure?.code === 'quota' ? (failure.retryAt ?? []) : []))
    .toSorted((a, b) => a.getTime() - b.getTime())[0]

/**
 * When the same model may be asked again after a failure, or undefined when it is not worth it. `draw` is random, 0–1: a
 * crowd that failed together does not come back together.
 */
export const retryAfter = (
  code: string,
  attempts: number,
  asked: number | undefined,
  draw: number,
): number | undefined => {
  if (!passing.has(code) || attempts >= attemptsAtMost) return undefined
  const pause = asked ?? 1000 * 2 ** (attempts - 1) * (0.5 + draw)
  return pause <= patience ? pause : undefined
}
