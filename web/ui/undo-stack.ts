const stack: (() => void)[] = []
let pauses = 0

/** Puts an undo on the stack that Ctrl+Z takes from. The returned function runs it, once, from wherever. */
export const newUndoable = (undo: () => void) => {
  const once = () => {
    const place = stack.indexOf(once)
    if (place === -1 || pauses > 0) return
    stack.splice(place, 1)
    undo()
  }
  stack.push(once)
  if (stack.length > 100) stack.shift()
  return once
}

/** Nothing is taken back until the returned function is called, whatever is pressed. */
export const pauseUndo = () => {
  pauses++
  return () => {
    pauses--
  }
}

/** Takes back the latest act. Returns whether there was one. */
export const undoLatest = (): boolean => {
  const latest = pauses > 0 ? undefined : stack.at(-1)
  latest?.()
  return latest !== undefined
}
