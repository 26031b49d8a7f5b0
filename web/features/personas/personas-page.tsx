import { Button, SegmentedControl, Select, Text, TextInput } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Plus, Search } from 'lucide-react'
import { useRef } from 'react'
import { searchTextOf } from '#schema/shared/text.ts'
import { type DirectoryFilter, directory$, directoryCounts$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { Split } from '#web/ui/split.tsx'
import { useKeys } from '#web/ui/use-keys.ts'
import { PersonaDetail } from './persona-detail.tsx'
import { PersonaList } from './persona-list.tsx'
import classes from './personas-page.module.css'

interface PersonasSearch {
  readonly q?: string
  readonly show?: string
  readonly sort?: string
  /** The persona open beside the list. */
  readonly open?: string
  readonly new?: string
}

const sorts = [
  { value: 'recent', label: 'Recently active' },
  { value: 'name', label: 'Name' },
  { value: 'created', label: 'Newest' },
  { value: 'memories', label: 'Most memories' },
]

/** All personas of the workspace. Everything it shows comes from the directory: no persona's store is opened for it. */
export const PersonasPage = () => {
  const store = useWorkspaceStore()
  const navigate = useNavigate()
  const search: PersonasSearch = useSearch({ strict: false })
  const counts = store.useQuery(directoryCounts$)
  const filterField = useRef<HTMLInputElement>(null)

  const show = (['active', 'archived', 'removed'] as const).find((it) => it === search.show) ?? 'active'
  const sort = (['recent', 'name', 'created', 'memories'] as const).find((it) => it === search.sort) ?? 'recent'
  const listed = store.useQuery(directory$({ show, sort }))
  const wanted = searchTextOf((search.q ?? '').trim())
  const personas = wanted === '' ? listed : listed.filter(({ name }) => searchTextOf(name).includes(wanted))

  const change = (part: PersonasSearch, replace = true) =>
    void navigate({ to: '/personas', search: { ...search, ...part } as Record<string, string>, replace })
  const close = () => change({ ...closed })

  useKeys({
    '/': (event) => {
      event.preventDefault()
      filterField.current?.focus()
    },
    Escape: () => {
      if (document.activeElement === filterField.current) filterField.current?.blur()
      else close()
    },
  })

  const list = (
    <div className={classes.page}>
      <div className={classes.tools}>
        <TextInput
          ref={filterField}
          className={classes.filter}
          size="sm"
          aria-label="Filter by name"
          placeholder="Filter by name"
          leftSection={<Search size={16} aria-hidden />}
          value={search.q ?? ''}
          onChange={({ currentTarget }) => change({ q: currentTarget.value })}
        />
        <Select
          size="sm"
          aria-label="Sort by"
          data={sorts}
          value={sort}
          onChange={(value) => change({ sort: value ?? 'recent' })}
          allowDeselect={false}
          w={168}
        />
        <Button
          leftSection={<Plus size={16} aria-hidden />}
          onClick={() => change({ ...closed, new: 'persona' }, false)}
        >
          New persona
        </Button>
      </div>
      <div className={classes.tabs}>
        <SegmentedControl
          size="xs"
          value={show}
          onChange={(value) => change({ show: value })}
          data={tabs.map(([value, label]) => ({ value, label: `${label} ${counts[value].toLocaleString()}` }))}
          aria-label="Which personas"
        />
        <Text size="sm" c="dimmed" role="status">
          {personas.length.toLocaleString()} of {counts[show].toLocaleString()}
        </Text>
      </div>
      {personas.length > 0 ? (
        <PersonaList
          personas={personas}
          openId={search.open}
          onOpen={(personaId) => change({ ...closed, open: personaId }, false)}
        />
      ) : (
        <Nothing
          show={show}
          filtered={wanted !== ''}
          onClear={() => change({ q: '' })}
          onNew={() => change({ new: 'persona' })}
        />
      )}
    </div>
  )
  const detail =
    search.new !== undefined || search.open !== undefined ? (
      <PersonaDetail personaId={search.new === undefined ? search.open : undefined} onClose={close} />
    ) : null
  return <Split list={list} detail={detail} detailLabel="Persona" detailWidth={480} />
}

/** Nothing beside the list. */
const closed = { open: undefined, new: undefined } as unknown as PersonasSearch // the router drops what is undefined

const tabs = [
  ['active', 'Active'],
  ['archived', 'Archived'],
  ['removed', 'Removed'],
] as const

interface NothingProps {
  readonly show: DirectoryFilter['show']
  readonly filtered: boolean
  readonly onClear: () => void
  readonly onNew: () => void
}

const Nothing = ({ show, filtered, onClear, onNew }: NothingProps) => {
  if (filtered)
    return (
      <EmptyState
        title="No persona has this name"
        text="The filter looks at names only."
        action={<Button onClick={onClear}>Clear the filter</Button>}
      />
    )
  if (show === 'archived')
    return <EmptyState title="Nothing is archived" text="Archived personas leave the rail and keep everything." />
  if (show === 'removed')
    return <EmptyState title="Nothing is removed" text="Removed personas wait here and can be put back." />
  return (
    <EmptyState
      title="No personas yet"
      text="A persona has a character, remembers, and talks with you."
      action={<Button onClick={onNew}>New persona</Button>}
    />
  )
}
