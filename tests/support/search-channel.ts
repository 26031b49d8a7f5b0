import type { Page } from '@playwright/test'

/** Asks the index of a device as another of its tabs would: the texts of its hits; none while nobody has it. */
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
    return groups.flatMap(({ hits }) => hits.map(({ snippet }) => snippet.map(({ text }) => text).join(''))).toSorted()
  }, typed)

interface Group {
  readonly hits: readonly { readonly snippet: readonly { readonly text: string }[] }[]
}
