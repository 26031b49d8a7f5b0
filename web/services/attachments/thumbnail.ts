/** Pixels of the longer side. */
const edge = 640

/** A small picture of a picture; undefined when it is small already, or none that can be drawn. */
export const makeThumbnail = async (file: Blob, mediaType: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  if (mediaType === 'image/svg+xml' || (file.size < 60_000 && mediaType !== 'image/bmp')) return undefined
  try {
    const picture = await createImageBitmap(file)
    const scale = Math.min(1, edge / Math.max(picture.width, picture.height))
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(picture.width * scale)),
      Math.max(1, Math.round(picture.height * scale)),
    )
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    const drawn = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 })
    return new Uint8Array(await drawn.arrayBuffer())
  } catch {
    return undefined
  }
}
