// `npm start`: from a fresh clone to a running app. Plain Node, nothing imported before it is installed.
import { ensureDataFolder } from './data-folder.mjs'
import { ensurePortFree } from './port.mjs'
import { settingsFromEnv } from './settings.mjs'

try {
  ensureNode()
  const settings = settingsFromEnv(process.env)
  await ensureDataFolder(settings.dataDir) // known in a second, not after minutes of installing
  await ensurePortFree(settings)

  const { ensureInstalled } = await import('./install.mjs')
  ensureInstalled()
  const { ensureBuilt } = await import('./build.mjs')
  ensureBuilt()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
await import('./serve.mjs')

function ensureNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new Error(`PJai needs Node 20.19 or newer; this is Node ${process.versions.node}. Get it at https://nodejs.org`)
}
