/**
 * Every id is 1–40 lowercase letters and digits; one we make is 128 bits in Crockford's base 32, 26 characters long.
 * So no two ids can share a table name, a file name or a Durable Object's name.
 */
export const isId = (value: unknown): value is string => typeof value === 'string' && /^[a-z0-9]{1,40}$/.test(value)

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** An id from 16 random bytes. The shell supplies the randomness. */
export const idFromBytes = (bytes: Uint8Array): string => {
  let id = ''
  let bits = 0
  let held = 2 // 128 bits fill 26 places of five with two to spare: two zeros go first
  for (const byte of bytes.subarray(0, 16)) {
    bits = ((bits << 8) | byte) & 0x1fff
    held += 8
    while (held >= 5) {
      held -= 5
      id += alphabet[(bits >>> held) & 31]
    }
  }
  return id
}

/** What an id for these names is hashed from: of an actor, who writes in a workspace, `namesOfActor`. */
export const textOfNames = (names: readonly string[]): string => JSON.stringify(names)

/** Whose id is the same on all devices of a workspace, and tells nothing of the id that is the right to it. */
export const namesOfActor = (workspaceId: string): readonly string[] => ['actor', workspaceId]
