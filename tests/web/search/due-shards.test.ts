import { expect, test } from 'vitest'
import { dueShards } from '#web/services/search/due-shards.ts'

const shard = (personaId: string, head: number) => ({ storeId: `persona_${personaId}`, personaId, head })

test('[SF6] what was never brought, is unfinished or behind is due; what is searched no more goes', () => {
  const searched = [shard('whole', 7), shard('new', 0), shard('cut', 3), shard('behind', 9), shard('seen', 9)]
  const cursors = new Map([
    ['persona_whole', 8],
    ['persona_cut', -1],
    ['persona_behind', 8],
    ['persona_seen', 8],
    ['persona_gone', 4],
  ])
  const { due, gone } = dueShards(searched, cursors, ({ personaId }) => personaId === 'seen')
  expect(due.map(({ personaId }) => personaId)).toEqual(['new', 'cut', 'behind'])
  expect(gone).toEqual(['persona_gone'])
})
