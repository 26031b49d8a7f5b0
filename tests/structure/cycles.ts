import type { Source } from './sources.ts'

/** The circles in a graph of imports, one way around each: `a.ts → b.ts → a.ts`. */
export const cyclesIn = (sources: readonly Source[]): readonly string[] => {
  const importsByPath = new Map(sources.map(({ path, imports }) => [path, imports]))
  const cycles: string[] = []
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path)
    if (start >= 0) cycles.push([...trail.slice(start), path].join(' → '))
    if (start >= 0 || done.has(path)) return
    for (const next of importsByPath.get(path) ?? []) visit(next, [...trail, path])
    done.add(path)
  }
  for (const { path } of sources) visit(path, [])
  return cycles
}
