import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { endOfDay, endOfSpan, spans } from '#web/ui/expiry.ts'

interface ExpiryFieldProps {
  readonly value: Date | null
  readonly onChange: (expiresAt: Date | null) => void
}

/** When the link and what it gave end by themselves. */
export const ExpiryField = ({ onChange }: ExpiryFieldProps) => {
  const [span, setSpan] = useState('never')
  const [text, setText] = useState('')
  const [isOver, setOver] = useState(false)
  return (
    <>
      <Select
        label="Ends"
        description="With all that it gave."
        data={[...spans.map(({ value, label }) => ({ value, label })), { value: 'date', label: 'After a date' }]}
        value={span}
        allowDeselect={false}
        onChange={(chosen) => {
          setSpan(chosen ?? 'never')
          onChange(chosen === 'date' ? (endOfDay(text, Date.now()) ?? null) : endOfSpan(chosen ?? 'never', Date.now()))
        }}
      />
      {span === 'date' && (
        <TextInput
          type="date"
          label="Last day"
          description="To its end, on your clock."
          value={text}
          error={isOver ? 'This day is over.' : undefined}
          onChange={({ currentTarget }) => {
            const end = endOfDay(currentTarget.value, Date.now())
            setText(currentTarget.value)
            setOver(currentTarget.value !== '' && end === undefined)
            onChange(end ?? null)
          }}
        />
      )}
    </>
  )
}
