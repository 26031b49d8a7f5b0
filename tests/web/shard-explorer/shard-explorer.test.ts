import { expect, test, vi } from 'vitest'
import {
  narrowingOf,
  nextSort,
  rowidOf,
  sortOf,
  tableIn,
  whereOf,
  whichOf,
} from '#web/features/shard-explorer/explorer-address.ts'
import { shardsToExplore } from '#web/features/shard-explorer/stores-to-explore.ts'
import { forgetQuestions, noteQuestion, pastQuestions, placeInHistory } from '#web/services/shards/past-questions.ts'
import { standingOf } from '#web/services/shards/standing.ts'
import { QuestionStopped, QuestionTooSlow, withinTime } from '#web/services/shards/time-limit.ts'
import type { Shard } from '#web/services/shards/use-shards.ts'

const table = (name: string, rows: number) => ({ name, rows, columns: [], isOfEngine: false })

test('[SX9] the address says which database, table, sort, texts and row; nonsense in it says nothing', () => {
  const tables = [table('empty', 0), table('full', 3), table('other', 2)]
  expect(tableIn({ table: 'other' }, tables)?.name).toBe('other')
  expect(tableIn({ table: 'gone' }, tables)?.name).toBe('full')
  expect(tableIn({}, [])).toBeUndefined()
  expect([whichOf({ db: 'log' }), whichOf({ db: 'disk' }), whichOf({})]).toEqual(['log', 'state', 'state'])
  expect(narrowingOf({ sort: '-addedAt', where: 'content=a%26b&kind=fact&tag=' }, 'memories')).toEqual({
    table: 'memories',
    sort: { column: 'addedAt', isDown: true },
    filters: [
      ['content', 'a&b'],
      ['kind', 'fact'],
    ],
  })
  expect([sortOf(undefined), sortOf(''), sortOf('-')]).toEqual([undefined, undefined, undefined])
  expect([rowidOf({ row: '12' }), rowidOf({ row: 'x' }), rowidOf({})]).toEqual([12, undefined, undefined])
})

test('[SX9] a column is sorted up, down, and not at all; a text of a column takes the place of the one before', () => {
  expect(nextSort(undefined, 'a')).toBe('a')
  expect(nextSort(sortOf('a'), 'a')).toBe('-a')
  expect(nextSort(sortOf('-a'), 'a')).toBeUndefined()
  expect(nextSort(sortOf('-a'), 'b')).toBe('b')
  const where = whereOf([['a', 'x']], 'b', '1 & 2')
  expect(narrowingOf({ where: where ?? '' }, 't').filters).toEqual([
    ['a', 'x'],
    ['b', '1 & 2'],
  ])
  expect(whereOf([['a', 'x']], 'a', '')).toBeUndefined()
})

test('[SX10] what was asked is kept by store, the newest first, each once and a hundred at most, and can be forgotten', () => {
  localStorage.clear()
  for (let number = 0; number < 120; number++) noteQuestion(localStorage, 'persona_ada', `select ${number}`)
  noteQuestion(localStorage, 'persona_ada', 'select 100')
  noteQuestion(localStorage, 'persona_bo', 'select 1')
  const questions = pastQuestions(localStorage, 'persona_ada')
  expect(questions.slice(0, 3)).toEqual(['select 100', 'select 119', 'select 118'])
  expect(questions).toHaveLength(100)
  expect(pastQuestions(localStorage, 'persona_bo')).toEqual(['select 1'])
  // Erasing a persona drops what is named after its id.
  expect(Object.keys(localStorage)[0]?.split('.')).toContain('ada')
  expect(forgetQuestions(localStorage, 'persona_ada')).toEqual([])
  expect(pastQuestions(localStorage, 'persona_ada')).toEqual([])
  expect(pastQuestions({ getItem: () => '{"not":"a list"}' }, 'persona_ada')).toEqual([])
  expect(pastQuestions({ getItem: () => 'nor JSON' }, 'persona_ada')).toEqual([])
})

test('[SX10] a key goes back through what was asked, and another comes forward to what is being written', () => {
  const questions = ['newest', 'older']
  expect(placeInHistory(-1, 1, questions)).toBe(0)
  expect(placeInHistory(0, 1, questions)).toBe(1)
  expect(placeInHistory(1, 1, questions)).toBe(1)
  expect(placeInHistory(0, -1, questions)).toBe(-1)
  expect(placeInHistory(-1, 1, [])).toBe(-1)
})

test('[SX11] a question that does not come to an end is ended with its worker after ten seconds, or when it is stopped', async () => {
  vi.useFakeTimers()
  const end = vi.fn<() => void>()
  const never = new Promise<never>(() => undefined)
  const slow = withinTime(never, new AbortController().signal, end).catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await slow).toBeInstanceOf(QuestionTooSlow)
  expect(end).toHaveBeenCalledTimes(1)

  const stopper = new AbortController()
  const stopped = withinTime(never, stopper.signal, end).catch((error: unknown) => error)
  stopper.abort()
  expect(await stopped).toBeInstanceOf(QuestionStopped)
  expect(end).toHaveBeenCalledTimes(2)

  const quick = new AbortController()
  expect(await withinTime(Promise.resolve(1), quick.signal, end)).toBe(1)
  quick.abort()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(end).toHaveBeenCalledTimes(2)
  vi.useRealTimers()
})

const shard = (storeId: string, more: Partial<Shard> = {}): Shard => ({
  storeId,
  state: 'closed',
  events: 3,
  waiting: 0,
  connected: false,
  refusal: null,
  revision: 6,
  openedAt: new Date(0),
  ...more,
})

test('[SX1] every store can be looked into: the open ones first, then those that are here, then those that are only listed', () => {
  const shards = [shard('persona_bo'), shard('workspace_w', { state: 'open' }), shard('persona_ada', { state: 'open' })]
  const listed = ['ada', 'bo', 'cem'].map((personaId) => ({ personaId, name: personaId.toUpperCase() }))
  expect(shardsToExplore(shards, listed).map(({ name, group }) => `${name}: ${group}`)).toEqual([
    'Workspace: Open',
    'ADA: Open',
    'BO: On this device',
    'CEM: Not on this device yet',
  ])
})

test('[SX1] how it stands with a store is said in a word, the worst first', () => {
  const said = (more: Partial<Shard>) => standingOf(shard('persona_ada', more)).said
  expect(said({})).toBe('closed, synced')
  expect(said({ waiting: 2 })).toBe('closed, owes the server')
  expect(said({ state: 'open' })).toBe('offline')
  expect(said({ state: 'open', connected: true })).toBe('synced')
  expect(said({ state: 'open', connected: true, waiting: 2 })).toBe('syncing')
  expect(said({ state: 'failed' })).toBe('could not be opened')
  expect(said({ state: 'open', refusal: 'too large' })).toBe('refused: too large')
})
