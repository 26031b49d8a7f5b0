import { Menu, ScrollArea } from '@mantine/core'
import { useModelGroups } from '#web/services/tasks/model-choices.ts'

/** Every model of every account, to choose one for once. */
export const ModelItems = ({ onChoose }: { readonly onChoose: (value: string) => void }) => (
  <ScrollArea.Autosize mah={360}>
    {useModelGroups().map(({ group, items }) => (
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
)
