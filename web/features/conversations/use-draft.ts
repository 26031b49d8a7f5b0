import { useEffect, useRef, useState } from 'react'
import { newId } from '#web/livestore/session.ts'
import { type Draft, emptyDraft, isEmptyDraft, makeDrafts, pageLockName } from './drafts.ts'

const pageId = newId()
const drafts = makeDrafts(localStorage, pageId)
// Held until the page is gone, however it goes.
void navigator.locks.request(pageLockName(pageId), () => new Promise(() => undefined))

/** The draft of one place (a conversation, or a new one of a persona) and how to change it. Kept as it is written. */
export const useDraft = (place: string) => {
  const [draft, setDraft] = useState(() => drafts.own(place))
  const latest = useRef(draft)

  useEffect(() => {
    let current = true
    const adopt = async () => {
      const live = await livePageIds()
      if (!current || !isEmptyDraft(latest.current)) return
      const adopted = drafts.adopt(place, live)
      if (adopted === undefined) return
      latest.current = adopted
      setDraft(adopted)
    }
    adopt().catch(console.error)
    return () => {
      current = false
    }
  }, [place])

  /** Changes what is named; what was not, stays as it is by then. */
  const change = (changed: Partial<Omit<Draft, 'writtenAt'>>) => {
    latest.current = { ...latest.current, ...changed, writtenAt: Date.now() }
    drafts.keep(place, latest.current)
    setDraft(latest.current)
  }
  return { draft, change, clear: () => change(emptyDraft), latest: () => latest.current }
}

const livePageIds = async (): Promise<ReadonlySet<string>> => {
  const { held = [] } = await navigator.locks.query()
  const prefix = pageLockName('')
  return new Set(held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])))
}
