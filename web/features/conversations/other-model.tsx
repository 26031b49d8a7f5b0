import { Button, Menu } from '@mantine/core'
import { useModelGroups } from '#web/services/tasks/model-choices.ts'
import { ModelItems } from './model-items.tsx'

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
        <ModelItems onChoose={onChoose} />
      </Menu.Dropdown>
    </Menu>
  )
}
