import { FastCheck as fc } from 'effect'
import { expect, test } from 'vitest'
import { idFromBytes, isId } from '#schema/shared/ids.ts'
import { idFromNames } from '#schema/shared/ids-from-names.ts'
import { personaStoreEvents } from '#schema/stores/persona-store.ts'
import { IllegalStoreId, parseStoreId, storeIdFor } from '#schema/stores/store-id.ts'
import { seeded } from '#tests/support/any-fact.ts'

const kind = fc.constantFrom('persona' as const, 'workspace' as const)
const legal = fc.stringMatching(/^[a-z0-9]{1,40}$/)

test('[ST1] a store id and its parts lead to each other', () => {
  fc.assert(
    fc.property(kind, legal, (kind, id) => {
      expect(parseStoreId(storeIdFor(kind, id) as string)).toEqual({ kind, id }) // legal, so no refusal
    }),
    seeded,
  )
})

test('[ST2] an empty or illegal id is refused, with a sentence', () => {
  const illegal = fc.string().filter((id) => !/^[a-z0-9]{1,40}$/.test(id))
  fc.assert(
    fc.property(kind, illegal, (kind, id) => {
      expect(storeIdFor(kind, id)).toBeInstanceOf(IllegalStoreId)
      expect(parseStoreId(`${kind}_${id}`)).toBeInstanceOf(IllegalStoreId)
    }),
    seeded,
  )
  for (const id of ['', 'a/b', 'A', 'a-b', 'a_b', 'ä', 'a\n', 'a'.repeat(41)]) {
    expect(storeIdFor('persona', id)).toBeInstanceOf(IllegalStoreId)
  }
  expect(parseStoreId('other_a')).toBeInstanceOf(IllegalStoreId)
  expect((storeIdFor('persona', '') as IllegalStoreId).message).toMatch(/lowercase letters and digits/) // refused above
})

test('[ST3] two different stores share no table name and no object name, even where names drop signs and case', () => {
  const nameOf = (storeId: string | IllegalStoreId) =>
    String(storeId)
      .replace(/[^a-zA-Z0-9]/g, '_')
      .toLowerCase()
  fc.assert(
    fc.property(kind, legal, kind, legal, (kind, id, otherKind, otherId) => {
      const same = kind === otherKind && id === otherId
      expect(nameOf(storeIdFor(kind, id)) === nameOf(storeIdFor(otherKind, otherId))).toBe(same)
    }),
    seeded,
  )
})

test('[ST17] ids made of bytes or names are legal, of one length, and differ where bytes or names do', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      (a, b) => {
        expect(isId(idFromBytes(a)) && idFromBytes(a).length === 26).toBe(true)
        expect(idFromBytes(a) === idFromBytes(b)).toBe(a.every((byte, at) => byte === b[at]))
      },
    ),
    seeded,
  )
  expect(idFromNames('a', 'bc')).toBe(idFromNames('a', 'bc'))
  expect(idFromNames('a', 'bc')).not.toBe(idFromNames('ab', 'c'))
})

test('[ST18] every event of a persona’s store names its persona, though the store implies it', () => {
  const silent = Object.values(personaStoreEvents).filter(
    ({ schema }) => !/personaId: string/.test(schema.ast.toString()),
  )
  expect(silent.map(({ name }) => name)).toEqual([])
})
