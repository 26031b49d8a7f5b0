// Serves what is built, until it is told to stop. `npm start` ends here; tests begin here.
import { basename } from 'node:path'
import { ensureDataFolder, removeNote, writeNote } from './data-folder.mjs'
import { ensurePortFree } from './port.mjs'
import { startRuntime } from './runtime.mjs'
import { settingsFromEnv } from './settings.mjs'

try {
  const settings = settingsFromEnv(process.env)
  await ensureDataFolder(settings.dataDir)
  await ensurePortFree(settings)
  const { url, workerd } = await startRuntime(settings)
  writeNote(settings.dataDir, { pid: process.pid, program: basename(process.argv[1] ?? ''), workerd })

  // Miniflare ends this process on SIGINT and SIGTERM, and takes workerd along whenever it exits.
  process.once('exit', () => removeNote(settings.dataDir))
  process.once('SIGHUP', () => process.exit(129))

  const health = await fetch(`${url}/api/health`)
  if (!health.ok) throw new Error(`The server started but is not well (${health.status} from ${url}/api/health).`)
  console.log(`PJai is at ${url}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
