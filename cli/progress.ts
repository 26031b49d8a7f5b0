/** Says on stderr how far long work is, at most twice a second; what a command gives goes to stdout alone. */
export const progress = (now: () => number = () => performance.now()) => {
  let saidAt = now()
  return (line: string): void => {
    if (now() - saidAt < 500) return
    saidAt = now()
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
  }
}
