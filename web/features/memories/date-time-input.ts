/** A time as `<input type="datetime-local">` wants it: the person's own clock, to the minute. */
export const toDateTimeInput = (time: Date): string => {
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}
