import { Button, Menu, ScrollArea } from '@mantine/core'
import { useModelGroups } from '#web/services/tasks/model-choices.ts'

/** Asks a model chosen for this once. Nothing, where there is none. */
export const OtherModel = ({ onChoose }: { readonly onChoose: (value: string) => void }) => {
  const groups = useModelGroups()
  if (groups.every(({ items }) => items.length === 0)) return null
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button size="compact-xs" variant="default">
          Other model…
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={360}>
          {groups.map(({ group, items }) => (
            <div key={group}>
              <Menu.Label>{group}</Menu.Label>
              {items.map(({ value, label }) => (
                <Menu.Item key={value} onClick={() => onChoose(value)}>
                  {label}
                </Menu.Item>
              ))}
            </div>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}
