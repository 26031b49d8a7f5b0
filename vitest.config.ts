import { mkdirSync } from 'node:fs'
import { cloudflareTest } from '@cloudflare/vitest-pool-workers'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import packageJson from './package.json' with { type: 'json' }

// The Worker serves what is built; inside workerd the tests start only when that folder is there, empty or not.
mkdirSync('dist/client', { recursive: true })

// Many tests open real stores: a second on an idle machine, many on a busy one.
const patience = {
  testTimeout: 90_000,
  hookTimeout: 90_000,
  expect: { poll: { timeout: 60_000 } },
  retry: process.env.CI ? 1 : 0, // on a loaded machine the server cuts a connection that fetch takes for alive
}

const workerTests = 'tests/sync-worker/**/*.worker.test.ts'

const bundledForWorkerd = [
  '@better-auth/core/api',
  '@better-auth/core/error',
  '@better-auth/passkey',
  '@livestore/common',
  '@livestore/livestore',
  '@livestore/sync-cf/cf-worker',
  'better-auth',
  'better-auth/api',
  'better-auth/cookies',
  'better-auth/db/migration',
  'better-auth/plugins/anonymous',
  'effect',
  'fast-check',
]

export default defineConfig({
  test: {
    maxWorkers: '100%', // by itself it leaves one core idle, which is half of a small machine
    projects: [
      {
        test: {
          ...patience,
          name: 'model',
          include: ['tests/{schema,proof,sealing,bundle,structure,cli,sync-worker}/**/*.test.ts'],
          exclude: [workerTests],
        },
      },
      {
        plugins: [react()],
        test: { ...patience, name: 'web', environment: 'happy-dom', include: ['tests/web/**/*.test.{ts,tsx}'] },
      },
      {
        plugins: [cloudflareTest({ wrangler: { configPath: './wrangler.toml' } })],
        define: {
          __APP_VERSION__: JSON.stringify(packageJson.version),
          __MOVE_HISTORIES__: Number(process.env.MOVE_HISTORIES ?? 20),
        },
        test: {
          name: 'worker',
          include: [workerTests],
          // Into workerd each module is a request of its own, and packages have thousands: theirs are bundled first.
          deps: {
            optimizer: {
              ssr: {
                enabled: true,
                include: bundledForWorkerd,
                rolldownOptions: { external: [/^(node|cloudflare):/] },
              },
            },
          },
        },
      },
    ],
  },
})
