/**
 * Whether a list of the operator, separated by spaces, names this host: by https unless it says `http://`, with its port.
 * Whoever names an address of a private network, or this machine, means it.
 */
export const isNamedHost = (list: string, scheme: string, host: string): boolean =>
  list
    .split(/\s+/)
    .filter((name) => name !== '')
    .some(
      (name) => (name.includes('://') ? name : `https://${name}`).toLowerCase() === `${scheme}://${host}`.toLowerCase(),
    )
