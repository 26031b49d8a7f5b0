import { NumberInput } from '@mantine/core'
import { type MemoryPolicy, refusalOfPolicy } from '#schema/memories/policy.ts'
import classes from './review.module.css'

interface PolicyFormProps {
  readonly policy: MemoryPolicy
  readonly onChange: (policy: MemoryPolicy) => void
}

/** How memories age: every field is a number, and what is out of range says so beside it. */
export const PolicyForm = ({ policy, onChange }: PolicyFormProps) => {
  const refusal = refusalOfPolicy(policy)
  const field = (key: keyof MemoryPolicy, refusedBy: string) => ({
    size: 'xs' as const,
    min: 0,
    value: policy[key] ?? '',
    error: refusal?._tag === refusedBy ? refusal.message : undefined,
    onChange: (value: string | number) => {
      const isOptional = key === 'keepDays' || key === 'maximum'
      if (value === '' && !isOptional) return
      onChange({ ...policy, [key]: value === '' ? null : Number(value) })
    },
  })
  const score = { step: 0.05, max: 1, decimalScale: 2 }
  return (
    <div className={classes.form}>
      <NumberInput label="Hot from" description="Score, 0–1" {...score} {...field('hotFrom', 'TiersOverlap')} />
      <NumberInput label="Warm from" description="Score, 0–1" {...score} {...field('warmFrom', '')} />
      <NumberInput
        label="Half-life"
        description="Days until time has halved"
        suffix=" days"
        allowDecimal={false}
        {...field('halfLifeDays', 'HalfLifeIllegal')}
      />
      <NumberInput
        label="Suggest to forget after"
        description="Empty: never"
        placeholder="Never"
        suffix=" days"
        allowDecimal={false}
        {...field('keepDays', 'KeepDaysIllegal')}
      />
      <NumberInput
        label="But keep above"
        description="Importance, 0–1"
        {...score}
        {...field('keepAbove', 'KeepAboveIllegal')}
      />
      <NumberInput
        label="At most"
        description="Empty: any number"
        placeholder="Any number"
        thousandSeparator=" "
        suffix=" memories"
        allowDecimal={false}
        {...field('maximum', 'MaximumIllegal')}
      />
    </div>
  )
}
