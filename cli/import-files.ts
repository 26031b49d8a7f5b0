import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { mergePersonas } from '#schema/imports/merge-plans.ts'
import {
  countsOfPlan,
  type ImportOptions,
  type ImportPlan,
  type PlanCounts,
  type Remark,
} from '#schema/imports/plan.ts'
import { planImport } from '#schema/imports/plan-import.ts'
import { pathFrom } from './arguments.ts'

export interface PlannedFile {
  readonly name: string
  /** None if it could not be read; `rejected` says why. */
  readonly plan: ImportPlan | undefined
  readonly rejected: readonly Remark[]
}

export const planFile = async (path: string, options: ImportOptions): Promise<PlannedFile> => {
  const name = basename(path)
  const bytes = await readBytes(pathFrom(path))
  const plan = typeof bytes === 'string' ? new Error(bytes) : planImport(bytes, name, options)
  return plan instanceof Error
    ? { name, plan: undefined, rejected: [{ where: name, reason: plan.message }] }
    : { name, plan, rejected: plan.rejected.map(({ where, reason }) => ({ where: within(name, where), reason })) }
}

/** The bytes, or a sentence. */
const readBytes = async (path: string): Promise<Uint8Array | string> => {
  try {
    if ((await stat(path)).size > 2 ** 30) return 'The file is larger than a gigabyte. Split it.'
    return await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return 'There is no such file.'
    if (code === 'EISDIR') return 'It is a folder. Name the files in it.'
    if (code === 'EACCES' || code === 'EPERM') return 'The file may not be read.'
    return `The file cannot be read (${String(code ?? error)}).`
  }
}

const within = (name: string, where: string) => (where.startsWith(name) ? where : `${name} › ${where}`)

export interface ImportReport extends Omit<PlanCounts, 'rejected'> {
  readonly format: string
  readonly rejected: readonly Remark[]
}

/** Of all files together; what stands in two of them counts once. */
export const reportOf = (files: readonly PlannedFile[]): ImportReport => {
  const plans = files.flatMap(({ plan }) => plan ?? [])
  const format = [...new Set(plans.map((plan) => plan.format))].join('+') || 'unknown'
  const { rejected: _, ...counts } = countsOfPlan({ personas: mergePersonas(plans), rejected: [] })
  return { format, ...counts, rejected: files.flatMap(({ rejected }) => rejected) }
}

export const reportForPeople = (report: ImportReport, notes: readonly Remark[]): string => {
  const { rejected, ...counts } = report
  const rows = [...Object.entries(counts), ['rejected', rejected.length] as const]
  return [
    ...rows.map(([name, value]) => `${name.padEnd(14)}${value}`),
    ...remarks('Not coming along', rejected),
    ...remarks('Changed on the way', notes),
  ].join('\n')
}

const remarks = (title: string, list: readonly Remark[]) => [
  ...(list.length === 0 ? [] : ['', `${title}:`]),
  ...list.slice(0, 50).map(({ where, reason }) => `  ${where}: ${reason}`),
  ...(list.length > 50 ? [`  … and ${list.length - 50} more; --json lists them all.`] : []),
]
