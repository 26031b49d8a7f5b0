import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Engine } from '#tests/engine/main.ts'
import { startEngineServer } from './engine-server.ts'
import { expect, test } from './journey.ts'
import { serveHere } from './server.ts'

declare global {
  // The page of tests/engine puts it there.
  var engine: Engine
}

const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))

/** The engine's own page in front of the real server. `page(engineUrl)` of a device opens it. */
export const engineTest = test.extend<{ engineUrl: string }, { enginePage: string }>({
  enginePage: [
    // Playwright reads the dependencies of a fixture from the pattern, so an empty one has to stand here.
    // biome-ignore lint/correctness/noEmptyPattern: see above
    async ({}, use, { parallelIndex }) => {
      const folder = join(cache, `engine-${parallelIndex}`)
      const options = ['-c', 'tests/engine/vite.config.ts', '--outDir', folder, '--logLevel', 'error']
      execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', ...options])
      await use(folder)
    },
    { scope: 'worker' },
  ],
  // All of these journeys give their stores the same names, so each has a server of its own.
  home: async ({ folder }, use) => {
    let here: ReturnType<typeof serveHere> | undefined
    const home: Parameters<typeof use>[0] = {
      url: async () => {
        if (home.program !== undefined) return home.program.url
        here ??= serveHere(join(folder, 'data'))
        return (await here).url
      },
    }
    await use(home)
    await (await here)?.stop()
  },
  // One person's devices: where they are paired is not what these journeys are about.
  device: async ({ device, home }, use) => {
    let session: ReturnType<typeof signedInAt> | undefined
    await use(async (options) => {
      const made = await device(options)
      const url = await home.url()
      session ??= signedInAt(url)
      await made.context.addCookies([{ ...(await session), url }])
      return made
    })
  },
  engineUrl: async ({ home, enginePage }, use) => {
    const front = await startEngineServer(enginePage, home.url)
    await use(front.url)
    front.stop()
  },
})

/** The cookie of a new session. */
const signedInAt = async (url: string) => {
  const response = await fetch(`${url}/api/auth/sign-in/anonymous`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: '{}',
  })
  const [name = '', value = ''] = response.headers.getSetCookie()[0]?.split(';')[0]?.split('=') ?? []
  return { name, value }
}

export { expect }
