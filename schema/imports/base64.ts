const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const places = new Map(
  Array.from(`${alphabet}-_`, (letter, place) => [letter.charCodeAt(0), place < 64 ? place : place - 2]),
)

/** Bytes of a base64 text, url-safe or not; white space and padding are skipped. None if it is something else. */
export const base64ToBytes = (text: string): Uint8Array | undefined => {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4))
  let [length, bits, held] = [0, 0, 0]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const place = places.get(code)
    if (place === undefined && code !== 61 && code > 32) return undefined
    if (place === undefined) continue
    held = ((held << 6) | place) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[length++] = (held >> bits) & 0xff
  }
  return bytes.subarray(0, length)
}

export const bytesToBase64 = (bytes: Uint8Array): string => {
  let text = ''
  for (let index = 0; index < bytes.length; index += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(index, index + 3)
    const group = (a << 16) | (b << 8) | c
    text += [18, 12, 6, 0].map((shift) => alphabet[(group >> shift) & 63]).join('')
  }
  const padding = (3 - (bytes.length % 3)) % 3
  return text.slice(0, text.length - padding) + '='.repeat(padding)
}
