import { expect, test } from 'vitest'
import { settingsFromEnv } from '#cli/settings.mjs'

test('[PL17] where a server listens to its own machine alone, everybody who asks by an address of that machine operates it, unless the environment names others', () => {
  const operators = (env: NodeJS.ProcessEnv) => settingsFromEnv(env).placement.OPERATORS
  expect(operators({})).toBe('localhost')
  expect(operators({ HOST: 'localhost' })).toBe('localhost')
  expect(operators({ HOST: '0.0.0.0' })).toBe('')
  expect(operators({ HOST: '192.168.1.5', OPERATORS: 'ann' })).toBe('ann')
  expect(operators({ OPERATORS: '' })).toBe('')
})
