/** Longest text of a picture that travels with a persona, in characters of its `data:` address. */
const limit = 48_000

/** A square picture of at most 48 kB, cut from the middle of the file. */
export const avatarFromFile = async (file: File): Promise<string | NotAPicture> => {
  const bitmap = await createImageBitmap(file).catch(() => undefined)
  if (bitmap === undefined) return new NotAPicture()
  const side = Math.min(bitmap.width, bitmap.height)
  const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2]
  for (const size of [192, 128, 96, 64]) {
    const canvas = document.createElement('canvas')
    canvas.width = size
    canvas.height = size
    canvas.getContext('2d')?.drawImage(bitmap, left, top, side, side, 0, 0, size, size)
    const picture = canvas.toDataURL('image/webp', 0.85)
    if (picture.length <= limit) return picture
  }
  return new NotAPicture()
}

export class NotAPicture extends Error {
  readonly _tag = 'NotAPicture'
  override readonly message = 'This file is no picture that this browser can read. Try a PNG, JPEG or WebP.'
}
