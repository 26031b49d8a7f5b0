/** Says on stderr how far long work is, at most twice a second; what a command gives goes to stdout alone. */
export const progress = () => {
  let saidAt = performance.now()
  return (line: string): void => {
    if (performance.now() - saidAt < 500) return
    saidAt = performance.now()
    console.error(line)
  }
}
