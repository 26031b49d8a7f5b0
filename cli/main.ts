// `npm run -s pjai -- <command>`. Commands are loaded when they are called, so that help is there at once.
import { readFileSync } from 'node:fs'
import { BundleUnreadable } from '#bundle/bundle-unreadable.ts'
import { help } from './help.ts'
import { Problem } from './problem.ts'

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  import: async (args) => (await import('./import-command.ts')).importCommand(args),
  seed: async (args) => (await import('./seed-command.ts')).seedCommand(args),
  export: async (args) => (await import('./export-command.ts')).exportCommand(args),
  bundle: async (args) => (await import('./bundle-command.ts')).bundleCommand(args),
  verify: async (args) => (await import('./verify-command.ts')).verifyCommand(args),
  log: async (args) => (await import('./log-command.ts')).logCommand(args),
  replay: async (args) => (await import('./replay-command.ts')).replayCommand(args),
  diff: async (args) => (await import('./diff-command.ts')).diffCommand(args),
  show: async (args) => (await import('./show-command.ts')).showCommand(args),
  recall: async (args) => (await import('./recall-command.ts')).recallCommand(args),
  help: async () => {
    console.log(help)
    return 0
  },
  version: async () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string
    } // ours
    console.log(version)
    return 0
  },
}

const aliases: Readonly<Record<string, string>> = {
  '--help': 'help',
  '-h': 'help',
  '--version': 'version',
  '-v': 'version',
}

const run = async ([first = 'help', ...rest]: readonly string[]): Promise<number> => {
  const name = rest.some((arg) => arg === '--help' || arg === '-h') ? 'help' : (aliases[first] ?? first)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) throw new Problem(`There is no command “${first}”.`, 'usage')
  return command(rest)
}

// A pipe that closes early, as in `| head`, is no error.
process.stdout.on('error', () => process.exit(0))

const exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  if (error instanceof BundleUnreadable) return 2
  return error instanceof Problem ? error.exitCode : 1
})
// All that was printed is out, and whatever a failed command left open ends here.
process.stdout.write('', () => process.exit(exitCode))
