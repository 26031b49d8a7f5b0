import { deflateSync } from 'node:zlib'

/** A PDF with a page for each text, its page tree in a compressed stream, as most programs write it today. */
export const pdfOf = (texts: readonly string[]): Buffer => {
  const pageAt = (index: number) => 4 + index
  const contentAt = (index: number) => 4 + texts.length + index
  const packedAt = 4 + 2 * texts.length
  const packed = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count ${texts.length}/Kids[${texts.map((_, index) => `${pageAt(index)} 0 R`).join(' ')}]>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    ...texts.map(
      (_, index) =>
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Resources<</Font<</F 3 0 R>>>>/Contents ${contentAt(index)} 0 R>>`,
    ),
  ]
  const parts = [Buffer.from('%PDF-1.5\n')]
  const places = new Map<number, number>()
  const write = (id: number, dictionary: string, content: Buffer) => {
    places.set(id, Buffer.concat(parts).length)
    const bytes = deflateSync(content)
    const head = `${id} 0 obj\n<<${dictionary}/Filter/FlateDecode/Length ${bytes.length}>>stream\n`
    parts.push(Buffer.from(head), bytes, Buffer.from('\nendstream\nendobj\n'))
  }
  for (const [index, text] of texts.entries())
    write(contentAt(index), '', Buffer.from(`BT /F 24 Tf 40 300 Td (${text}) Tj ET`))
  const offsets = packed.map(
    (_, index) => `${index + 1} ${packed.slice(0, index).join(' ').length + Math.min(index, 1)}`,
  )
  const first = `${offsets.join(' ')} `
  write(packedAt, `/Type/ObjStm/N ${packed.length}/First ${first.length}`, Buffer.from(first + packed.join(' ')))
  const start = Buffer.concat(parts).length
  places.set(packedAt + 1, start)
  const row = (kind: number, value: number, index: number) => {
    const bytes = Buffer.alloc(7)
    bytes.writeUInt8(kind, 0)
    bytes.writeUInt32BE(value, 1)
    bytes.writeUInt16BE(index, 5)
    return bytes
  }
  const rows = Array.from({ length: packedAt + 2 }, (_, id) => {
    if (id >= 1 && id <= packed.length) return row(2, packedAt, id - 1)
    const place = places.get(id)
    return place === undefined ? row(0, 0, 0) : row(1, place, 0)
  })
  write(packedAt + 1, `/Type/XRef/Size ${rows.length}/Root 1 0 R/W[1 4 2]`, Buffer.concat(rows))
  parts.push(Buffer.from(`startxref\n${start}\n%%EOF\n`))
  return Buffer.concat(parts)
}
