// The package says what its default export is, not what one step of it is.
declare module 'graphology-layout-forceatlas2/iterate.js' {
  /** One step, in place. Ten numbers a node (x, y, dx, dy, old dx, old dy, mass, convergence, size, fixed), three an edge. */
  export default function iterate(settings: object, nodes: Float32Array, edges: Float32Array): unknown
}
