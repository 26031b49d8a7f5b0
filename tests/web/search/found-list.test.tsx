import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SearchHit } from '#schema/stores/search-find.ts'
import { readQuery } from '#schema/stores/search-query.ts'
import { snippetOf } from '#schema/stores/search-snippet.ts'
import { HitLine } from '#web/features/search/hit-face.tsx'
import { hitGroups, otherGroups } from '#web/features/search/hit-groups.tsx'
import { Notes } from '#web/features/search/notes.tsx'
import { forgetQueries, recentQueries, rememberQuery } from '#web/features/search/recent-queries.ts'
import { SearchField } from '#web/features/search/search-field.tsx'
import type { SearchAnswer } from '#web/services/search/search.ts'
import { ChoiceList } from '#web/ui/choice-list.tsx'
import { type Choice, type ChoiceGroup, useChoices } from '#web/ui/use-choices.ts'

const now = new Date('2026-03-15T10:00:00Z')
const { wanted, notes } = readQuery('tea before:never', { now })

const hit = (storeId: string, id: string, text: string): SearchHit => ({
  storeId,
  personaId: storeId.slice(8),
  personaName: storeId.slice(8),
  id,
  type: 'message',
  kind: '',
  at: now,
  conversationId: 'c1',
  title: 'Harbour walks',
  role: 'user',
  snippet: snippetOf(text, wanted),
})
const group = (storeId: string, texts: readonly string[]) => ({
  storeId,
  personaName: storeId.slice(8),
  hits: texts.map((text, n) => hit(storeId, `m${n}`, text)),
})
const answer: SearchAnswer = {
  groups: [group('persona_ada', ['Green tea', 'Black tea']), group('persona_boris', ['No תה but tea'])],
  counts: new Map([
    ['persona_ada', 128],
    ['persona_boris', 1],
    ['persona_cem', 3],
  ]),
  notes,
  wanted,
}
const face = (name: string) => ({ name, hue: 200, avatar: null })
const faces = new Map([
  ['persona_ada', face('Ada')],
  ['persona_boris', face('Boris')],
  ['persona_cem', face('Cem')],
])

const List = ({ groups, onEnter }: { readonly groups: readonly ChoiceGroup[]; readonly onEnter: () => void }) => {
  const onRun = (choice: Choice) => choice.run()
  const { listId, selectedId, fieldProps } = useChoices({ groups, choosesFirst: true, onRun, onEnter })
  return (
    <MantineProvider env="test">
      <input {...fieldProps} />
      <ChoiceList listId={listId} label="Found" groups={groups} selectedId={selectedId} onRun={onRun} />
    </MantineProvider>
  )
}

const opened = vi.fn<(place: string) => void>()
const onlyOne = vi.fn<(name: string) => void>()
const entered = vi.fn<() => void>()
beforeEach(() => {
  vi.clearAllMocks()
  const more = (name: string, count: number) => ({ says: `All ${count} of ${name}`, run: () => onlyOne(name) })
  const options = { faces, hitsInGroup: 5, face: (hit: SearchHit) => <HitLine {...hit} />, onOpen: opened, more }
  const groups = [...hitGroups(answer, options), ...otherGroups(answer, { faces, onOnly: onlyOne })]
  render(<List groups={groups} onEnter={entered} />)
})
afterEach(cleanup)

const press = (key: string, options = {}) => fireEvent.keyDown(screen.getByRole('combobox'), { key, ...options })
const chosen = () => screen.getAllByRole('option').findIndex((it) => it.getAttribute('aria-selected') === 'true')

test('[SP2] hits stand by persona, with counts and marks', () => {
  expect(screen.getAllByRole('group').map((it) => it.getAttribute('aria-label'))).toEqual([
    'Ada: 128 found',
    'Boris: 1 found',
    'Other personas',
  ])
  expect([...document.querySelectorAll('mark')].map((it) => it.textContent)).toEqual(['tea', 'tea', 'tea'])
  expect(screen.getByText('3 of Cem')).toBeTruthy()
})

test('[SP4] the arrow keys go through all of it, round and round; Enter opens, with Ctrl it opens the room', () => {
  expect(chosen()).toBe(0)
  press('ArrowDown')
  press('Enter')
  expect(opened).toHaveBeenLastCalledWith('/p/ada/chats/c1?message=m1&branch=open')
  for (let step = 0; step < 2; step++) press('ArrowDown')
  press('Enter')
  expect(opened).toHaveBeenLastCalledWith('/p/boris/chats/c1?message=m0&branch=open')
  press('ArrowDown')
  press('ArrowDown')
  expect(chosen()).toBe(0)
  press('ArrowUp')
  expect(screen.getByRole('combobox').getAttribute('aria-activedescendant')).toContain('persona_cem')
  press('Enter', { ctrlKey: true })
  expect(entered).toHaveBeenCalledOnce()
  press('Enter', { isComposing: true })
  expect(onlyOne).not.toHaveBeenCalled()
})

test('[SP13] one choice shows one persona’s alone', () => {
  fireEvent.click(screen.getByText('All 128 of Ada'))
  expect(onlyOne).toHaveBeenCalledWith('Ada')
})

test('[SP15] what was left aside is said with its reason', () => {
  cleanup()
  render(<Notes notes={[...notes, ...Array.from({ length: 9 }, (_, n) => ({ ignored: `x${n}`, reason: 'Why.' }))]} />)
  expect(screen.getAllByRole('listitem').map((it) => it.textContent)).toEqual([
    'before:never “before:” wants a day, a month or a year, such as before:2026-03-01.',
    'x0 Why.',
    'x1 Why.',
    'x2 Why.',
    'And 6 more.',
  ])
})

test('[SP16] an operator is put behind what stands in the field', () => {
  cleanup()
  const put = vi.fn<(text: string) => void>()
  const Field = () => {
    const { fieldProps } = useChoices({
      groups: [],
      choosesFirst: false,
      onRun: () => undefined,
      onEnter: () => undefined,
    })
    return <SearchField text="green tea " onType={() => undefined} onPut={put} comboProps={fieldProps} />
  }
  render(<Field />, { wrapper: ({ children }) => <MantineProvider env="test">{children}</MantineProvider> })
  fireEvent.click(screen.getByRole('button', { name: 'kind:' }))
  expect(put).toHaveBeenCalledWith('green tea kind:')
})

test('[SP12] what was looked for is offered again, the latest first, until it is cleared', () => {
  for (const typed of ['tea', 'coffee', '', 'tea', ...Array.from({ length: 9 }, (_, n) => `query ${n}`), 'tea'])
    rememberQuery(typed)
  expect(recentQueries()).toEqual(['tea', ...[8, 7, 6, 5, 4, 3, 2].map((n) => `query ${n}`)])
  forgetQueries()
  expect(recentQueries()).toEqual([])
  expect(Object.keys(localStorage).filter((key) => key.includes('recentQueries'))).toEqual([])
})
