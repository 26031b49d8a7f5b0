import { Button, NumberInput, Paper, Select, Stack, Text, TextInput } from '@mantine/core'
import { jurisdictions } from '#schema/placement/cells.ts'
import type { CellsSaid } from '#schema/placement/wire.ts'
import { isOfOperators, type Kind, kindOf, kinds, type PlanAddress, weightOf } from './plan-address.ts'
import { StoreSelect } from './store-select.tsx'

interface PlanFormProps {
  readonly address: PlanAddress
  readonly said: CellsSaid
  readonly isReady: boolean
  readonly isBusy: boolean
  readonly onChange: (change: PlanAddress) => void
  readonly onLook: () => void
}

/** What to try. Operators change cells; everybody moves what is his. */
export const PlanForm = ({ address, said, isReady, isBusy, onChange, onLook }: PlanFormProps) => {
  const kind = kindOf(address)
  const offered = kinds.filter((one) => said.mayOperate || !isOfOperators(one))
  return (
    <Paper
      component="form"
      withBorder
      p="md"
      aria-label="What to try"
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault()
        onLook()
      }}
    >
      <Stack gap="md">
        <Select
          label="What if I…"
          allowDeselect={false}
          checkIconPosition="right"
          value={kind}
          onChange={(what) => onChange({ what: what ?? 'move' })}
          data={offered.map((value) => ({ value, label: kindWords[value].label }))}
        />
        <Text size="sm" c="dimmed">
          {kindWords[kind].says}
        </Text>
        <Fields kind={kind} address={address} said={said} onChange={onChange} />
        <Button type="submit" variant="default" loading={isBusy} disabled={!isReady}>
          See what would move
        </Button>
      </Stack>
    </Paper>
  )
}

interface FieldsProps extends Pick<PlanFormProps, 'address' | 'said' | 'onChange'> {
  readonly kind: Kind
}

const Fields = ({ kind, address, said, onChange }: FieldsProps) => {
  const store = <StoreSelect value={address.store} onChange={(store) => onChange({ store })} />
  const to = (
    <CellSelect
      label="To"
      cells={said.cells.filter(({ takesStores }) => takesStores)}
      value={address.to}
      onChange={(to) => onChange({ to, jurisdiction: '' })}
    />
  )
  const cell = (
    <CellSelect label="Cell" cells={said.cells} value={address.cell} onChange={(cell) => onChange({ cell })} />
  )
  const weight = (
    <NumberInput
      label="Weight"
      description="2 takes twice as many stores as 1"
      min={0.1}
      max={10}
      step={0.5}
      value={weightOf(address)}
      onChange={(value) => onChange({ weight: String(value) })}
    />
  )
  if (kind === 'unpin') return store
  if (kind === 'move' || kind === 'pin')
    return (
      <>
        {store}
        {to}
      </>
    )
  if (kind === 'drain') return cell
  if (kind === 'weight')
    return (
      <>
        {cell}
        {weight}
      </>
    )
  if (kind === 'all')
    return (
      <>
        {to}
        <JurisdictionSelect
          label="Or to a jurisdiction"
          known={said.cells.flatMap(({ jurisdiction }) => jurisdiction ?? [])}
          value={address.jurisdiction}
          onChange={(jurisdiction) => onChange({ jurisdiction, to: '' })}
        />
      </>
    )
  return (
    <>
      <TextInput
        label="Name"
        description="1–16 lowercase letters and digits"
        value={address.cell ?? ''}
        onChange={({ currentTarget }) => onChange({ cell: currentTarget.value.trim().toLowerCase() })}
      />
      {weight}
      <JurisdictionSelect
        label="Jurisdiction, for as long as it lives"
        known={jurisdictions}
        value={address.jurisdiction}
        onChange={(jurisdiction) => onChange({ jurisdiction })}
      />
    </>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (value: string) => void
}

const CellSelect = ({ label, cells, value, onChange }: ChoiceProps & { readonly cells: CellsSaid['cells'] }) => (
  <Select
    label={label}
    placeholder="Choose a cell"
    checkIconPosition="right"
    value={value ?? null}
    onChange={(chosen) => onChange(chosen ?? '')}
    data={cells.map(({ cellId }) => cellId)}
  />
)

/** Nothing where no cell is bound to one. */
const JurisdictionSelect = ({ label, known, value, onChange }: ChoiceProps & { readonly known: readonly string[] }) =>
  known.length > 0 && (
    <Select
      label={label}
      placeholder="Anywhere"
      clearable
      clearButtonProps={{ 'aria-label': 'Anywhere' }}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? '')}
      data={[...new Set(known)].map((name) => ({ value: name, label: name.toUpperCase() }))}
    />
  )

const kindWords: Readonly<Record<Kind, { readonly label: string; readonly says: string }>> = {
  move: {
    label: 'move a store',
    says: 'It goes to another cell with all it holds. Until it is there, it can be called back.',
  },
  pin: { label: 'pin a store to a cell', says: 'It goes there and stays, whatever is rebalanced.' },
  unpin: { label: 'take a pin away', says: 'It stays where it is, and may be moved again.' },
  all: {
    label: 'move all of mine',
    says: 'Every store of this account goes there, one after the other. Pinned ones stay.',
  },
  add: { label: 'add a cell', says: 'It takes its share of what there is, and of what is new.' },
  weight: { label: 'change how much a cell takes', says: 'Its share of the ring, and so of all stores, changes.' },
  drain: {
    label: 'empty a cell',
    says: 'It takes nothing more, and all it holds goes elsewhere. Then it can be removed.',
  },
}
