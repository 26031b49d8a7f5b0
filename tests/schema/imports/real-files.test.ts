import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { textOfParts } from '#schema/conversations/parts.ts'
import { openBranch$ } from '#schema/conversations/queries.ts'
import { importEvents } from '#schema/stores/import-events.ts'
import { summaryCounts$ } from '#schema/stores/summary.ts'
import { personaStoreWith } from '#tests/support/stores.ts'
import { planOf, stamp } from './sources.ts'

const shared = fileURLToPath(new URL('../../../../shared/', import.meta.url))
const read = (name: string) => new Uint8Array(readFileSync(join(shared, 'data', name)))

// Real files lie beside the repository on some machines; what they teach is in the other tests here as well.
describe.runIf(existsSync(join(shared, 'data')))('files from the wild', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pjai-imports-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test('[IM5] a small export with one broken entry: the entry is rejected, the others come', () => {
    const plan = planOf(read('chatgpt-export-small.json'), 'chatgpt-export-small.json')
    expect(plan.rejected).toMatchObject([{ where: 'chatgpt-export-small.json › conversation 2 “Corrupted entry”' }])
    expect(plan.personas[0]?.conversations.map(({ title }) => title)).toEqual([
      'Deploying the staging cluster',
      'Weeknight pasta',
    ])
    expect(plan.personas[0]?.messages).toHaveLength(6)
  })

  test('[IM12] a world book: four memories', () => {
    const plan = planOf(read('lorebook-eldoria.json'), 'lorebook-eldoria.json')
    expect(plan.rejected).toEqual([])
    expect(plan.personas[0]?.memories).toHaveLength(4)
  })

  test('[IM6] long dialogues: every turn is there, in its order and at its time', { timeout: 60_000 }, async () => {
    const data = join(shared, 'data/locomo-dev.json')
    execFileSync(process.execPath, [join(shared, 'tools/locomo-to-chatgpt.mjs'), data, folder], { stdio: 'ignore' })
    const files = readdirSync(folder).filter((name) => !name.endsWith('.questions.json'))
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      const bytes = new Uint8Array(readFileSync(join(folder, file)))
      const [persona] = planOf(bytes, file).personas
      const store = await personaStoreWith([...importEvents(persona!, 'i1', stamp)])
      const source = JSON.parse(new TextDecoder().decode(bytes)) as readonly Dialogue[]
      const turns = source.map(({ mapping }) => Object.values(mapping).flatMap(({ message }) => message ?? []))
      expect(store.query(summaryCounts$)).toMatchObject({ conversations: source.length, messages: turns.flat().length })
      for (const [index, said] of turns.entries()) {
        const branch = store.query(openBranch$(persona!.conversations[index]!.conversationId, 1000))
        expect(branch.map(({ role, sentAt, parts }) => [role, sentAt.getTime() / 1000, textOfParts(parts)])).toEqual(
          said.map(({ author, create_time, content }) => [author.role, create_time, content.parts[0]]),
        )
      }
      await store.shutdownPromise()
    }
  })
})

interface Dialogue {
  readonly mapping: Readonly<
    Record<
      string,
      {
        readonly message: {
          readonly author: { readonly role: string }
          readonly create_time: number
          readonly content: { readonly parts: readonly [string] }
        } | null
      }
    >
  >
}
