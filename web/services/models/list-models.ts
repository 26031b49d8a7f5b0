import { Either, Schema } from 'effect'
import type { ListedModel } from '#schema/providers/events.ts'
import type { Endpoint } from './endpoint.ts'
import { ModelFailure } from './model-call.ts'
import { fetchFrom } from './provider-fetch.ts'

export interface ModelList {
  readonly models: readonly ListedModel[]
  /** How long it took. */
  readonly ms: number
}

/** Asks a provider which models it has: the cheapest way to learn whether address, key and browser get along. */
export const modelsFrom = async (endpoint: Endpoint, signal?: AbortSignal): Promise<ModelList | ModelFailure> => {
  const { target, world } = endpoint
  const begun = world.now()
  try {
    const address = `${target.baseUrl}/models${target.kind === 'anthropic' ? '?limit=1000' : ''}`
    const response = await fetchFrom(endpoint)(address, signal === undefined ? {} : { signal })
    const list = decodeList(await response.text())
    if (Either.isLeft(list)) return notAList()
    return { models: list.right.data.map(listedFrom), ms: world.now() - begun }
  } catch (failure) {
    if (failure instanceof ModelFailure) return failure
    throw failure
  }
}

const Amount = Schema.Union(Schema.Number, Schema.NumberFromString)
const maybe = <A, I>(schema: Schema.Schema<A, I>) => Schema.optional(Schema.NullOr(schema))

/** What OpenAI, Anthropic, Ollama, LM Studio, vLLM, llama.cpp and OpenRouter say of a model. */
const Said = Schema.Struct({
  id: Schema.String,
  /** OpenRouter. */
  context_length: maybe(Schema.Number),
  pricing: maybe(Schema.Struct({ prompt: maybe(Amount), completion: maybe(Amount) })),
  /** vLLM. */
  max_model_len: maybe(Schema.Number),
  /** Anthropic. */
  max_input_tokens: maybe(Schema.Number),
  /** llama.cpp. */
  meta: maybe(Schema.Struct({ n_ctx: maybe(Schema.Number), n_ctx_train: maybe(Schema.Number) })),
})

const decodeList = Schema.decodeUnknownEither(Schema.parseJson(Schema.Struct({ data: Schema.Array(Said) })))

const listedFrom = (said: typeof Said.Type): ListedModel => {
  const { id, pricing, meta } = said
  const contextTokens =
    said.context_length ?? said.max_model_len ?? said.max_input_tokens ?? meta?.n_ctx ?? meta?.n_ctx_train
  return {
    id,
    ...(contextTokens == null ? {} : { contextTokens }),
    ...priced('promptPrice', pricing?.prompt),
    ...priced('completionPrice', pricing?.completion),
  }
}

/** OpenRouter's prices are for one token, and below zero where nobody knows before. */
const priced = (name: 'promptPrice' | 'completionPrice', price: number | null | undefined) =>
  price == null || !(price >= 0) ? {} : { [name]: Math.round(price * 1e12) / 1e6 }

const notAList = () =>
  new ModelFailure({
    code: 'malformed',
    detail:
      'What answers there lists no models. Most addresses end in /v1; where there is no list, name a model yourself.',
  })
