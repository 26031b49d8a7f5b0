import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'

export interface Choice {
  /** Without spaces. */
  readonly id: string
  readonly face: ReactNode
  /** Where it leads, if that is an address: as a link it opens in a tab of its own too. */
  readonly href?: string
  readonly run: () => void
}

export interface ChoiceGroup {
  readonly id: string
  readonly label: string
  /** Instead of the label, to be looked at. */
  readonly face?: ReactNode
  readonly choices: readonly Choice[]
}

interface ChoicesOptions {
  readonly groups: readonly ChoiceGroup[]
  /** Whether the first is chosen before anybody moves. */
  readonly choosesFirst: boolean
  readonly onRun: (choice: Choice) => void
  /** Enter with Ctrl or ⌘, or where nothing is chosen. */
  readonly onEnter: () => void
}

/** A field whose arrow keys go through the choices of all groups beneath it; the field keeps the focus. */
export const useChoices = ({ groups, choosesFirst, onRun, onEnter }: ChoicesOptions) => {
  const listId = useId()
  // By its id: what is found later and stands above moves nothing.
  const [chosenId, choose] = useState<string>()
  const all = groups.flatMap(({ choices }) => choices)
  const selected = all.find(({ id }) => id === chosenId) ?? (choosesFirst ? all[0] : undefined)

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter, while characters are put together from several keys, is about them.
    if (event.nativeEvent.isComposing) return
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by !== undefined && all.length > 0) {
      event.preventDefault()
      const at = selected === undefined ? (by === 1 ? -1 : 0) : all.indexOf(selected)
      choose(all[(at + by + all.length) % all.length]?.id)
    }
    if (event.key !== 'Enter') return
    event.preventDefault()
    if (event.ctrlKey || event.metaKey || selected === undefined) onEnter()
    else onRun(selected)
  }
  return {
    listId,
    selectedId: selected?.id,
    /** To what is chosen before anybody moves. */
    reset: () => choose(undefined),
    fieldProps: {
      role: 'combobox',
      'aria-expanded': all.length > 0,
      'aria-autocomplete': 'list',
      'aria-controls': listId,
      'aria-activedescendant': selected === undefined ? undefined : choiceElementId(listId, selected.id),
      onKeyDown,
    },
  } as const
}

export const choiceElementId = (listId: string, choiceId: string): string => `${listId}-${choiceId}`
