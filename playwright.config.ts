import { defineConfig } from '@playwright/test'
import { chromiumFlags, findChromium } from '#tests/support/chromium.mjs'

const executablePath = findChromium()

// A journey opens its own devices, and starts its own server if it is to end one: see tests/support.
export default defineConfig({
  testDir: 'tests/journeys',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: true, // journeys share nothing, and no long file is left over for one worker
  retries: process.env.CI ? 2 : 0, // a renderer of Chromium crashes now and then on a loaded machine; it is counted and said
  timeout: 180_000, // a journey takes some 20 s; a machine may be busy, and a promise of speed is the bench's matter
  expect: { timeout: 60_000 }, // what opens a store, or goes by way of the server, may take that long on a busy machine
  forbidOnly: true,
  use: {
    launchOptions: { args: chromiumFlags, ...(executablePath === undefined ? {} : { executablePath }) },
    trace: 'on-first-retry', // a trace of every journey costs a third of the machine
  },
})
