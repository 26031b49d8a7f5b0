import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { atLeast, atMost, lineOf, measured } from '#tests/bench/figure.ts'

const bench = (...args: readonly string[]) =>
  spawnSync(process.execPath, [fileURLToPath(new URL('../bench/run.mjs', import.meta.url)), ...args], {
    encoding: 'utf8',
  })

test('[BE1] the numbers of the chosen benches are written as JSON', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'pjai-bench-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'figures.json')
  expect(bench('--only', '^shards$', '--json', file)).toMatchObject({ status: 0 })
  const figures: readonly Record<string, unknown>[] = JSON.parse(readFileSync(file, 'utf8'))
  expect(figures).toHaveLength(2)
  for (const figure of figures)
    expect(figure).toEqual({
      name: expect.stringMatching(/8 shards/),
      value: expect.any(Number),
      unit: expect.stringMatching(/^(ms|kB)$/),
      baseline: 'eight times one shard',
      baselineValue: expect.any(Number),
      ratio: expect.any(Number),
      n: expect.any(Number),
    })
})

test('[BE2] a pattern that matches no bench is refused with the names there are', { timeout: 120_000 }, () => {
  const { status, stderr } = bench('--only', 'swich')
  expect(status).toBe(1)
  expect(stderr).toContain('No bench is called swich: there are store, ')
})

test('[BE3] a line says whether the promise is kept, the value, the ratio and what it is a ratio of', () => {
  const samples = { name: 'x', unit: 'ms', ours: [30, 10, 20], baseline: 'plain', theirs: [5] }
  expect(lineOf(measured({ ...samples, budget: atMost(20) }))).toMatch(
    /^✓ x +20 ms \(at most 20\) +× 4 +of 5 ms: plain {2}n 3$/,
  )
  expect(lineOf(measured({ ...samples, budget: atMost(19) }))).toMatch(/^✗/)
  expect(lineOf(measured({ ...samples, budget: atLeast(20) }))).toMatch(/^✓/)
  expect(lineOf(measured(samples))).toMatch(/^·/)
  expect(measured({ ...samples, theirs: [0] }).figure.ratio).toBeNull()
  expect(measured({ ...samples, quantile: 0.95 }).figure.value).toBe(30)
})
