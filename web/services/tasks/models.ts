import type { Models } from './engine-options.ts'

/** No account yet: questions go to the built-in responder. */
export const models: Models = {
  candidates: async () => [],
  call: () => Promise.reject(new Error('There is no model to call.')),
  denied: () => undefined,
  note: () => undefined,
}
