import { beforeEach, expect, test } from 'vitest'
import { draftToParts, emptyDraft, makeDrafts } from '#web/features/conversations/drafts.ts'

const draft = (text: string, writtenAt = 1) => ({ text, codes: [], files: [], writtenAt })

beforeEach(() => localStorage.clear())

test('[CH10] a draft survives a reload: the next page takes over what a page that is gone was writing', () => {
  makeDrafts(localStorage, 'page1').keep('p1.c1', draft('half a thought'))
  const after = makeDrafts(localStorage, 'page2')
  expect(after.own('p1.c1')).toEqual(emptyDraft)
  expect(after.adopt('p1.c1', new Set(['page2']))?.text).toBe('half a thought')
  expect(after.own('p1.c1').text).toBe('half a thought')
})

test('[CH11] two tabs write drafts of their own, and neither takes the other’s', () => {
  const [one, two] = [makeDrafts(localStorage, 'page1'), makeDrafts(localStorage, 'page2')]
  one.keep('p1.c1', draft('one'))
  two.keep('p1.c1', draft('two'))
  expect([one.own('p1.c1').text, two.own('p1.c1').text]).toEqual(['one', 'two'])
  two.keep('p1.c1', emptyDraft)
  expect(two.adopt('p1.c1', new Set(['page1', 'page2']))).toBeUndefined()
  expect(one.own('p1.c1').text).toBe('one')
})

test('[CH12] of several drafts left behind the newest is taken first, and none is lost', () => {
  makeDrafts(localStorage, 'old').keep('p1.c1', draft('older', 1))
  makeDrafts(localStorage, 'new').keep('p1.c1', draft('newer', 2))
  const page = makeDrafts(localStorage, 'page')
  expect(page.adopt('p1.c1', new Set(['page']))?.text).toBe('newer')
  expect(page.adopt('p1.c1', new Set(['page']))).toBeUndefined()
  page.keep('p1.c1', emptyDraft)
  expect(page.adopt('p1.c1', new Set(['page']))?.text).toBe('older')
})

test('[CH12] the draft of one conversation is not offered in another', () => {
  makeDrafts(localStorage, 'gone').keep('p1.c1', draft('mine'))
  expect(makeDrafts(localStorage, 'page').adopt('p1.c2', new Set())).toBeUndefined()
})

test('[CH12] what is not a draft is left alone', () => {
  localStorage.setItem('pjai.draft.p1.c1.gone', '{"text":1')
  expect(makeDrafts(localStorage, 'page').adopt('p1.c1', new Set())).toBeUndefined()
})

test('[CH13] a draft becomes a text and its pieces of code; what is blank is left out', () => {
  const codes = [
    { id: 'a', language: 'ts', code: 'let a' },
    { id: 'b', language: '', code: ' ' },
  ]
  expect(draftToParts({ text: ' hi ', codes, files: [], writtenAt: 1 })).toEqual([
    { type: 'text', text: 'hi' },
    { type: 'code', language: 'ts', code: 'let a' },
  ])
})
