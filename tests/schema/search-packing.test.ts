import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { packText, unpackText } from '#schema/stores/search-packing.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom('e', 't', ' ', '\0', '…', '~', '茶', '\ud800'), maxLength: 300 }),
)

test('[SI10] a text is packed where that makes it shorter, and unpacked it is what it was', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const packed = packText(text)
      expect(unpackText(packed)).toBe(text)
      expect(packed === text || packed.length < Buffer.byteLength(text)).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('[SI10] a text of European letters takes six tenths of its bytes, and what cannot be made shorter stays', () => {
  const talk =
    'We walked along the harbour until the rain came, and then we had tea. Shall we go again on Sunday? '.repeat(3)
  const packed = packText(talk)
  expect(typeof packed).not.toBe('string')
  expect(packed.length).toBeLessThan(talk.length * 0.6)
  expect(packText('Утром она любит пить чай. '.repeat(20))).toBe('Утром она любит пить чай. '.repeat(20))
})
