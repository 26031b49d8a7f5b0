// npm run check: everything that can be known without running the app, but for the step after `--without`. Prints the
// output of what fails only.
import { ensureInstalled } from '#cli/install.mjs'
import { execute } from '#tests/support/execute.mjs'

/** @type {readonly (readonly [name: string, command: string, ...args: string[]])[]} */
const steps = [
  // Forced: the cache of TypeScript 7.0 overlooks a changed lib.
  ['types', 'tsc', '--build', '--force'],
  ['format', 'biome', 'check', '--error-on-warnings'],
  ['lint', 'oxlint', '--deny-warnings'],
  ['structure', 'vitest', 'run', '--project', 'model', 'tests/structure'],
  ['unused', 'knip', '--no-config-hints'],
  // What `npm install` writes is not always what `npm ci` accepts.
  ['lockfile', 'npm', 'ci', '--dry-run', '--offline', '--no-audit', '--no-fund'],
]

ensureInstalled()
const [flag, left] = process.argv.slice(2)
const asked = flag === '--without' ? steps.filter(([name]) => name !== left) : steps
const results = await Promise.all(
  asked.map(async ([name, command, ...args]) => {
    const { ok, output, seconds } = await execute(command, args, { output: 'kept' })
    console.log(`${ok ? '✓' : '✗'} ${name.padEnd(10)} ${seconds}`)
    return { name, ok, output }
  }),
)
const failures = results.filter(({ ok }) => !ok)
for (const { name, output } of failures) console.log(`\n── ${name} ──\n${output.trim()}`)
if (failures.length > 0) process.exitCode = 1
