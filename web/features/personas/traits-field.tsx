import { ActionIcon, Button, Group, Input, Slider, Stack, Text, TextInput } from '@mantine/core'
import { Plus, X } from 'lucide-react'
import type { CustomTrait, Traits } from '#schema/personas/events.ts'
import { traitEnds, traitNames } from './traits.ts'
import classes from './traits-field.module.css'

interface TraitsFieldProps {
  readonly traits: Traits
  readonly customTraits: readonly CustomTrait[]
  readonly error: string | undefined
  readonly onChange: (change: { readonly traits?: Traits; readonly customTraits?: readonly CustomTrait[] }) => void
}

export const TraitsField = ({ traits, customTraits, error, onChange }: TraitsFieldProps) => {
  const changeCustom = (index: number, change: Partial<CustomTrait>) =>
    onChange({ customTraits: customTraits.map((trait, at) => (at === index ? { ...trait, ...change } : trait)) })
  return (
    <Stack gap="sm" component="fieldset" className={classes.fields}>
      <Text component="legend" size="sm" fw={600} mb="sm">
        Traits
      </Text>
      {traitNames.map((name) => {
        const { label, low, high } = traitEnds[name]
        return (
          <div key={name} className={classes.trait}>
            <Text size="sm">{label}</Text>
            <Percent
              label={label}
              value={traits[name]}
              onChange={(value) => onChange({ traits: { ...traits, [name]: value } })}
            />
            <Text size="sm" ta="end" className={classes.number}>
              {traits[name]}
            </Text>
            <Group justify="space-between" className={classes.ends}>
              <Text size="xs" c="dimmed">
                {low}
              </Text>
              <Text size="xs" c="dimmed">
                {high}
              </Text>
            </Group>
          </div>
        )
      })}
      {customTraits.map((trait, index) => (
        // A trait being named has no identity but its place.
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <div key={index} className={classes.custom}>
          <TextInput
            size="xs"
            aria-label="Name of the trait"
            placeholder="Curiosity"
            value={trait.name}
            onChange={({ currentTarget }) => changeCustom(index, { name: currentTarget.value })}
          />
          <Percent
            label={trait.name || 'Trait'}
            value={trait.value}
            onChange={(value) => changeCustom(index, { value })}
          />
          <Text size="sm" ta="end" className={classes.number}>
            {trait.value}
          </Text>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove the trait ${trait.name}`}
            onClick={() => onChange({ customTraits: customTraits.filter((_, at) => at !== index) })}
          >
            <X size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {error !== undefined && <Input.Error role="alert">{error}</Input.Error>}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => onChange({ customTraits: [...customTraits, { name: '', value: 50 }] })}
        >
          Add a trait
        </Button>
      </div>
    </Stack>
  )
}

const Percent = ({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
}) => (
  <Slider
    size="sm"
    thumbSize={16}
    label={null}
    thumbLabel={label}
    value={value}
    onChange={onChange}
    min={0}
    max={100}
  />
)
