import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { expect, test } from 'vitest'
import { recipientsIn, strangeRecipient } from '#web/features/bundles/recipients.ts'

test('[BU11] keys of age are taken by line, space or comma, and what is none is named', async () => {
  const recipient = await identityToRecipient(await generateX25519Identity())
  expect(recipientsIn(` ${recipient}\n${recipient}, age1x `)).toEqual([recipient, recipient, 'age1x'])
  expect(strangeRecipient([recipient])).toBeUndefined()
  expect(strangeRecipient([recipient, 'AGE-SECRET-KEY-1'])).toBe('AGE-SECRET-KEY-1')
})
