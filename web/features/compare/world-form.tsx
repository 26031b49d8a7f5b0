import { MultiSelect, NumberInput, Text, TextInput } from '@mantine/core'
import { devices$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import type { Makers } from '#web/services/history/compare.ts'
import classes from './compare.module.css'
import { type CompareSearch, listIn } from './compare-search.ts'

interface WorldFormProps {
  readonly search: CompareSearch
  readonly makers: Makers
  readonly onChange: (change: CompareSearch) => void
}

/** What is otherwise in the other world: which events it does not have, and which policies it has. */
export const WorldForm = ({ search, makers, onChange }: WorldFormProps) => {
  const known = new Map(
    useWorkspaceStore()
      .useQuery(devices$)
      .map(({ deviceId, browser, platform }) => [deviceId, `${browser} on ${platform}`]),
  )
  const text = (key: 'without' | 'since' | 'until') => ({
    size: 'xs' as const,
    value: search[key] ?? '',
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ [key]: event.currentTarget.value }),
  })
  const number = (key: 'factor' | 'floor' | 'days' | 'above') => ({
    size: 'xs' as const,
    value: search[key] ?? '',
    min: 0,
    onChange: (value: string | number) => onChange({ [key]: String(value) }),
  })
  return (
    <>
      <Text size="sm" c="dimmed">
        The same log without some of its events, or under other policies, replayed beside the world as it is. Nothing of
        it is kept, and nothing is sent anywhere.
      </Text>
      <div className={classes.form}>
        <TextInput
          label="Without the events"
          description="Numbers, or from–to"
          placeholder="12, 15-20"
          {...text('without')}
        />
        <MultiSelect
          size="xs"
          label="Without all that are"
          description="What happened"
          searchable
          clearable
          data={makers.names.map(([name, count]) => ({ value: name, label: `${name} (${count.toLocaleString()})` }))}
          value={[...listIn(search.names)]}
          onChange={(names) => onChange({ names: names.join(',') })}
        />
        <MultiSelect
          size="xs"
          label="Without all from"
          description="Devices"
          clearable
          data={makers.devices.map(([deviceId, count]) => ({
            value: deviceId,
            label: `${known.get(deviceId) ?? deviceId} (${count.toLocaleString()})`,
          }))}
          value={[...listIn(search.devices)]}
          onChange={(devices) => onChange({ devices: devices.join(',') })}
        />
        <TextInput
          type="datetime-local"
          label="Without all since"
          description="And what happened after"
          {...text('since')}
        />
        <TextInput
          type="datetime-local"
          label="Without all until"
          description="And what happened before"
          {...text('until')}
        />
        <NumberInput
          label="Importance times"
          description="Each memory weighs so much as much"
          step={0.1}
          {...number('factor')}
        />
        <NumberInput label="Importance at least" description="0 to 1" step={0.05} max={1} {...number('floor')} />
        <NumberInput
          label="Forget memories after"
          description="Days since they were learnt"
          allowDecimal={false}
          {...number('days')}
        />
        <NumberInput
          label="Unless importance is above"
          description="0 to 1"
          step={0.05}
          max={1}
          disabled={search.days === undefined || search.days === ''}
          {...number('above')}
        />
      </div>
    </>
  )
}
