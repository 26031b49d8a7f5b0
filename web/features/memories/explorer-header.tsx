import { ActionIcon, Button, Group, Title, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { ArrowLeft, ListChecks, Plus, Trash2 } from 'lucide-react'
import { memo } from 'react'
import { memoryTotals$ } from '#schema/memories/list-queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { FilterSheet } from '#web/ui/filter-sheet.tsx'
import { TextFilter } from '#web/ui/text-filter.tsx'
import { ConflictsButton } from './conflicts-button.tsx'
import classes from './explorer-header.module.css'
import { FilterBar } from './filter-bar.tsx'
import { focusMemoryList } from './memory-list.tsx'
import { isNarrowed, type MemorySearch, newMemory } from './memory-search.ts'
import type { SearchChange } from './use-memory-search.ts'
import { ViewSwitch } from './view-switch.tsx'

interface ExplorerHeaderProps {
  readonly search: MemorySearch
  readonly found: number
  readonly onChange: (change: SearchChange, options?: { readonly replace: boolean }) => void
}

export const ExplorerHeader = memo(function ExplorerHeader({ search, found, onChange }: ExplorerHeaderProps) {
  const { remembered, forgotten } = usePersonaStore().useQuery(memoryTotals$)
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const isBin = search.show === 'forgotten'
  const { text: _, ...besides } = search
  const mayWrite = useMayWrite()
  const total = isBin ? forgotten : remembered
  const views = !isBin && <ViewSwitch value={search.view} onChange={(view) => onChange({ view }, { replace: false })} />
  return (
    <header className={classes.header}>
      <Group gap="sm" wrap="nowrap">
        {isBin && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Back to the memories"
            onClick={() => onChange({ show: undefined, memory: undefined })}
          >
            <ArrowLeft size={16} />
          </ActionIcon>
        )}
        <Title order={2} size="sm" lh="24px" className={classes.title}>
          {isNarrowed(search) && `${found.toLocaleString()} of `}
          {total.toLocaleString()} {isBin ? 'forgotten' : total === 1 ? 'memory' : 'memories'}
        </Title>
        <span style={{ flex: 1 }} />
        {!isPhone && views}
        <ConflictsButton
          isShort={isPhone}
          onOpen={(memory) => onChange({ show: undefined, memory }, { replace: false })}
        />
        {!isPhone && (
          <TextFilter value={search.text ?? ''} onChange={(text) => onChange({ text })} onLeave={focusMemoryList} />
        )}
        {!isBin && (
          <>
            <Tooltip label={`Forgotten: ${forgotten.toLocaleString()}`} openDelay={300}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="md"
                aria-label={`Forgotten memories: ${forgotten}`}
                onClick={() => onChange({ show: 'forgotten', memory: undefined }, { replace: false })}
              >
                <Trash2 size={16} />
              </ActionIcon>
            </Tooltip>
            {mayWrite && (
              <Tooltip label="Review tiers, duplicates, contradictions" openDelay={300}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="md"
                  aria-label="Review the memories"
                  onClick={() => onChange({ review: 'tiers' }, { replace: false })}
                >
                  <ListChecks size={16} />
                </ActionIcon>
              </Tooltip>
            )}
            {mayWrite && (
              <Button
                aria-label="Add memory"
                size="xs"
                flex="none"
                leftSection={<Plus size={14} aria-hidden />}
                onClick={() => onChange({ memory: newMemory }, { replace: false })}
              >
                Add<span className={classes.wide}>&nbsp;memory</span>
              </Button>
            )}
          </>
        )}
      </Group>
      {isPhone ? (
        <Group gap="sm" wrap="nowrap" mt="sm">
          <TextFilter value={search.text ?? ''} onChange={(text) => onChange({ text })} onLeave={focusMemoryList} />
          {views}
          <FilterSheet isNarrowed={isNarrowed(besides)} found={found} height={340}>
            <FilterBar search={search} onChange={onChange} />
          </FilterSheet>
        </Group>
      ) : (
        <Group gap="sm" mt="sm" wrap="nowrap">
          <FilterBar search={search} onChange={onChange} />
        </Group>
      )}
    </header>
  )
})
