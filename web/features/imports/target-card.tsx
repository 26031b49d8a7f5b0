import { Group, Paper, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import type { DirectoryEntry } from '#schema/workspace/queries.ts'
import type { PlannedTarget } from '#web/services/import-lookup.ts'
import { wholeNumber } from '#web/ui/charts/numbers.ts'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import classes from './imports.module.css'
import { formatName, rowsOfTarget, sourceName } from './wording.ts'

interface TargetCardProps {
  readonly target: PlannedTarget
  /** The persona it goes into, if the workspace has it. */
  readonly entry: DirectoryEntry | null
  readonly personas: readonly DirectoryEntry[]
  /** Whether a persona was chosen in place of the one the file names. */
  readonly isRedirected: boolean
  readonly nameRefusal: string | null
  readonly onName: (name: string) => void
  readonly onTarget: (intoPersonaId: string | null) => void
}

const own = 'own'

/** One persona of the dry run: where it goes, and how much of it is new. */
export const TargetCard = ({ target, entry, personas, isRedirected, ...props }: TargetCardProps) => {
  const { outline, name } = target
  const isNew = entry === null
  const shownName = entry?.name ?? name
  return (
    <Paper component="section" withBorder p="md" aria-label={shownName}>
      <Stack gap="md">
        <Group wrap="nowrap" gap="sm">
          <HueAvatar
            name={shownName}
            hue={entry?.hue ?? outline.draft.hue}
            src={entry?.avatar ?? outline.draft.avatar}
            size={40}
          />
          <div style={{ minWidth: 0 }}>
            <Text fw={600} truncate>
              {shownName}
            </Text>
            <Text size="sm" c="dimmed">
              {outline.formats.map(formatName).join(', ')}
            </Text>
          </div>
        </Group>
        <Group grow align="start" preventGrowOverflow={false} className={classes.fields}>
          <Select
            label="Goes into"
            allowDeselect={false}
            searchable={personas.length > 8}
            limit={100}
            checkIconPosition="right"
            value={isRedirected ? outline.personaId : own}
            onChange={(value) => props.onTarget(value === own ? null : value)}
            data={[
              {
                value: own,
                label: isNew && !isRedirected ? 'A new persona' : sourceName(outline, entry, isRedirected),
              },
              ...personas
                .filter(({ personaId }) => isRedirected || personaId !== outline.personaId)
                .map(({ personaId, name }) => ({ value: personaId, label: name })),
            ]}
          />
          {isNew && (
            <TextInput
              label="Name"
              value={name}
              error={props.nameRefusal}
              onChange={({ currentTarget }) => props.onName(currentTarget.value)}
            />
          )}
        </Group>
        <Table className={classes.counts} verticalSpacing={4} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th aria-label="Kind" />
              <Table.Th>In the file</Table.Th>
              <Table.Th>Already here</Table.Th>
              <Table.Th>New</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rowsOfTarget(target).map(({ kind, all, known }) => (
              <Table.Tr key={kind}>
                <Table.Td>{kind}</Table.Td>
                <Table.Td>{wholeNumber(all)}</Table.Td>
                <Table.Td>{wholeNumber(known)}</Table.Td>
                <Table.Td fw={600}>{wholeNumber(all - known)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Paper>
  )
}
