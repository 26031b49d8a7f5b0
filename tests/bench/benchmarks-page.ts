import { median } from './figure.ts'
import { type Job, type JobId, jobs } from './peers/jobs.ts'
import { mainSize, type PeerResults, type PeerSamples, sizes } from './peers/measure-peers.ts'
import { type PeerInfo, peers, pjai } from './peers/peers.ts'

export interface Setting {
  readonly date: Date
  readonly machine: string
  readonly system: string
  readonly node: string
  readonly chromium: string
  /** By how many processes the machine was asked on average, before and after. */
  readonly load: readonly [before: number, after: number]
  readonly cores: number
  /** By the name of their package. */
  readonly versions: Readonly<Record<string, string>>
}

/** docs/benchmarks.md: what the run says, in words and tables. */
export const benchmarksPage = ({ all, leftOut }: PeerResults, setting: Setting): string =>
  `${[
    '# Benchmarks',
    'Written by `npm run bench -- --page docs/benchmarks.md`; [performance](performance.md) says what PJai promises by itself.',
    `The same jobs on PJai and on what one would use instead, in turn in one run, each in a Chromium of its own with nothing else on its page. Values are medians; ratios travel between machines, values do not. The rows are memories of some hundred and twenty characters. Every peer is given the same ones, and its answers are held against what the rows say; what was appended is looked for after the browser ended.`,
    settingOf(setting),
    '## How each is used',
    peers.map((peer) => `- **${titleOf(peer, setting.versions)}**: ${peer.usage}.`).join('\n'),
    'None of them syncs here, for to sync is different work in each. New-device sync and rebuild stand beside LiveStore alone, whose log PJai shares.',
    `## With ${number(mainSize)} rows`,
    ...jobIds.flatMap((job) => jobSection(jobs[job], samplesOf(all, job, mainSize))),
    '## Growth',
    `Medians in milliseconds with ${sizes.map(number).join(', ')} rows. A dash: it was left out before that, see below.`,
    ...growing.flatMap((job) => [`### ${sentenceOf(jobs[job].name)}`, growthTable(all, job)]),
    '## What was left out',
    leftOut.length === 0 ? 'Nothing.' : leftOut.map(({ peer, why }) => `- ${nameOf(peer)}, ${why}.`).join('\n'),
    'Whoever is slow is measured less often: after four seconds of one job (two where only growth is looked at), not again. Memory and bytes on disk are measured once, appending in bulk and opening three times, the rest ten times; growth with four jobs only, five times each.',
  ].join('\n\n')}\n`

const settingOf = ({ date, machine, system, node, chromium, load, cores }: Setting) => {
  const [before, after] = load
  const busy =
    Math.max(before, after - 1) > cores
      ? ' **The machine was busy with other work**: values are several times what a machine at rest has, and ratios are blurred.'
      : ''
  return `${date.toISOString().slice(0, 10)}, ${machine}, ${system}, Node ${node}, Chromium ${chromium}; load ${before.toFixed(1)} before and ${after.toFixed(1)} after on ${cores} cores.${busy}`
}

// Its keys are those of the type.
const jobIds = Object.keys(jobs) as readonly JobId[]
const growing = ['addOne', 'top', 'search', 'open'] as const satisfies readonly JobId[]

const samplesOf = (all: readonly PeerSamples[], job: JobId, size: number) =>
  all.filter((samples) => samples.job === job && samples.size === size)

const jobSection = (job: Job, all: readonly PeerSamples[]): readonly string[] => {
  const sorted = all
    .map(({ peer, samples }) => ({ peer, value: median(samples), n: samples.length }))
    .toSorted((a, b) => (job.better === 'less' ? a.value - b.value : b.value - a.value))
  const ours = sorted.find(({ peer }) => peer === pjai.page)
  const rows = sorted.map(({ peer, value, n }) => {
    const ratio = ours === undefined ? '' : threeDigits(value / ours.value)
    return [peer === pjai.page ? '**PJai**' : nameOf(peer), `${threeDigits(value)} ${job.unit}`, ratio, String(n)]
  })
  return [
    `### ${sentenceOf(job.name)}`,
    `${sentenceOf(job.what)}. ${job.better === 'less' ? 'Less is better.' : 'More is better.'}`,
    table(['', 'median', 'PJai = 1', 'n'], rows),
    lossOf(job, sorted),
  ]
}

/** Who is ahead of PJai, and why. */
const lossOf = (job: Job, sorted: readonly { readonly peer: string; readonly value: number }[]) => {
  const place = sorted.findIndex(({ peer }) => peer === pjai.page)
  const ours = sorted[place]
  if (ours === undefined) return 'PJai was left out.'
  const ahead = sorted.slice(0, place)
  if (ahead.length === 0) return 'Nobody is ahead of PJai.'
  const times = ahead.map(({ peer, value }) => {
    const factor = job.better === 'less' ? ours.value / value : value / ours.value
    return `${nameOf(peer)} (${threeDigits(factor)} ×)`
  })
  return `Ahead of PJai: ${times.join(', ')}. Why: ${job.why.replace(/\.$/, '')}.`
}

const growthTable = (all: readonly PeerSamples[], job: JobId) =>
  table(
    ['', ...sizes.map(number)],
    peers.map(({ page, name }) => [
      page === pjai.page ? '**PJai**' : name,
      ...sizes.map((size) => {
        const samples = samplesOf(all, job, size).find(({ peer }) => peer === page)
        return samples === undefined ? '–' : threeDigits(median(samples.samples))
      }),
    ]),
  )

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')

const titleOf = ({ name, packageName }: PeerInfo, versions: Setting['versions']) =>
  packageName === undefined ? name : `${name}, ${packageName} ${versions[packageName] ?? ''}`.trimEnd()

const nameOf = (page: string) => peers.find((peer) => peer.page === page)?.name ?? page
const sentenceOf = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
const number = (value: number) => value.toLocaleString('en').replaceAll(',', ' ')
const threeDigits = (value: number) => String(Number(value.toPrecision(3)))
