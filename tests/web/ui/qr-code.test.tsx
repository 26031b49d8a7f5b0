import { render, screen } from '@testing-library/react'
import { decodeQR } from 'qr/decode.js'
import { expect, test } from 'vitest'
import { QrCode } from '#web/ui/qr-code.tsx'

test('[AC25] the QR code beside a link says the link', () => {
  const link = `https://pjai.example/join#${'w'.repeat(26)}.${'s'.repeat(43)}.${'c'.repeat(26)}`
  render(<QrCode text={link} label="The link as a QR code" size={200} />)
  expect(decodeQR(pictureOf(screen.getByRole('img', { name: 'The link as a QR code' })))).toBe(link)
})

/** What a camera sees: four pixels to each unit, in grey. */
const pictureOf = (svg: HTMLElement) => {
  const side = Number(svg.getAttribute('viewBox')?.split(' ')[2])
  const dark = new Set(
    [...(svg.querySelector('path')?.getAttribute('d') ?? '').matchAll(/M(\d+) (\d+)/g)].map(([, x, y]) => `${x} ${y}`),
  )
  const width = side * 4
  const data = new Uint8Array(width * width * 3).fill(255)
  for (let at = 0; at < width * width; at++) {
    const [x, y] = [Math.floor((at % width) / 4), Math.floor(at / width / 4)]
    if (dark.has(`${x} ${y}`)) data.fill(0, at * 3, at * 3 + 3)
  }
  return { width, height: width, data }
}
