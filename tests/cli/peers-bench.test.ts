import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { benchmarksPage, type Setting } from '#tests/bench/benchmarks-page.ts'
import { resultsToMeasured } from '#tests/bench/browser/peers.ts'
import { allInTurn } from '#tests/bench/in-turn.ts'
import type { PeerResults } from '#tests/bench/peers/measure-peers.ts'
import { peers } from '#tests/bench/peers/peers.ts'
import { expectedOf, firstOnTop, rowAt, rowsFrom, searchedWord } from '#tests/bench/peers/rows.ts'

const folder = new URL('../bench/peers/', import.meta.url)
const textOf = (file: string) => readFileSync(new URL(file, folder), 'utf8')

test('[BE4] every peer has a page of its own, which loads none of the others', () => {
  const pages = readdirSync(folder).filter((name) => name.endsWith('.html'))
  expect(pages.toSorted()).toEqual(['blank', ...peers.map(({ page }) => page)].map((page) => `${page}.html`).toSorted())
  const theirs = [
    '@electric-sql/pglite',
    '@fireproof/core',
    '@livestore/livestore',
    '@sqlite.org/sqlite-wasm',
    'dexie',
    'rxdb',
    'tinybase',
  ]
  for (const { page, packageName } of peers) {
    expect(textOf(`${page}.html`)).toContain(`src="./${page}.ts"`)
    const used = [...packagesOf(`${page}.ts`)].filter((name) => theirs.includes(name))
    expect(used, page).toEqual(packageName === undefined ? [] : [packageName])
  }
})

test('[BE5] what a peer must answer follows from the rows it was given', () => {
  const indexes = Array.from({ length: 3000 }, (_, index) => index)
  const rows = rowsFrom(0, 3000)
  expect(new Set(rows.map(({ importance }) => importance)).size).toBe(3000)
  expect(expectedOf(indexes)).toEqual({
    top: rows
      .toSorted((a, b) => b.importance - a.importance)
      .slice(0, 50)
      .map(({ memoryId }) => memoryId),
    found: rows.filter(({ content }) => content.includes(searchedWord)).length,
  })
  expect(expectedOf([...indexes, firstOnTop]).top[0]).toBe(rowAt(firstOnTop).memoryId)
})

test('[BE6] works are measured in turn: the first time warms up, who was slow is asked less often, who fails is left out', async () => {
  const asked: string[] = []
  const failures: unknown[] = []
  const works = new Map([
    ['a', workOf('a')],
    ['b', async (round: number) => (round === 1 ? Promise.reject(new Error('broken')) : workOf('b')(round))],
    ['c', workOf('c')],
  ])
  const onError = (key: string, error: unknown) => failures.push([key, String(error)])
  const samples = await allInTurn({ times: 2, allowance: Number.POSITIVE_INFINITY, works, onError })
  expect(asked).toEqual(['a0', 'b0', 'c0', 'a1', 'c1', 'a2', 'c2'])
  expect(samples).toEqual(
    new Map([
      ['a', [1, 2]],
      ['c', [1, 2]],
    ]),
  )
  expect(failures).toEqual([['b', 'Error: broken']])
  const once = await allInTurn({ times: 2, allowance: 0, works: new Map([['a', workOf('a')]]), onError })
  expect(once).toEqual(new Map([['a', [0]]]))

  function workOf(name: string) {
    return async (round: number) => {
      asked.push(`${name}${round}`)
      return round
    }
  }
})

test('[BE7] each peer stands beside PJai in a figure for each job and number of rows', () => {
  const figures = resultsToMeasured(results).map(({ figure }) => figure)
  expect(figures).toContainEqual({
    name: 'search a word, 10000 rows',
    value: 20,
    unit: 'ms',
    baseline: 'Dexie',
    baselineValue: 5,
    ratio: 4,
    n: 3,
  })
  expect(figures).toHaveLength(3)
})

test('[BE8] the page has date, machine, versions, how each peer is used, a table a job, and how it grows', () => {
  const page = benchmarksPage(results, setting)
  expect(page).toContain('2026-11-22, A processor with 16 GB, Linux 6, Node 20.20.2, Chromium 156')
  expect(page).toContain('- **Dexie, dexie 4.4.7**: IndexedDB with strict durability')
  expect(page).toContain('| Dexie | 5 ms | 0.25 | 1 |\n| **PJai** | 20 ms | 1 | 3 |\n| RxDB | 40 ms | 2 | 1 |')
  expect(page).toContain('| **PJai** | – | 20 | – |')
})

test('[BE9] the page says who is ahead of PJai, by how much and why, or that nobody is', () => {
  const page = benchmarksPage(results, setting)
  expect(page).toMatch(/Ahead of PJai: Dexie \(4 ×\)\. Why: PJai’s list scans the texts/)
  expect(page).toMatch(/### Top 50 by importance\n[^#]*Nobody is ahead of PJai\./)
})

test('[BE10] the page says what was left out and why, and that the machine was busy when it was', () => {
  const page = benchmarksPage(results, setting)
  expect(page).toContain('- Fireproof, filled with 100000 rows: it took more than 30 seconds to write them.')
  expect(page).not.toContain('busy')
  expect(benchmarksPage(results, { ...setting, load: [7, 9] })).toContain('The machine was busy')
})

test('[BE11] a page without the bench of the peers is refused', { timeout: 120_000 }, () => {
  const run = fileURLToPath(new URL('../bench/run.mjs', import.meta.url))
  const args = [run, '--only', '^shards$', '--page', 'never-written.md']
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toContain('The page is written of the bench called peers')
})

const results: PeerResults = {
  all: [
    { job: 'search', size: 10_000, peer: 'pjai', samples: [10, 20, 30] },
    { job: 'search', size: 10_000, peer: 'dexie', samples: [5] },
    { job: 'search', size: 10_000, peer: 'rxdb', samples: [40] },
    { job: 'top', size: 10_000, peer: 'pjai', samples: [1] },
    { job: 'top', size: 10_000, peer: 'dexie', samples: [2] },
  ],
  leftOut: [{ peer: 'fireproof', why: 'filled with 100000 rows: it took more than 30 seconds to write them' }],
}

const setting: Setting = {
  date: new Date('2026-11-22T10:00:00Z'),
  machine: 'A processor with 16 GB',
  system: 'Linux 6',
  node: '20.20.2',
  chromium: '156',
  load: [0.5, 2.5],
  cores: 2,
  versions: { dexie: '4.4.7' },
}

/** What a file of the folder imports from packages, by way of its neighbours too. */
function packagesOf(file: string): ReadonlySet<string> {
  const specifiers = [...textOf(file).matchAll(/^import (?!type).*?from '([^']+)'/gms)].map(([, specifier]) =>
    String(specifier).replace(/\?.*$/, ''),
  )
  return new Set(
    specifiers.flatMap((specifier) => {
      if (specifier.startsWith('./')) return [...packagesOf(specifier.slice(2))]
      return [/^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier]
    }),
  )
}
