import { NumberInput } from '@mantine/core'
import type { AccountLimits } from '#schema/providers/events.ts'
import classes from './providers.module.css'

interface LimitFieldsProps {
  readonly limits: AccountLimits
  readonly onChange: (limits: AccountLimits) => void
}

/** What the person allows itself; an empty field is no limit. */
export const LimitFields = ({ limits, onChange }: LimitFieldsProps) => (
  <fieldset className={classes.limits}>
    <legend>Limits, if any</legend>
    <div className={classes.fields}>
      {fields.map(({ quota, label }) => (
        <NumberInput
          key={quota}
          label={label}
          min={0}
          allowNegative={false}
          allowDecimal={quota === 'moneyPerDay'}
          thousandSeparator=" "
          prefix={quota === 'moneyPerDay' ? '$ ' : ''}
          placeholder="None"
          value={limits[quota] ?? ''}
          onChange={(value) => {
            const { [quota]: _old, ...others } = limits
            onChange(typeof value === 'number' ? { ...others, [quota]: value } : others)
          }}
        />
      ))}
    </div>
  </fieldset>
)

const fields = [
  { quota: 'requestsPerMinute', label: 'Requests a minute' },
  { quota: 'tokensPerMinute', label: 'Tokens a minute' },
  { quota: 'requestsPerDay', label: 'Requests a day' },
  { quota: 'tokensPerDay', label: 'Tokens a day' },
  { quota: 'moneyPerDay', label: 'Money a day' },
] as const
