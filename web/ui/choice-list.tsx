import { type MouseEvent, useEffect } from 'react'
import classes from './choice-list.module.css'
import { type Choice, type ChoiceGroup, choiceElementId } from './use-choices.ts'

interface ChoiceListProps {
  readonly listId: string
  readonly label: string
  readonly groups: readonly ChoiceGroup[]
  readonly selectedId: string | undefined
  readonly onRun: (choice: Choice) => void
  /** Of the list itself: where it scrolls, it has to be what scrolls, so that its field scrolls it for whoever has keys only. */
  readonly className?: string | undefined
}

/** What a field of `useChoices` goes through. */
export const ChoiceList = ({ listId, label, groups, selectedId, onRun, className }: ChoiceListProps) => (
  <div id={listId} role="listbox" aria-label={label} className={className}>
    {groups.map((group) => (
      // biome-ignore lint/a11y/useSemanticElements: a fieldset is none of a listbox
      <div key={group.id} role="group" aria-label={group.label}>
        <div className={classes.group} role="presentation">
          {group.face ?? group.label}
        </div>
        {group.choices.map((choice) => (
          <Line
            key={choice.id}
            id={choiceElementId(listId, choice.id)}
            choice={choice}
            isSelected={choice.id === selectedId}
            onRun={onRun}
          />
        ))}
      </div>
    ))}
  </div>
)

interface LineProps {
  readonly id: string
  readonly choice: Choice
  readonly isSelected: boolean
  readonly onRun: (choice: Choice) => void
}

const Line = ({ id, choice, isSelected, onRun }: LineProps) => {
  useEffect(() => {
    if (isSelected) document.getElementById(id)?.scrollIntoView({ block: 'nearest' })
  }, [isSelected, id])
  const props = {
    id,
    role: 'option',
    tabIndex: -1,
    'aria-selected': isSelected,
    className: classes.line,
    // The field keeps the focus and handles the keys: this is where its choice points.
    onPointerDown: (event: { preventDefault: () => void }) => event.preventDefault(),
    onClick: (event: MouseEvent) => {
      if (choice.href !== undefined && opensApart(event)) return
      event.preventDefault()
      onRun(choice)
    },
  }
  return choice.href === undefined ? (
    <div {...props}>{choice.face}</div>
  ) : (
    <a href={choice.href} {...props}>
      {choice.face}
    </a>
  )
}

const opensApart = ({ ctrlKey, metaKey, shiftKey }: MouseEvent) => ctrlKey || metaKey || shiftKey
