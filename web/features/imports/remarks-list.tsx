import { Button, Collapse, Group, Paper, Text, UnstyledButton } from '@mantine/core'
import { ChevronRight, Download } from 'lucide-react'
import { useState } from 'react'
import type { Remark } from '#schema/imports/plan.ts'
import { downloadText } from '#web/ui/charts/download.ts'
import { wholeNumber } from '#web/ui/charts/numbers.ts'
import classes from './imports.module.css'

interface RemarksListProps {
  readonly title: string
  readonly remarks: readonly Remark[]
  readonly fileName: string
}

const shown = 100

/** What cannot come along, or comes along changed: where it stands in the file, and why. */
export const RemarksList = ({ title, remarks, fileName }: RemarksListProps) => {
  const [open, setOpen] = useState(false)
  if (remarks.length === 0) return null
  return (
    <Paper withBorder>
      <Group justify="space-between" wrap="nowrap" pr="sm">
        <UnstyledButton className={classes.disclosure} aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronRight size={16} aria-hidden data-open={open || undefined} />
          {title}
        </UnstyledButton>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<Download size={14} aria-hidden />}
          onClick={() => downloadText(fileName, 'application/json', JSON.stringify(remarks, null, 1))}
        >
          JSON
        </Button>
      </Group>
      <Collapse expanded={open}>
        <ul className={classes.remarks}>
          {remarks.slice(0, shown).map(({ where, reason }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may say the same of the same place.
            <li key={place}>
              <Text size="sm" c="dimmed">
                {where}
              </Text>
              <Text size="sm">{reason}</Text>
            </li>
          ))}
          {remarks.length > shown && (
            <li>
              <Text size="sm" c="dimmed">
                And {wholeNumber(remarks.length - shown)} more, in the JSON.
              </Text>
            </li>
          )}
        </ul>
      </Collapse>
    </Paper>
  )
}
