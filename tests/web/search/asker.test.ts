import { expect, test } from 'vitest'
import { makeAsker, type Outcome, type Question } from '#web/features/search/asker.ts'
import type { SearchAnswer } from '#web/services/search/search.ts'

const answer: SearchAnswer = { groups: [], counts: new Map(), notes: [], wanted: [] }
const question = (typed: string): Question => ({ typed, limit: 12, order: 'best' })

/** Answers when it is told to, in the order it was asked. */
const slowly = () => {
  const asked: string[] = []
  const shown: (Outcome | undefined)[] = []
  const ends: ((end: 'answered' | Error) => void)[] = []
  const asker = makeAsker(
    ({ typed }) =>
      new Promise((resolve, reject) => {
        asked.push(typed)
        ends.push((end) => (end === 'answered' ? resolve(answer) : reject(end)))
      }),
    (outcome) => shown.push(outcome),
  )
  const end = async (end: 'answered' | Error = 'answered') => {
    ends.shift()?.(end)
    await new Promise((resume) => setImmediate(resume))
  }
  return { ...asker, asked, shown: () => shown.map((outcome) => outcome?.question.typed), outcomes: shown, end }
}

test('[SP3] one question is asked at a time, the latest next, and only its answer is shown', async () => {
  const { ask, asked, shown, end } = slowly()
  for (const typed of ['t', 'te', 'tea']) ask(question(typed))
  expect(asked).toEqual(['t'])
  await end()
  expect([asked, shown()]).toEqual([['t', 'tea'], []])
  await end()
  expect(shown()).toEqual(['tea'])
})

test('[SP3] asked again because the index changed, it keeps being answered while the index goes on changing', async () => {
  const { ask, asked, shown, end } = slowly()
  for (let change = 0; change < 5; change++) ask(question('tea'))
  await end()
  ask(question('tea'))
  await end()
  expect(shown()).toEqual(['tea', 'tea'])
  expect(asked).toEqual(['tea', 'tea', 'tea'])
})

test('[SP3] an answer to a field that was emptied is shown to nobody, and a failure is an outcome', async () => {
  const { ask, forget, outcomes, end } = slowly()
  ask(question('tea'))
  forget()
  await end()
  expect(outcomes).toEqual([undefined])
  ask(question('coffee'))
  await end(new Error('There is no index.'))
  expect(outcomes.slice(1)).toEqual([{ question: question('coffee'), reason: 'There is no index.' }])
})
