import type { Page } from '@playwright/test'
import { memoryEvents } from '#schema/memories/events.ts'
import { createPersona } from '#schema/personas/commands.ts'
import { personaTemplates } from '#schema/personas/templates.ts'
import { listPersona } from '#schema/workspace/commands.ts'
import { batchesOf, memoriesOf } from '#tests/bench/data.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { factsOf } from '#tests/support/stores.ts'

export const stampOf = (personaId: string) => ({ at: new Date(), actorId: 'bench', deviceId: personaId })

/** A persona that is called by its id and holds so many memories, in the workspace of this page, here and at the server. */
export const addPersona = async (page: Page, appUrl: string, personaId: string, count: number) => {
  const [template] = personaTemplates
  if (template === undefined) throw new Error('There is no template of a persona.')
  const draft = { ...template, name: nameOf(personaId) }
  const workspaceId = await openWorkspaceIn(page)
  await commitIn(page, workspaceId, listPersona({ ...draft, personaId }, 'c1', stampOf(personaId)))
  await page.goto(`${appUrl}/p/${personaId}`)
  const storeId = `persona_${personaId}`
  await commitIn(page, storeId, factsOf(createPersona(personaId, draft, stampOf(personaId))))
  const facts = batchesOf(memoriesOf(nameOf(personaId), count), 500).map((memories) =>
    memoryEvents.memoriesImported({
      personaId,
      importId: 'bench',
      memories,
      importedAt: new Date(),
      actorId: 'bench',
      deviceId: 'bench',
    }),
  )
  for (const some of batchesOf(facts, 4)) await commitIn(page, storeId, some)
  await untilSynced(page, storeId)
}

export const nameOf = (personaId: string) => `${personaId.slice(0, 1).toUpperCase()}${personaId.slice(1)}`

const untilSynced = (page: Page, storeId: string) =>
  page.evaluate(async (id) => {
    const waiting = async () => (await globalThis.__debugLiveStore?.[id]?._dev.syncStates())?.leader.pending.length
    // Each answer carries all that waits.
    while ((await waiting()) !== 0) await new Promise((resume) => setTimeout(resume, 1000))
  }, storeId)

/** The store id of the workspace that a page shows. */
export const openWorkspaceIn = async (page: Page): Promise<string> => {
  const found = await page.waitForFunction(() =>
    Object.keys(globalThis.__debugLiveStore ?? {}).find((id) => id.startsWith('workspace_')),
  )
  return String(await found.jsonValue())
}

/** Waits until the Memory Explorer shows memories of this persona. */
export const untilListed = (page: Page, personaId: string) =>
  page
    .locator('[role="listbox"] [role="option"]', { hasText: nameOf(personaId) })
    .first()
    .waitFor({ timeout: 60_000 })
