import { useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import type { DirectoryEntry } from '#schema/workspace/queries.ts'
import { warmPersona } from '#web/livestore/stores.ts'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import { useKeys } from '#web/ui/use-keys.ts'
import classes from './persona-list.module.css'
import { PersonaMenu } from './persona-menu.tsx'
import { SharedIcon, SharedMark } from './shared-mark.tsx'
import { usePersonaActs } from './use-persona-acts.ts'

interface PersonaListProps {
  readonly personas: readonly DirectoryEntry[]
  readonly openId: string | undefined
  readonly onOpen: (personaId: string) => void
}

/** One row a persona; only those in sight are in the page, so that a thousand cost no more than twenty. */
export const PersonaList = ({ personas, openId, onOpen }: PersonaListProps) => {
  const acts = usePersonaActs()
  const handle = useRef<VirtualizerHandle>(null)
  const [cursorId, setCursorId] = useState(openId)
  const cursor = personas.findIndex(({ personaId }) => personaId === cursorId)

  const moveTo = (index: number) => {
    const target = personas[Math.min(Math.max(index, 0), personas.length - 1)]
    if (target === undefined) return
    setCursorId(target.personaId)
    handle.current?.scrollToIndex(personas.indexOf(target), { align: 'nearest' })
    // Beside an open one, walking the list walks what is shown.
    if (openId !== undefined) onOpen(target.personaId)
  }
  const at = (act: (persona: DirectoryEntry) => void) => () => {
    const persona = personas[cursor]
    if (persona !== undefined) act(persona)
  }
  const walk = (by: number) => (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest('section, nav, [role="radiogroup"]') !== null) return
    event.preventDefault()
    moveTo(cursor + by)
  }
  useKeys({
    ArrowDown: walk(1),
    ArrowUp: walk(-1),
    j: () => moveTo(cursor + 1),
    k: () => moveTo(cursor - 1),
    Enter: (event) => {
      if (event.target === document.body || isRow(event.target)) at(({ personaId }) => onOpen(personaId))()
    },
    e: at((persona) => void acts.archive(persona, persona.archivedAt === null)),
    x: at((persona) => (persona.unlistedAt === null ? acts.remove(persona) : acts.putBack(persona))),
  })

  return (
    <>
      <div className={classes.head} aria-hidden>
        <span>Name</span>
        <span className={classes.number}>Memories</span>
        <span className={classes.number}>Chats</span>
        <span className={classes.number}>Messages</span>
        <span>Last active</span>
        <span />
      </div>
      <div className={classes.list}>
        <Virtualizer ref={handle} as="ul" item="li">
          {personas.map((persona) => (
            <Row
              key={persona.personaId}
              persona={persona}
              isOpen={persona.personaId === openId}
              isAtCursor={persona.personaId === cursorId}
              onOpen={() => {
                setCursorId(persona.personaId)
                onOpen(persona.personaId)
              }}
            />
          ))}
        </Virtualizer>
      </div>
    </>
  )
}

const isRow = (target: EventTarget | null) => target instanceof Element && target.matches('[data-row]')

interface RowProps {
  readonly persona: DirectoryEntry
  readonly isOpen: boolean
  readonly isAtCursor: boolean
  readonly onOpen: () => void
}

const Row = ({ persona, isOpen, isAtCursor, onOpen }: RowProps) => {
  const { personaId, name, hue, avatar, memories, conversations, messages, lastActivityAt, sharedRole } = persona
  return (
    <div className={classes.row} data-open={isOpen || undefined} data-cursor={isAtCursor || undefined}>
      <button
        type="button"
        data-row
        className={classes.open}
        onClick={onOpen}
        onPointerEnter={() => void warmPersona(personaId)}
        aria-current={isOpen || undefined}
      >
        <HueAvatar name={name} hue={hue} src={avatar} size={24} />
        <span className={classes.name}>{name}</span>
        {sharedRole !== null && (
          <>
            <span className={classes.mark}>
              <SharedMark persona={persona} />
            </span>
            <span className={classes.smallMark}>
              <SharedIcon personaId={personaId} role={sharedRole} />
            </span>
          </>
        )}
      </button>
      <Count value={memories} of="memories" />
      <Count value={conversations} of="chats" />
      <Count value={messages} of="messages" />
      <span className={classes.when}>
        <RelativeTime at={lastActivityAt} c="dimmed" />
      </span>
      <PersonaMenu persona={persona} />
    </div>
  )
}

const Count = ({ value, of }: { readonly value: number; readonly of: string }) => (
  <span className={classes.number} title={`${value.toLocaleString()} ${of}`}>
    {value.toLocaleString()}
  </span>
)
