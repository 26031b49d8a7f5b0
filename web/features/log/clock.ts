/** How the room writes times: by the clock of this device, or in UTC. In milliseconds since 1970. */
export interface Clock {
  readonly isUtc: boolean
  /** “Tuesday, 3 March 2026”. */
  readonly day: (time: number) => string
  /** “14:03:22”. */
  readonly time: (time: number) => string
  /** Both, to the second, with the zone. */
  readonly exact: (time: number) => string
  readonly format: (time: number, how: Intl.DateTimeFormatOptions) => string
}

export const clockOf = (isUtc: boolean): Clock => {
  const zone = isUtc ? { timeZone: 'UTC' } : {}
  const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', ...zone })
  const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', ...zone })
  const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long', ...zone })
  const orNone = (write: (time: number) => string) => (at: number) => (Number.isFinite(at) ? write(at) : 'Time unknown')
  return {
    isUtc,
    day: orNone((at) => day.format(at)),
    time: orNone((at) => time.format(at)),
    exact: orNone((at) => exact.format(at)),
    format: (at, how) => new Intl.DateTimeFormat(undefined, { ...how, ...zone }).format(at),
  }
}
