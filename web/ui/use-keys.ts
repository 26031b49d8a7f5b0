import { useEffect, useRef } from 'react'
import { tinykeys } from 'tinykeys'

type Handlers = Readonly<Record<string, (event: KeyboardEvent) => void>>

/** Keys of a view, in tinykeys' notation (`g m`, `$mod+k`). Plain keys are left alone while someone types. */
export const useKeys = (handlers: Handlers) => {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  const keys = Object.keys(handlers).join('\n')
  useEffect(
    () =>
      tinykeys(
        window,
        Object.fromEntries(
          keys.split('\n').map((key) => [
            key,
            (event: KeyboardEvent) => {
              const typing = event.target instanceof HTMLElement && event.target.matches(typingTargets)
              if (typing && !key.includes('$mod') && key !== 'Escape') return
              if (document.querySelector('[role="dialog"]') !== null && !key.includes('$mod')) return
              latest.current[key]?.(event)
            },
          ]),
        ),
      ),
    [keys],
  )
}

const typingTargets = 'input, textarea, select, [contenteditable="true"], [contenteditable="true"] *'
