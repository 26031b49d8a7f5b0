import type { Page } from '@playwright/test'
import type { Fact } from './stores.ts'

/** Commits by LiveStore's own handle on what is open, waits until it is on the disk; returns when it began, in ms since 1970. */
export const commitIn = async (page: Page, storeId: string, facts: readonly Fact[]) => {
  await page.waitForFunction((id) => globalThis.__debugLiveStore?.[id] !== undefined, storeId)
  return page.evaluate(
    async ([id, facts]) => {
      const store = globalThis.__debugLiveStore?.[id]
      if (store === undefined) throw new Error(`${id} is not open.`)
      const startedAt = Date.now()
      // The handle knows no schema; the facts were made by one.
      store.commit(...(facts as readonly never[]))
      while (store.syncStatus().pendingCount > 0) await new Promise((resume) => setTimeout(resume, 5))
      return startedAt
    },
    [storeId, facts] as const,
  )
}
