import { type RefObject, useEffect, useEffectEvent, useState } from 'react'

/** Takes files that are dropped anywhere on the parent of an element. Gives whether some hover over it. */
export const useFileDrop = (inside: RefObject<HTMLElement | null>, onFiles: (files: readonly File[]) => void) => {
  const [isOver, setOver] = useState(false)
  const take = useEffectEvent(onFiles)
  useEffect(() => {
    const area = inside.current?.parentElement
    if (area == null) return
    const stopped = new AbortController()
    // A pointer that goes from one element to the next leaves the first after it entered the second.
    let depth = 0
    const on = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) =>
      area.addEventListener(
        type,
        (event) => {
          if (event.dataTransfer?.types.includes('Files') !== true) return
          event.preventDefault()
          act(event)
          setOver(depth > 0)
        },
        { signal: stopped.signal },
      )
    on('dragenter', () => {
      depth++
    })
    on('dragover', () => {})
    on('dragleave', () => {
      depth--
    })
    on('drop', ({ dataTransfer }) => {
      depth = 0
      take([...(dataTransfer?.files ?? [])])
    })
    return () => stopped.abort()
  }, [inside])
  return isOver
}
