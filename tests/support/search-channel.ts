import type { Page } from '@playwright/test'

/** Asks the index of a device as another of its tabs would: the hits' personas and texts; nothing while there is none. */
export const findEverywhere = (page: Page, typed: string) =>
  page.evaluate(async (query) => {
    const channel = new BroadcastChannel('pjai.search')
    const from = crypto.randomUUID()
    const asked = { typed: query, now: new Date(), limit: 10, withCounts: false }
    const answer = new Promise<readonly Group[]>((resolve) => {
      channel.onmessage = ({ data }) => {
        if (data.to === from) resolve(data.answer?.groups ?? [])
      }
      setTimeout(() => resolve([]), 2000) // nobody has it yet
    })
    channel.postMessage({ says: 'ask', from, ask: { call: 'search', serial: 0, asked } })
    const groups = await answer
    channel.close()
    return groups.flatMap(({ hits }) =>
      hits.map(({ personaName, snippet }) => ({ personaName, text: snippet.map(({ text }) => text).join('') })),
    )
  }, typed)

interface Group {
  readonly hits: readonly { readonly personaName: string; readonly snippet: readonly { readonly text: string }[] }[]
}
