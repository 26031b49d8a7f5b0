import { readdirSync, readFileSync } from 'node:fs'
import { posix, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

/** One of our files. Paths are relative to the root, with forward slashes: `schema/shared/ids.ts`. */
export interface Source {
  readonly path: string
  readonly code: string
  /** What it imports of ours, by path; types and lazy imports too. */
  readonly imports: readonly string[]
  /** What it imports, as written. */
  readonly specifiers: readonly string[]
  readonly onlyReExports: boolean
}

export const root = fileURLToPath(new URL('../../', import.meta.url))

export const layers = ['schema', 'proof', 'sealing', 'bundle', 'web', 'sync-worker', 'cli', 'tests'] as const

/** Every source of ours: the layers, and the configurations beside them. */
export const readSources = (): readonly Source[] =>
  [...readdirSync(root), ...layers.flatMap((layer) => filesUnder(layer))]
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
    .map((path) => sourceFrom(path, readFileSync(root + path, 'utf8')))

export const filesUnder = (folder: string): readonly string[] =>
  readdirSync(root + folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(entry.parentPath.slice(root.length).replaceAll(sep, '/'), entry.name))

export const sourceFrom = (path: string, text: string): Source => {
  const { program, module, comments, errors } = parseSync(path, text)
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`)
  const lazy = module.dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start, end))
  const specifiers = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest?.value)),
    ...lazy.filter((request) => /^['"`]/.test(request)).map((request) => request.slice(1, -1)),
  ].filter((specifier) => specifier !== undefined)
  return {
    path,
    code: comments.reduceRight((code, { start, end }) => code.slice(0, start) + code.slice(end), text),
    specifiers,
    imports: specifiers.map((specifier) => ourPath(path, specifier)).filter((target) => target !== undefined),
    onlyReExports:
      module.staticExports.length > 0 &&
      program.body.every(
        ({ type, ...rest }) =>
          type === 'ImportDeclaration' ||
          type === 'ExportAllDeclaration' ||
          (type === 'ExportNamedDeclaration' && 'declaration' in rest && rest.declaration === null),
      ),
  }
}

/** `#schema/x.ts` and `./x.ts?worker` to a path from the root; a package, or package.json, to nothing. */
const ourPath = (from: string, specifier: string): string | undefined => {
  const [path = ''] = specifier.split('?')
  const target = path.startsWith('#')
    ? path.slice(1)
    : path.startsWith('.')
      ? posix.join(posix.dirname(from), path)
      : ''
  return layers.some((layer) => target.startsWith(`${layer}/`)) ? target : undefined
}
