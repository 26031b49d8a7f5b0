import { useEffect, useRef, useState } from 'react'

/** A text that is typed, and told a moment after the last key; what is set from elsewhere takes its place. */
export const useWaitingText = (value: string, onChange: (text: string) => void, milliseconds: number) => {
  const [text, setText] = useState(value)
  const sent = useRef(value)
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  useEffect(() => {
    // Not by what was typed here.
    if (value !== sent.current) setText(value)
    sent.current = value
  }, [value])
  useEffect(() => {
    if (text === sent.current) return
    const timer = setTimeout(() => {
      sent.current = text
      latest.current(text)
    }, milliseconds)
    return () => clearTimeout(timer)
  }, [text, milliseconds])
  return [text, setText] as const
}
