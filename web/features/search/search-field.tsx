import { CloseButton, Popover, TextInput, UnstyledButton } from '@mantine/core'
import { CircleHelp, Search } from 'lucide-react'
import { useRef } from 'react'
import type { useChoices } from '#web/ui/use-choices.ts'
import { useKeys } from '#web/ui/use-keys.ts'
import { OperatorTable } from './operator-table.tsx'
import { operators } from './operators.ts'
import classes from './search.module.css'

interface SearchFieldProps {
  readonly text: string
  readonly onType: (text: string) => void
  readonly onPut: (text: string) => void
  readonly comboProps: ReturnType<typeof useChoices>['fieldProps']
}

/** Where one types; `/` comes here. Beneath it what narrows, put behind what stands there. */
export const SearchField = ({ text, onType, onPut, comboProps }: SearchFieldProps) => {
  const field = useRef<HTMLInputElement>(null)
  useKeys({
    '/': (event) => {
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    },
  })
  const put = (text: string) => {
    onPut(text)
    field.current?.focus()
  }
  return (
    <div className={classes.field}>
      <TextInput
        ref={field}
        size="md"
        aria-label="Search everything"
        placeholder="What was said, remembered, named…"
        autoComplete="off"
        dir="auto"
        autoFocus={!matchMedia('(hover: none)').matches}
        leftSection={<Search size={18} aria-hidden />}
        rightSection={text === '' ? null : <CloseButton aria-label="Clear" onClick={() => put('')} />}
        value={text}
        onChange={({ currentTarget }) => onType(currentTarget.value)}
        {...comboProps}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text !== '') {
            event.stopPropagation()
            onType('')
          }
          comboProps.onKeyDown(event)
        }}
      />
      <div className={classes.chips}>
        {operators.map(({ operator, says }) => (
          <UnstyledButton
            key={operator}
            className={classes.chip ?? ''}
            title={says}
            onClick={() => put(withOperator(text, operator))}
          >
            {operator}
          </UnstyledButton>
        ))}
        <Popover position="bottom-end" width={340} shadow="md" trapFocus returnFocus>
          <Popover.Target>
            <UnstyledButton className={classes.chip ?? ''} aria-label="What one can type">
              <CircleHelp size={14} aria-hidden />
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown aria-label="What one can type">
            <OperatorTable />
          </Popover.Dropdown>
        </Popover>
      </div>
    </div>
  )
}

const withOperator = (text: string, operator: string) => {
  const before = text.trimEnd()
  return before === '' ? operator : `${before} ${operator}`
}
