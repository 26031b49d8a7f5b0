import { NumberInput, type NumberInputProps } from '@mantine/core'
import { type MemoryPolicy, refusalOfPolicy } from '#schema/memories/policy.ts'
import classes from './review.module.css'

interface PolicyFormProps {
  readonly policy: MemoryPolicy
  readonly onChange: (policy: MemoryPolicy) => void
}

/** How memories age: every field is a number, and what is out of range says so beside it. */
export const PolicyForm = ({ policy, onChange }: PolicyFormProps) => {
  const refusal = refusalOfPolicy(policy)
  return (
    <div className={classes.form}>
      {fields.map(({ key, refusedBy, ...field }) => (
        <NumberInput
          key={key}
          size="xs"
          min={0}
          value={policy[key] ?? ''}
          error={refusal !== undefined && refusal._tag === refusedBy ? refusal.message : undefined}
          onChange={(value) => {
            // Only where a field says what empty means may it be.
            if (value === '' && field.placeholder === undefined) return
            onChange({ ...policy, [key]: value === '' ? null : Number(value) })
          }}
          {...field}
        />
      ))}
    </div>
  )
}

interface PolicyField extends Pick<NumberInputProps, 'label' | 'description' | 'placeholder' | 'suffix'> {
  readonly key: keyof MemoryPolicy
  /** The refusal that is said beside it. */
  readonly refusedBy?: NonNullable<ReturnType<typeof refusalOfPolicy>>['_tag']
}

const score = { step: 0.05, max: 1, decimalScale: 2 }
const whole = { allowDecimal: false }

const fields: readonly (PolicyField & Pick<NumberInputProps, 'step' | 'max' | 'allowDecimal' | 'thousandSeparator'>)[] =
  [
    { key: 'hotFrom', label: 'Hot from', description: 'Score, 0–1', refusedBy: 'TiersOverlap', ...score },
    { key: 'warmFrom', label: 'Warm from', description: 'Score, 0–1', ...score },
    {
      key: 'halfLifeDays',
      label: 'Half-life',
      description: 'Days until time has halved',
      suffix: ' days',
      refusedBy: 'HalfLifeIllegal',
      ...whole,
    },
    {
      key: 'keepDays',
      label: 'Suggest to forget after',
      description: 'Empty: never',
      placeholder: 'Never',
      suffix: ' days',
      refusedBy: 'KeepDaysIllegal',
      ...whole,
    },
    {
      key: 'keepAbove',
      label: 'But keep above',
      description: 'Importance, 0–1',
      refusedBy: 'KeepAboveIllegal',
      ...score,
    },
    {
      key: 'maximum',
      label: 'At most',
      description: 'Empty: any number',
      placeholder: 'Any number',
      thousandSeparator: ' ',
      suffix: ' memories',
      refusedBy: 'MaximumIllegal',
      ...whole,
    },
  ]
