import { Button, Menu } from '@mantine/core'
import { ArrowDownUp, Check } from 'lucide-react'
import type { MemoryOrder } from '#schema/memories/list-queries.ts'
import classes from './sort-menu.module.css'

interface SortMenuProps {
  readonly order: MemoryOrder
  readonly onChange: (order: MemoryOrder) => void
}

const choices = [
  { label: 'Added last', sort: 'addedAt', direction: 'desc' },
  { label: 'Added first', sort: 'addedAt', direction: 'asc' },
  { label: 'True most recently', sort: 'occurredAt', direction: 'desc' },
  { label: 'True longest ago', sort: 'occurredAt', direction: 'asc' },
  { label: 'Most important', sort: 'importance', direction: 'desc' },
  { label: 'Least important', sort: 'importance', direction: 'asc' },
] as const

export const SortMenu = ({ order, onChange }: SortMenuProps) => {
  const isChosen = ({ sort, direction }: MemoryOrder) => sort === order.sort && direction === order.direction
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          fw={400}
          flex="none"
          px="xs"
          leftSection={<ArrowDownUp size={14} aria-hidden />}
          classNames={{ section: classes.icon ?? '' }}
        >
          <span className={classes.label}>{choices.find(isChosen)?.label}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(({ label, sort, direction }) => (
          <Menu.Item
            key={label}
            rightSection={isChosen({ sort, direction }) ? <Check size={14} aria-label="chosen" /> : null}
            onClick={() => onChange({ sort, direction })}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
