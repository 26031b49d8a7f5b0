import { array, assert, constantFrom, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { colouringOf, paletteOf } from '#web/features/memories/graph/colouring.ts'
import { canvasColours, huesOfKinds } from '#web/features/memories/graph/colours.ts'
import { nodeTowards } from '#web/features/memories/graph/direction.ts'
import { layoutSteps } from '#web/features/memories/graph/layout.ts'
import { depthOf, networkAround } from '#web/features/memories/graph/neighbourhood.ts'
import { drawnIds, mostMemories, networkOf, tiedConversations } from '#web/features/memories/graph/network.ts'
import { spotOf } from '#web/features/memories/graph/places.ts'
import { startPlaces } from '#web/features/memories/graph/start-places.ts'

const memory = (memoryId: string, importId: string | null = null, tags: readonly string[] = []) => ({
  memoryId,
  preview: `About ${memoryId}`,
  kind: 'fact',
  importance: 0.5,
  tier: 'hot' as const,
  tags,
  importId,
  format: importId === null ? null : 'chatgpt',
})
const linked = (memoryId: string, otherId: string) => ({
  how: 'linked' as const,
  memoryId,
  otherId,
  relation: 'supports',
})
const learnt = (memoryId: string, otherId: string) => ({ how: 'learnt' as const, memoryId, otherId, relation: '' })
const chain = networkOf({
  memories: ['a', 'b', 'c', 'd', 'e'].map((id) => memory(id)),
  ties: [linked('a', 'b'), linked('b', 'c'), linked('c', 'd'), linked('d', 'e')],
  conversations: [],
})
const idsOf = ({ nodes }: typeof chain) => nodes.map(({ id }) => id)

test('[GR3] a network names the import of a memory that names no talk, ties only what is there, and is the same from parts in any order', () => {
  const parts = {
    memories: [memory('a', 'import1'), memory('b', 'import1'), memory('c')],
    ties: [learnt('a', 'talk'), learnt('c', 'deleted'), linked('a', 'c'), linked('a', 'gone'), linked('c', 'c')],
    conversations: [
      { conversationId: 'talk', title: 'Tea time' },
      { conversationId: 'quiet', title: 'Untied' },
    ],
  }
  const network = networkOf(parts)
  expect(tiedConversations(parts.ties)).toEqual(['talk', 'deleted'])
  expect(network.nodes.map(({ id, label }) => [id, label])).toEqual([
    ['a', 'About a'],
    ['b', 'About b'],
    ['c', 'About c'],
    ['conversation:talk', 'Tea time'],
    ['source:import1', 'An import (chatgpt)'],
  ])
  expect(network.edges).toEqual([
    { from: 'a', to: 'c', relation: 'supports', isLink: true },
    { from: 'a', to: 'conversation:talk', relation: 'learnt from', isLink: false },
    { from: 'b', to: 'source:import1', relation: 'imported from', isLink: false },
  ])
  expect(
    networkOf({
      memories: [...parts.memories].reverse(),
      ties: [...parts.ties].reverse(),
      conversations: [...parts.conversations].reverse(),
    }),
  ).toEqual(network)
})

test('[GR16] what names no talk is tied by the tags it shares, and by its import only if there are none; no step leads on from a tag', () => {
  const network = networkOf({
    memories: [
      memory('a', 'import1', ['art', 'alone']),
      memory('b', 'import1', ['art', 'pets']),
      memory('c', null, ['pets']),
      memory('d', 'import1', ['rare']),
      memory('e', 'import1', ['art']),
    ],
    ties: [learnt('e', 'talk')],
    conversations: [{ conversationId: 'talk', title: 'Tea time' }],
  })
  expect(network.edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
    'a tag:art',
    'b tag:art',
    'b tag:pets',
    'c tag:pets',
    'd source:import1',
    'e conversation:talk',
  ])
  expect(network.nodes.find(({ id }) => id === 'tag:art')).toMatchObject({ sort: 'tag', label: '#art', tier: null })
  expect(idsOf(networkAround(network, 'a', 3))).toEqual(['a', 'tag:art'])
  expect(idsOf(networkAround(network, 'tag:art', 1))).toEqual(['a', 'b', 'tag:art'])
})

test('[GR17] colours say the kind or the tier, as the address says, with a legend that counts what is found', () => {
  expect(['tier', 'kind', 'x', undefined].map(colouringOf)).toEqual(['tier', 'kind', 'kind', 'kind'])
  const all = [
    { kind: 'fact', tier: 'cold' as const },
    { kind: 'fact', tier: 'hot' as const },
    { kind: 'zeal', tier: 'cold' as const },
  ]
  const byTier = paletteOf('tier', all, all.slice(1))
  expect(byTier.rows.map(({ value, count }) => [value, count])).toEqual([
    ['hot', 1],
    ['cold', 1],
  ])
  expect(byTier.hueOf(all[0]!)).toBe(byTier.hueOf(all[2]!))
  const byKind = paletteOf('kind', all, all)
  expect(byKind.rows.map(({ value, count }) => [value, count])).toEqual([
    ['fact', 2],
    ['zeal', 1],
  ])
  // Who is filtered away changes nobody's colour.
  expect(paletteOf('kind', all, []).hueOf(all[2]!)).toBe(byKind.hueOf(all[2]!))
  for (const scheme of ['light', 'dark'] as const) {
    const { node, ground } = canvasColours(scheme)
    const colours = all.slice(0, 2).map((memory) => node(byTier.hueOf(memory)))
    for (const colour of colours) expect(contrast(colour, ground), scheme).toBeGreaterThan(3)
    expect(new Set(colours).size).toBe(2)
  }
})

test('[GR4] of many memories the first 5000 are drawn, and the open one', () => {
  const ids = Array.from({ length: mostMemories + 10 }, (_, n) => `m${n}`)
  const last = `m${mostMemories + 9}`
  expect(drawnIds(ids, [])).toEqual(ids.slice(0, mostMemories))
  expect(drawnIds(ids, ['m3'])).toEqual(ids.slice(0, mostMemories))
  expect(drawnIds(ids, [last])).toEqual([...ids.slice(0, mostMemories - 1), last])
  expect(drawnIds(ids, ['elsewhere'])).toEqual(ids.slice(0, mostMemories))
  expect(drawnIds(['a'], ['b'])).toEqual(['a'])
})

test('[GR20] what is linked to the open memory is drawn with it, wherever it stands', () => {
  const ids = Array.from({ length: mostMemories + 10 }, (_, n) => `m${n}`)
  const [open, linked] = [`m${mostMemories - 1}`, `m${mostMemories + 2}`]
  const drawn = drawnIds(ids, [open, linked])
  expect(drawn).toHaveLength(mostMemories)
  expect(drawn.slice(-2)).toEqual([open, linked])
})

test('[GR5] around a memory is what is one, two or three steps away, none of them through an import; nonsense in an address is everything', () => {
  const posted = networkOf({
    memories: ['a', 'b', 'c'].map((id) => memory(id, 'import1')),
    ties: [linked('a', 'b')],
    conversations: [],
  })
  expect(idsOf(networkAround(posted, 'a', 3))).toEqual(['a', 'b', 'source:import1'])
  expect(idsOf(networkAround(chain, 'c', 1))).toEqual(['b', 'c', 'd'])
  expect(networkAround(chain, 'a', 2).edges).toHaveLength(2)
  expect(idsOf(networkAround(chain, 'c', 2))).toHaveLength(5)
  expect(networkAround(chain, 'gone', 1)).toBe(chain)
  expect(['1', '3', '0', '4', 'x', undefined].map(depthOf)).toEqual([
    1,
    3,
    ...Array.from({ length: 4 }, () => undefined),
  ])
})

test('[GR6] a node starts where it stood, else beside its neighbours, else at the spot of its id', () => {
  const known = new Map([['b', { x: 100, y: -40 }]])
  const places = startPlaces(chain, [], known)
  expect(places.get('b')).toEqual({ x: 100, y: -40 })
  expect(Math.hypot((places.get('c')?.x ?? 0) - 100, (places.get('c')?.y ?? 0) + 40)).toBeLessThanOrEqual(5)
  expect(places.get('e')).toEqual(startPlaces(chain, [], new Map()).get('e'))
  const spots = Array.from({ length: 500 }, (_, n) => spotOf(`m${n}`))
  expect(spots.every(({ x, y }) => Math.hypot(x, y) <= 1)).toBe(true)
  expect(new Set(spots.map(({ x, y }) => `${Math.sign(x)} ${Math.sign(y)}`)).size).toBe(4)
})

test('[GR7] the same network is laid out the same twice, comes to an end, and keeps what is tied together', () => {
  const groups = 4
  const count = groups * 6
  const edges = Uint32Array.from({ length: count * 2 }, (_, end) => {
    const node = Math.floor(end / 2)
    return end % 2 === 0 ? node : node - (node % 6)
  })
  const laidOut = () => {
    const places = Float32Array.from({ length: count }, (_, n) => n).reduce(
      (all, n) => {
        all.set([spotOf(`m${n}`).x * 50, spotOf(`m${n}`).y * 50], 2 * n)
        return all
      },
      new Float32Array(count * 2),
    )
    const middles = Uint32Array.from({ length: count }, (_, n) => n)
    const seats = new Float32Array(count * 2)
    const parts = [...layoutSteps({ places, edges, middles, seats, isContinued: false })]
    expect(parts.at(-1)).toBe(1)
    return places
  }
  const places = laidOut()
  expect(laidOut()).toEqual(places)
  const apart = (one: number, other: number) =>
    Math.hypot(places[2 * one]! - places[2 * other]!, places[2 * one + 1]! - places[2 * other + 1]!)
  const mean = (pairs: readonly (readonly [number, number])[]) =>
    pairs.reduce((sum, [one, other]) => sum + apart(one, other), 0) / pairs.length
  const all = Array.from({ length: count }, (_, n) => n)
  const tied = all.flatMap((n) => (n % 6 === 0 ? [] : [[n, n - (n % 6)] as const]))
  const untied = all.flatMap((n) => [[n, (n + 6) % count] as const])
  expect(mean(tied)).toBeLessThan(mean(untied) / 2)
})

test('[GR8] an arrow leads to the nearest node in its direction, and nowhere if there is none', () => {
  const places = new Map([
    ['middle', { x: 0, y: 0 }],
    ['right', { x: 10, y: 1 }],
    ['far right', { x: 30, y: 0 }],
    ['above', { x: 2, y: -20 }],
    ['askew', { x: 8, y: 9 }],
  ])
  expect(nodeTowards('ArrowRight', 'middle', places)).toBe('right')
  expect(nodeTowards('ArrowUp', 'middle', places)).toBe('above')
  expect(nodeTowards('ArrowDown', 'middle', places)).toBe('askew')
  expect(nodeTowards('ArrowLeft', 'middle', places)).toBeUndefined()
  expect(nodeTowards('Enter', 'middle', places)).toBeUndefined()
  const place = tuple(array(constantFrom(-2, -1, 0, 1, 2), { minLength: 2, maxLength: 2 }))
  assert(
    property(array(place, { maxLength: 12 }), (found) => {
      const all = new Map(found.map(([[x = 0, y = 0]], n) => [`n${n}`, { x, y }]))
      const next = nodeTowards('ArrowRight', 'n0', all)
      expect(next === undefined || all.get(next)!.x > all.get('n0')!.x).toBe(true)
    }),
  )
})

test('[GR9] a kind has one colour, which stands out from the ground in the light and in the dark', () => {
  const kinds = ['fact', 'preference', 'event', 'instruction', 'lore', 'a', 'b', 'c', 'd', 'e', 'f', 'g']
  const hues = huesOfKinds(kinds)
  expect(hues).toEqual(huesOfKinds([...kinds].reverse()))
  expect(hues.get('g')).toBeNull()
  for (const scheme of ['light', 'dark'] as const) {
    const { node, ground, text } = canvasColours(scheme)
    for (const kind of kinds)
      expect(contrast(node(hues.get(kind) ?? null), ground), `${kind} ${scheme}`).toBeGreaterThan(3)
    expect(contrast(text, ground)).toBeGreaterThan(4.5)
  }
})

const contrast = (one: string, other: string) => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const luminance = (hex: string) => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
