/**
 * For what may follow the frame that shows what was just done. Not in the very next one: on a busy machine that is due
 * before this one is seen. Returns how to call it off.
 */
export const afterPaint = (work: () => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(work, 50)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
