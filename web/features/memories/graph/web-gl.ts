/** Whether this browser draws by WebGL, which it may be forbidden or unable to. */
export const hasWebGl = (): boolean => {
  const context = document.createElement('canvas').getContext('webgl2')
  // A page may have few of them; this one was only asked for.
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return context !== null
}
