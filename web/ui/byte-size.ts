/** `4.2 MB`: in powers of ten, as browsers and disks count. */
export const byteSize = (bytes: number): string => {
  const step = Math.min(3, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const formatted = new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  })
  return formatted.format(bytes / 1000 ** step)
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte']
