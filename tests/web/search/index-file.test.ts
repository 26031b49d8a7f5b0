// @vitest-environment node
import { expect, test } from 'vitest'
import { search } from '#schema/stores/search-find.ts'
import { readQuery } from '#schema/stores/search-query.ts'
import { makeSearchWriter } from '#schema/stores/search-writer.ts'
import { openIndexFile } from '#web/services/search/index-file.ts'

test('[SF9] where no files are kept the index is in memory, and says so', async () => {
  const { db, isNew, problem } = await openIndexFile()
  expect(isNew).toBe(true)
  expect(problem).toMatch(/made anew each time/)
  const writer = makeSearchWriter(db)
  const storeId = 'persona_a'
  const pass = writer.begin({ storeId, personaId: 'a', personaName: 'Ada', isArchived: false })
  const tea = { id: 'm', text: 'tea', type: 'memory', kind: '', at: new Date(0), conversationId: '', role: '' } as const
  writer.put({ storeId, pass, documents: [{ ...tea, has: [], isArchived: false, mark: 1 }] })
  expect(search(db, readQuery('tea', { now: new Date(0) }))).toHaveLength(1)
})
