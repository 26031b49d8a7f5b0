// npm run bench: every number of docs/performance.md, ours beside the same work without us, measured in one run.
//   npm run bench -- --only switch      only the benches whose name matches
//   npm run bench -- --json FILE        also writes [{ name, value, unit, baseline, baselineValue, ratio, n }]
//   npm run bench -- --page FILE        also writes docs/benchmarks.md: PJai beside its peers
import { ensureInstalled } from '#cli/install.mjs'

ensureInstalled()
const { register } = await import('tsx/esm/api') // lazy, like what follows: on a fresh machine it was not there before
register()
const { runBenches } = await import('./benches.ts')
await runBenches(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
process.exit() // LiveStore's runtime would keep the process for a while
