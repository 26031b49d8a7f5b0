const stack: (() => void)[] = []

/** Puts an undo on the stack that Ctrl+Z takes from. The returned function runs it, once, from wherever. */
export const newUndoable = (undo: () => void) => {
  const once = () => {
    const place = stack.indexOf(once)
    if (place === -1) return
    stack.splice(place, 1)
    undo()
  }
  stack.push(once)
  if (stack.length > 100) stack.shift()
  return once
}

/** Takes back the latest act. Returns whether there was one. */
export const undoLatest = (): boolean => {
  const latest = stack.at(-1)
  latest?.()
  return latest !== undefined
}
