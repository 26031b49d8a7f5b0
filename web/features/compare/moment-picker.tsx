import { NumberInput, TextInput } from '@mantine/core'
import type { StoreHistory } from '#web/services/history/history.ts'
import classes from './compare.module.css'

interface MomentPickerProps {
  readonly legend: string
  readonly value: number
  readonly history: StoreHistory
  readonly onChange: (n: number) => void
}

/** A moment of a log: the number of an event, or a time, from which the number follows. */
export const MomentPicker = ({ legend, value, history, onChange }: MomentPickerProps) => {
  const { head, numbers, times } = history.overview
  const at = times[numbers.lastIndexOf(value)]
  const choose = async (text: string) => {
    const time = Date.parse(text)
    if (!Number.isNaN(time)) onChange(await history.call('numberAt', { time: time + 59_999 }))
  }
  return (
    <fieldset className={classes.moment}>
      <legend>{legend}</legend>
      <NumberInput
        size="xs"
        label="Event"
        min={0}
        max={head}
        allowDecimal={false}
        clampBehavior="strict"
        value={value}
        onChange={(n) => typeof n === 'number' && onChange(n)}
      />
      <TextInput
        size="xs"
        type="datetime-local"
        label="Time"
        value={at === undefined || !Number.isFinite(at) ? '' : localMinute(at)}
        onChange={({ currentTarget }) => void choose(currentTarget.value)}
      />
    </fieldset>
  )
}

/** By the person's own clock, as the field wants it. */
const localMinute = (time: number): string =>
  new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
