// npm test: everything, on a fresh machine too; `npm test -- model journeys` runs only those parts.
// The last line is `N passed, N failed`. A part that crashes, or runs no test, is a failure.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { ensureBuilt } from '#cli/build.mjs'
import { ensureInstalled } from '#cli/install.mjs'
import { execute } from '#tests/support/execute.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const projects = ['model', 'web', 'worker']
const parts = [...projects, 'journeys']

const main = async () => {
  const asked = process.argv.slice(2)
  const unknown = asked.filter((name) => !parts.includes(name))
  if (unknown.length > 0) throw new Error(`No part is called ${unknown.join(', ')}: there are ${parts.join(', ')}.`)

  ensureInstalled()
  const total = { passed: 0, failed: 0, skipped: 0 }
  // The structure is tested with the model.
  if (asked.length === 0 && !(await execute('node', ['tests/check.mjs', '--without', 'structure'])).ok)
    total.failed += 1

  const isAsked = (/** @type {string} */ name) => asked.length === 0 || asked.includes(name)
  const askedProjects = projects.filter(isAsked)
  // All projects in one run: the last long test of one leaves no core idle.
  const runs = [
    ...(askedProjects.length > 0 ? [{ name: askedProjects.join(', '), run: () => runVitest(askedProjects) }] : []),
    ...(isAsked('journeys') ? [{ name: 'journeys', run: runPlaywright }] : []),
  ]
  for (const { name, run } of runs) {
    console.log(`\n── ${name} ──`)
    const counts = await run().catch(oneFailure)
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped += counts.skipped
  }
  return total
}

const runVitest = async (/** @type {readonly string[]} */ asked) => {
  const report = freshReport('vitest')
  const { ok } = await execute('vitest', [
    'run',
    ...asked.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = readReport(report)
  // A file that does not load, or whose preparation throws, fails without a failed test.
  const brokenFiles = testResults.filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ file) =>
      file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  )
  return checked(ok, {
    passed: numPassedTests,
    failed: numFailedTests + brokenFiles.length,
    skipped: numPendingTests + numTodoTests,
  })
}

const runPlaywright = async () => {
  const { ensureChromium } = await import('#tests/support/chromium.mjs') // lazy: it imports an installed package
  await ensureChromium()
  ensureBuilt() // once, before several journeys start their servers at the same time
  const report = freshReport('journeys')
  const { ok } = await execute('playwright', ['test', '--reporter=list,json'], {
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  })
  const { expected, unexpected, flaky, skipped } = readReport(report).stats
  if (flaky > 0) console.log(`\n${flaky} passed only when tried again.`)
  return checked(ok, { passed: expected + flaky, failed: unexpected, skipped })
}

/** @returns {Counts} */
const checked = (/** @type {boolean} */ ok, /** @type {Counts} */ counts) => {
  if (counts.passed + counts.failed === 0) return oneFailure('Not one test ran.')
  return !ok && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

const oneFailure = (/** @type {unknown} */ reason) => {
  console.log(reason instanceof Error ? reason.message : reason)
  return { passed: 0, failed: 1, skipped: 0 }
}

const freshReport = (/** @type {string} */ name) => {
  const folder = 'node_modules/.cache/reports'
  mkdirSync(folder, { recursive: true })
  rmSync(`${folder}/${name}.json`, { force: true })
  return `${folder}/${name}.json`
}

const readReport = (/** @type {string} */ report) => {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    throw new Error('The runner crashed: it left no report.')
  }
}

const { passed, failed, skipped } = await main().catch(oneFailure)
if (skipped > 0) console.log(`\n${skipped} skipped`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
