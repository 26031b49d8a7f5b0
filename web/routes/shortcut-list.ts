import { personaRooms, workspaceRooms } from './rooms.ts'
import { globalKeys, roomKey } from './shortcuts.ts'

interface Shortcut {
  /** As tinykeys reads it. */
  readonly keys: string
  readonly says: string
}

interface ShortcutGroup {
  readonly title: string
  readonly shortcuts: readonly Shortcut[]
}

/** The one list of all keys, shown by `?`. Lists and rooms answer to theirs themselves. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'Everywhere',
    shortcuts: [
      { keys: globalKeys.palette, says: 'Find anything: personas, rooms, actions, what was said' },
      { keys: globalKeys.newPersona, says: 'New persona' },
      { keys: 'c', says: 'New conversation' },
      { keys: 'm', says: 'New memory' },
      { keys: globalKeys.undo, says: 'Undo the latest act' },
      { keys: 'Control+1 … 9', says: 'Switch to a persona of the rail' },
      { keys: globalKeys.help, says: 'Show these keys' },
    ],
  },
  {
    title: 'Go to',
    shortcuts: [...personaRooms, ...workspaceRooms].map(({ letter, label }) => ({
      keys: roomKey(letter),
      says: label,
    })),
  },
  {
    title: 'In a list',
    shortcuts: [
      { keys: 'ArrowUp / ArrowDown', says: 'Move' },
      { keys: 'Enter', says: 'Open beside' },
      { keys: 'Space', says: 'Select' },
      { keys: 'x', says: 'Remove or forget; undo brings it back' },
      { keys: 'h', says: 'History of the memory that is open' },
      { keys: '/', says: 'Filter' },
      { keys: 'Escape', says: 'Close what is open' },
    ],
  },
  {
    title: 'In the graph, on the map, over the timeline',
    shortcuts: [
      { keys: '← ↑ ↓ →', says: 'To what is next in that direction' },
      { keys: '+ / -', says: 'Look closer, look from further away' },
      { keys: '0', says: 'All of it' },
      { keys: 'Shift+ArrowRight', says: 'Draw a time over the timeline; Enter narrows to it' },
    ],
  },
  {
    title: 'In a store that is looked into',
    shortcuts: [
      { keys: 's', says: 'To another store, by a few letters' },
      { keys: '[ / ]', says: 'To the store before, to the next' },
      { keys: 'Control+Enter', says: 'Run the question' },
      { keys: '↑', says: 'At the beginning of a question: what was asked before' },
    ],
  },
]

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

const names: Readonly<Record<string, string>> = {
  $mod: isMac ? '⌘' : 'Ctrl',
  Control: 'Ctrl',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  'Shift+?': '?',
  '+ / -': '+ / −',
  'ArrowUp / ArrowDown': '↑ / ↓',
  '[ / ]': '[ / ]',
  Escape: 'Esc',
}

/** `$mod+k` as a person sees it on the keyboard: `Ctrl K`. */
export const keyLabels = (keys: string): readonly string[] =>
  names[keys] !== undefined
    ? [names[keys]]
    : keys.split(/[+ ]/).map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key))
