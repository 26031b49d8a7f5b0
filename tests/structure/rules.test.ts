import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { filesUnder, root } from './sources.ts'

// A rule is a line `- [PE4] sentence`; a title quotes one or more: `[PE4] …`, `[PE4] [PE5] …`.
const ruled = [...readFileSync(`${root}docs/rules.md`, 'utf8').matchAll(/^- \[([A-Z]{2,3}\d+)\] /gm)].map(
  ([, rule = '']) => rule,
)

const quoted = filesUnder('tests')
  .filter((path) => /\.(test|spec)\.tsx?$/.test(path))
  .flatMap((path) => [...readFileSync(root + path, 'utf8').matchAll(/\(\s*['"`]((?:\[[A-Z]{2,3}\d+\] ?)+)/g)])
  .flatMap(([, rules = '']) => rules.match(/[A-Z]+\d+/g) ?? [])

test('[AR16] every rule of docs/rules.md is quoted by the title of a test', () => {
  expect(ruled.filter((rule) => !quoted.includes(rule))).toEqual([])
})

test('[AR17] every rule quoted by a test stands in docs/rules.md, once', () => {
  expect([...new Set(quoted.filter((rule) => !ruled.includes(rule)))]).toEqual([])
  expect(ruled.filter((rule, index) => ruled.indexOf(rule) !== index)).toEqual([])
})
