import { expect, test, vi } from 'vitest'
import { answerByBrowser } from '#web/services/models/browser-model.ts'
import type { ModelPiece } from '#web/services/models/model-call.ts'

type Api = NonNullable<Parameters<typeof answerByBrowser>[1]>

/** A browser with such a model. */
const browserWith = (says: readonly string[], problem?: DOMException) => {
  const destroy = vi.fn<() => void>()
  const left = [...says]
  const create = vi.fn<Api['create']>(async () => ({
    promptStreaming: () =>
      new ReadableStream({
        pull: (controller) => {
          const piece = left.shift()
          if (piece !== undefined) controller.enqueue(piece)
          else if (problem === undefined) controller.close()
          else controller.error(problem)
        },
      }),
    destroy,
  }))
  return { api: { availability: async () => 'available' as const, create }, create, destroy }
}

const ask = async (api: Api | undefined, signal = new AbortController().signal) => {
  const pieces: ModelPiece[] = []
  const text = (text: string) => [{ type: 'text', text }]
  const answer = await answerByBrowser(
    {
      model: 'browser',
      system: 'Be brief.',
      messages: [
        { role: 'user', parts: text('Tea?') },
        { role: 'assistant', parts: text('Green.') },
        { role: 'user', parts: text('How long?') },
      ],
      settings: { temperature: 1, maxTokens: 100, topP: 1, frequencyPenalty: 0, presencePenalty: 0 },
      signal,
      onPiece: (piece) => pieces.push(piece),
    },
    api,
  )
  return { answer, pieces }
}

test('[PV18] the browser’s model is told what was said, and answers piece by piece', async () => {
  const { api, create, destroy } = browserWith(['Three ', 'minutes.'])
  const { answer, pieces } = await ask(api)
  expect(answer).toEqual({ parts: [{ type: 'text', text: 'Three minutes.' }], finish: 'stop' })
  expect(pieces).toHaveLength(2)
  expect(create.mock.calls[0]?.[0].initialPrompts).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Tea?' },
    { role: 'assistant', content: 'Green.' },
  ])
  expect(destroy).toHaveBeenCalledOnce()
})

test('[PV18] a browser without a model, or whose model fails, says so; what came stays', async () => {
  expect((await ask(undefined)).answer).toMatchObject({ code: 'refused' })
  const { api } = browserWith([])
  expect((await ask({ ...api, availability: async () => 'unavailable' })).answer).toMatchObject({ code: 'refused' })
  const full = browserWith(['Three '], new DOMException('', 'QuotaExceededError'))
  expect(await ask(full.api)).toMatchObject({ answer: { code: 'tooLong' }, pieces: [{ text: 'Three ' }] })
  expect(full.destroy).toHaveBeenCalledOnce()
  const { api: broken } = browserWith([], new DOMException('', 'UnknownError'))
  expect((await ask(broken)).answer).toMatchObject({ code: 'server' })
  expect((await ask(broken, AbortSignal.abort())).answer).toMatchObject({ code: 'stopped' })
})
