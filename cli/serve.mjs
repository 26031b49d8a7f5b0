// Serves what is built, until it is told to stop. `npm start` ends here; tests begin here.
import { ensureDataFolder, removeNote, writeNote } from './data-folder.mjs'
import { ensurePortFree } from './port.mjs'
import { startRuntime } from './runtime.mjs'
import { settingsFromEnv } from './settings.mjs'

try {
  const settings = settingsFromEnv(process.env)
  await ensureDataFolder(settings.dataDir)
  await ensurePortFree(settings)
  const { url, workerd, stop } = await startRuntime(settings)
  writeNote(settings.dataDir, { pid: process.pid, program: process.argv[1] ?? '', workerd })

  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.once(signal, async () => {
      await stop()
      removeNote(settings.dataDir)
      process.exit(0)
    })

  const health = await fetch(`${url}/api/health`)
  if (!health.ok) throw new Error(`The server started but is not well (${health.status} from ${url}/api/health).`)
  console.log(`PJai is at ${url}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
