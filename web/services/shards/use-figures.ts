import { useEffect, useState } from 'react'
import { type Figures, openFigures } from './figures.ts'
import type { Shard } from './use-shards.ts'

/** How much each store holds, read one after the other, and again when more is in it. What is not known is not there. */
export const useFigures = (shards: readonly Shard[]): ReadonlyMap<string, Figures> => {
  const [figures, setFigures] = useState<ReadonlyMap<string, Figures>>(new Map())
  const wanted = shards.map(({ storeId, events }) => `${storeId} ${events}`).join('\n')
  useEffect(() => {
    if (wanted === '') return
    let isGone = false
    const reader = openFigures()
    const readAll = async () => {
      for (const line of wanted.split('\n')) {
        const [storeId = ''] = line.split(' ')
        const read = await reader.read(storeId).catch(() => undefined) // a list says less, and goes on
        if (isGone) return
        if (read !== undefined) setFigures((before) => new Map([...before, [storeId, read]]))
      }
      reader.close()
    }
    // What changes at once is read once.
    const timer = setTimeout(() => void readAll(), 300)
    return () => {
      isGone = true
      clearTimeout(timer)
      reader.close()
    }
  }, [wanted])
  return figures
}
