import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './sources.ts'

const ambient = {
  DOM: ['document', 'window', 'fetch', 'localStorage', 'setTimeout', 'crypto', 'console'],
  Workers: ['WebSocketPair', 'DurableObject', 'caches'],
  Node: ['process', 'Buffer', '__dirname'],
}

test('[AR15] the schema compiles without DOM, Workers or Node: none of their names exists in it', async () => {
  const names = Object.values(ambient).flat()
  const errors = await compileWithSchema([
    "import * as livestore from '@livestore/livestore'", // its types must not bring the DOM along
    'void livestore',
    'void Math.max(1, 2)',
    ...names.map((name) => `void ${name}`),
  ])
  expect(errors).toEqual(names.map((name) => expect.stringContaining(`Cannot find name '${name}'`)))
}, 180_000) // a whole compiler runs

// Under node_modules a probe finds the packages, and no other tool finds the probe.
const compileWithSchema = async (lines: readonly string[]): Promise<readonly string[]> => {
  const folder = join(root, 'node_modules/.cache/structure')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'probe.ts'), lines.join('\n'))
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'schema/tsconfig.json'),
      compilerOptions: { incremental: false, tsBuildInfoFile: null }, // TypeScript 7.0's cache overlooks a changed lib
      include: [join(root, 'schema/**/*.ts')],
      files: ['probe.ts'],
    }),
  )
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const output = await new Promise<string>((resolve) =>
    execFile(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], (_, stdout) => resolve(stdout)),
  )
  return output.split('\n').filter((line) => line.includes('probe.ts'))
}
