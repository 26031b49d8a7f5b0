import { describe, expect, test } from 'vitest'
import { cyclesIn } from './cycles.ts'
import { filesUnder, layers, readSources, type Source, sourceFrom } from './sources.ts'

const sources = readSources()

test('[AR1] schema/shared imports nothing of ours', () => {
  expect(arrows('schema/shared/', (to) => !to.startsWith('schema/shared/'))).toEqual([])
})

test('[AR2] a slice of the schema imports schema/shared and itself; only schema/stores sees all slices', () => {
  const legal = (slice: string, to: string) => to.startsWith('schema/shared/') || to.startsWith(`schema/${slice}/`)
  expect(
    folders('schema')
      .filter((slice) => slice !== 'stores')
      .flatMap((slice) => arrows(`schema/${slice}/`, (to) => !legal(slice, to))),
  ).toEqual([])
})

test('[AR3] the schema imports nothing of ours but the schema', () => {
  expect(arrows('schema/', (to) => !to.startsWith('schema/'))).toEqual([])
})

test('[AR4] web and sync-worker never import each other, and of ours only the schema and the proof', () => {
  expect(arrows('web/', (to) => !/^(web|bundle|sealing|proof|schema)\//.test(to))).toEqual([])
  expect(arrows('sync-worker/', (to) => !/^(sync-worker|proof|schema)\//.test(to))).toEqual([])
})

test('[AR5] cli imports of ours only the schema, the sealing, the proof and the bundle', () => {
  expect(arrows('cli/', (to) => !/^(cli|bundle|sealing|proof|schema)\//.test(to))).toEqual([])
})

test('[BU1] the bundle imports of ours only the schema, the proof and the sealing, and sync-worker never imports it', () => {
  expect(arrows('bundle/', (to) => !/^(bundle|sealing|proof|schema)\//.test(to))).toEqual([])
  expect(arrows('sync-worker/', (to) => to.startsWith('bundle/'))).toEqual([])
})

test('[AR19] the sealing imports of ours only the schema and the proof, and sync-worker never imports it', () => {
  expect(arrows('sealing/', (to) => !/^(sealing|proof|schema)\//.test(to))).toEqual([])
  expect(arrows('sync-worker/', (to) => to.startsWith('sealing/'))).toEqual([])
})

test('[PF1] the proof imports nothing of ours but the proof', () => {
  expect(arrows('proof/', (to) => !to.startsWith('proof/'))).toEqual([])
})

test('[AR6] a feature imports no other feature and no route', () => {
  expect(
    folders('web/features').flatMap((feature) =>
      arrows(
        `web/features/${feature}/`,
        (to) =>
          to.startsWith('web/routes/') ||
          (to.startsWith('web/features/') && !to.startsWith(`web/features/${feature}/`)),
      ),
    ),
  ).toEqual([])
})

test('[AR7] the engine wrapper and the services of web import no feature and no route', () => {
  for (const folder of ['web/livestore/', 'web/services/'])
    expect(arrows(folder, (to) => /^web\/(features|routes)\//.test(to))).toEqual([])
})

test('[AR8] web/ui imports of ours only itself and schema/shared', () => {
  expect(arrows('web/ui/', (to) => !/^(web\/ui|schema\/shared)\//.test(to))).toEqual([])
})

test('[AR9] nothing imports tests but tests and their configurations', () => {
  const allowed = /^tests\/|^(vitest|playwright)\.config\.ts$/
  expect(
    sources
      .filter(({ path }) => !allowed.test(path))
      .flatMap((source) => from(source, (to) => to.startsWith('tests/'))),
  ).toEqual([])
})

test('[AR10] no file imports itself by way of others', () => {
  expect(cyclesIn(sources)).toEqual([])
  expect(cyclesIn([of('web/a.ts', "import './b.ts'"), of('web/b.ts', "import '#web/a.ts'")])).toEqual([
    'web/a.ts → web/b.ts → web/a.ts',
  ])
})

test('[AR11] no file only re-exports others', () => {
  expect(sources.filter(({ onlyReExports }) => onlyReExports).map(({ path }) => path)).toEqual([])
  expect(of('web/index.ts', "export * from './a.ts'").onlyReExports).toBe(true)
})

test('[AR12] no folder is named after nothing: utils, common, misc, helpers, lib', () => {
  const vague = /(^|\/)(utils?|common|misc|helpers?|libs?)\//
  expect(layers.flatMap(filesUnder).filter((path) => vague.test(path))).toEqual([])
})

test('[AR13] our files are imported by their #name or from the same folder, with the extension', () => {
  const legal =
    /^(#(schema|proof|sealing|bundle|web|sync-worker|cli|tests)\/|\.\/)(?!.*\.\.)[\w.$/-]+\.\w+(\?[\w&]+)?$|^(\.\.\/)+package\.json$/
  expect(
    sources.flatMap(({ path, specifiers }) =>
      specifiers.filter((it) => /^[.#]/.test(it) && !legal.test(it)).map((it) => `${path} imports ${it}`),
    ),
  ).toEqual([])
})

describe('[AR14] the schema reads no clock and draws no randomness', () => {
  const impure = /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b|\bcrypto\./
  test.each(sources.filter(({ path }) => path.startsWith('schema/')))('[AR14] $path', ({ code }) => {
    expect(impure.exec(code)?.[0]).toBeUndefined()
  })
})

test('the graph is read from the sources: static, lazy, worker and type imports, and re-exports', () => {
  const code = `
    import type { A } from '#schema/shared/a.ts'
    import Leader from './b.worker.ts?worker'
    export { c } from '../c.ts'
    const d = await import('#web/d.tsx')
    import 'react'`
  expect(of('web/x/y.ts', code).imports).toEqual(['schema/shared/a.ts', 'web/x/b.worker.ts', 'web/c.ts', 'web/d.tsx'])
  expect(sources.flatMap(({ imports }) => imports)).toContain('schema/shared/ids.ts')
})

const of = sourceFrom

const arrows = (folder: string, isIllegal: (to: string) => boolean) =>
  sources.filter(({ path }) => path.startsWith(folder)).flatMap((source) => from(source, isIllegal))

const from = ({ path, imports }: Source, isIllegal: (to: string) => boolean) =>
  imports.filter(isIllegal).map((to) => `${path} imports ${to}`)

const folders = (parent: string) => [
  ...new Set(
    sources
      .filter(({ path }) => path.startsWith(`${parent}/`))
      .map(({ path }) => path.slice(parent.length + 1).split('/'))
      .flatMap(([folder, file]) => (folder === undefined || file === undefined ? [] : [folder])),
  ),
]
