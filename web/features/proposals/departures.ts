/**
 * Who leaves and is back within a moment never left: a view may be made anew while somebody stays. `later` runs something
 * after that moment, and returns what calls it off.
 */
export const makeDepartures = (later: (run: () => void) => () => void) => {
  const callsOff = new Map<string, () => void>()
  const stay = (id: string) => {
    callsOff.get(id)?.()
    callsOff.delete(id)
  }
  return {
    stay,
    leave: (id: string, onLeft: () => void) => {
      stay(id)
      const callOff = later(() => {
        callsOff.delete(id)
        onLeft()
      })
      callsOff.set(id, callOff)
    },
  }
}
