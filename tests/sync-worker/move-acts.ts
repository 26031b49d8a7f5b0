import * as fc from 'fast-check'

/** What may happen to a store and its move. */
export type Act =
  | { readonly what: 'write' | 'sync' | 'sleep' | 'offline'; readonly who: number }
  | { readonly what: 'move'; readonly to: number }
  | { readonly what: 'crash'; readonly which: 'source' | 'target' }
  | { readonly what: 'cell'; readonly cellId: string; readonly how: 'add' | 'drain' | 'remove' }
  | { readonly what: 'step' | 'half a step' | 'call back' | 'clean' }

const one = <A extends object>(weight: number, act: fc.Arbitrary<A>) => ({ weight, arbitrary: act })
const who = fc.integer({ min: 0, max: 2 })
export const act: fc.Arbitrary<Act> = fc.oneof(
  one(4, fc.record({ what: fc.constant('write' as const), who })),
  one(5, fc.record({ what: fc.constant('sync' as const), who })),
  one(1, fc.record({ what: fc.constantFrom('sleep' as const, 'offline' as const), who })),
  one(3, fc.record({ what: fc.constant('move' as const), to: fc.integer({ min: 1, max: 6 }) })),
  one(
    1,
    fc.record({ what: fc.constant('crash' as const), which: fc.constantFrom('source' as const, 'target' as const) }),
  ),
  one(
    2,
    fc.record({
      what: fc.constant('cell' as const),
      cellId: fc.constantFrom('c5', 'c6'), // the others are of the variable
      how: fc.constantFrom('add' as const, 'drain' as const, 'remove' as const),
    }),
  ),
  one(8, fc.record({ what: fc.constant('step' as const) })),
  one(3, fc.record({ what: fc.constant('half a step' as const) })),
  one(1, fc.record({ what: fc.constant('call back' as const) })),
  one(1, fc.record({ what: fc.constant('clean' as const) })),
)
