import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { startServer, type TestServer } from './server.ts'

/** A server for the tests of one file, on a folder of its own. Its address is known from the first `beforeAll` on. */
export const serverForThisFile = (): Pick<TestServer, 'url'> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'pjai-server-'))
  let server: TestServer | undefined
  beforeAll(async () => {
    server = await startServer({ dataDir })
  }, 120_000)
  afterAll(async () => {
    await server?.stop()
    rmSync(dataDir, { recursive: true })
  })
  return {
    get url() {
      if (server === undefined) throw new Error('The server is not there yet.')
      return server.url
    },
  }
}
