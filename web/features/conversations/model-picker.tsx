import { Button, Menu, ScrollArea } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Check, ChevronDown } from 'lucide-react'
import { byOrder, fromMemory, labelOf, type ModelOption, useModelGroups } from '#web/services/tasks/model-choices.ts'

interface ModelPickerProps {
  /** As a conversation's settings have it. */
  readonly value: string
  readonly onChoose: (value: string) => void
}

/** Who answers here: a model of an account, whoever is first in the persona's order, or what is remembered. */
export const ModelPicker = ({ value, onChoose }: ModelPickerProps) => {
  const groups = useModelGroups()
  const item = ({ value: itsValue, label }: ModelOption) => (
    <Menu.Item
      key={itsValue}
      rightSection={itsValue === value ? <Check size={14} aria-label="chosen" /> : undefined}
      onClick={() => onChoose(itsValue)}
    >
      {label}
    </Menu.Item>
  )
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          fw={400}
          maw={180}
          rightSection={<ChevronDown size={14} aria-hidden />}
          aria-label={`Answers: ${labelOf(groups, value)}`}
        >
          {labelOf(groups, value)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={360}>
          {item(byOrder)}
          {item(fromMemory)}
          {groups.map(({ group, items }) => (
            <div key={group}>
              <Menu.Label>{group}</Menu.Label>
              {items.map(item)}
            </div>
          ))}
          {groups.length === 0 && (
            <Menu.Item component={Link} to="/settings" hash="models">
              Add a model in Settings…
            </Menu.Item>
          )}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}
