import { Modal } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import {
  FileArchive,
  GitCompareArrows,
  History,
  Keyboard,
  Plus,
  Search,
  Share2,
  ShieldCheck,
  Undo2,
} from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { searchTextOf } from '#schema/shared/text.ts'
import { directory$ } from '#schema/workspace/queries.ts'
import { sharedWords } from '#web/features/personas/shared-words.ts'
import { rightTo } from '#web/livestore/rights.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { personaStoreId } from '#web/livestore/stores.ts'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import { undoLatest } from '#web/ui/undo-stack.ts'
import { personaRooms, workspaceRooms } from './rooms.ts'
import classes from './shell-palette.module.css'
import { useActivePersona } from './use-active-persona.ts'

interface Choice {
  readonly id: string
  readonly label: string
  /** Said behind the label. */
  readonly note?: string | undefined
  readonly group: 'Personas' | 'Rooms' | 'Actions'
  readonly icon: ReactNode
  readonly run: () => void
}

interface ShellPaletteProps {
  readonly onClose: () => void
  readonly onHelp: () => void
}

/** Goes anywhere and does what every room can do, by a part of its name. */
export const ShellPalette = ({ onClose, onHelp }: ShellPaletteProps) => {
  const list = useId()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const choices = useChoices(onHelp)
  const wanted = searchTextOf(text.trim())
  const matching = choices.filter(({ label }) => searchTextOf(label).includes(wanted))
  const found = [
    // However many personas there are, rooms and actions stay in reach.
    ...matching.filter(({ group }) => group === 'Personas').slice(0, 8),
    ...matching.filter(({ group }) => group !== 'Personas'),
  ]
  const selected = found[Math.min(chosen, found.length - 1)]

  const run = (choice: Choice | undefined) => {
    if (choice === undefined) return
    onClose()
    choice.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by !== undefined) {
      event.preventDefault()
      setChosen((at) => (Math.min(at, found.length - 1) + by + found.length) % Math.max(found.length, 1))
    }
    if (event.key === 'Enter') run(selected)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={560}
      yOffset="12vh"
      title="Find anything"
      classNames={{ header: classes.title ?? '' }}
    >
      <div className={classes.field}>
        <Search size={16} aria-hidden />
        <input
          data-autofocus
          role="combobox"
          aria-label="Find anything"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={selected === undefined ? undefined : `${list}-${selected.id}`}
          placeholder="Personas, rooms, actions"
          value={text}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className={classes.list} id={list} role="listbox" aria-label="Found">
        {found.map((choice, index) => (
          <Line
            key={choice.id}
            id={`${list}-${choice.id}`}
            choice={choice}
            opensGroup={choice.group !== found[index - 1]?.group}
            isSelected={choice === selected}
            onRun={() => run(choice)}
          />
        ))}
        {found.length === 0 && <p className={classes.nothing}>Nothing has this name.</p>}
      </div>
    </Modal>
  )
}

/** What can be asked of a persona's log, in rooms that stand in no rail. */
const auditRooms = [
  { to: '/p/$personaId/verify', label: (name: string) => `Verify ${name}`, icon: ShieldCheck },
  { to: '/p/$personaId/compare', label: (name: string) => `Compare two states of ${name}`, icon: GitCompareArrows },
  { to: '/p/$personaId/bundle', label: (name: string) => `Export ${name} as a bundle`, icon: FileArchive },
] as const

const useChoices = (onHelp: () => void): readonly Choice[] => {
  const navigate = useNavigate()
  const active = useActivePersona()
  const personas = useWorkspaceStore().useQuery(directory$({ show: 'active', sort: 'recent' }))
  return [
    ...personas.map(
      ({ personaId, name, hue, avatar, sharedRole }): Choice => ({
        id: personaId,
        label: name,
        note: sharedWords(sharedRole, rightTo(personaStoreId(personaId))),
        group: 'Personas',
        icon: <HueAvatar name={name} hue={hue} src={avatar} size={20} />,
        run: () => void navigate({ to: '/p/$personaId/chats', params: { personaId } }),
      }),
    ),
    ...(active === null
      ? []
      : personaRooms.map(
          ({ to, label, icon: Icon }): Choice => ({
            id: to,
            label: `${active.name}: ${label}`,
            group: 'Rooms',
            icon: <Icon size={16} aria-hidden />,
            run: () => void navigate({ to, params: { personaId: active.personaId } }),
          }),
        )),
    ...workspaceRooms.map(
      ({ to, label, icon: Icon }): Choice => ({
        id: to,
        label,
        group: 'Rooms',
        icon: <Icon size={16} aria-hidden />,
        run: () => void navigate({ to }),
      }),
    ),
    ...(active === null
      ? []
      : auditRooms.map(
          ({ to, label, icon: Icon }): Choice => ({
            id: to,
            label: label(active.name),
            group: 'Actions',
            icon: <Icon size={16} aria-hidden />,
            run: () => void navigate({ to, params: { personaId: active.personaId } }),
          }),
        )),
    ...(active === null || rightTo(personaStoreId(active.personaId))?.canShare === false
      ? []
      : [
          {
            id: 'share',
            label: `Share ${active.name}`,
            group: 'Actions',
            icon: <Share2 size={16} aria-hidden />,
            run: () => void navigate({ to: '/p/$personaId/sharing', params: { personaId: active.personaId } }),
          } satisfies Choice,
        ]),
    ...(active === null
      ? []
      : [
          {
            id: 'past',
            label: `Look at the past of ${active.name}`,
            group: 'Actions',
            icon: <History size={16} aria-hidden />,
            // Beyond the last event: the bar makes the last of it.
            run: () =>
              void navigate({
                to: '/p/$personaId/memories',
                params: { personaId: active.personaId },
                search: { at: '999999999', of: active.personaId },
              }),
          } satisfies Choice,
        ]),
    {
      id: 'new-persona',
      label: 'New persona',
      group: 'Actions',
      icon: <Plus size={16} aria-hidden />,
      run: () => void navigate({ to: '/personas', search: { new: 'persona' } }),
    },
    {
      id: 'undo',
      label: 'Undo the latest act',
      group: 'Actions',
      icon: <Undo2 size={16} aria-hidden />,
      run: () => void undoLatest(),
    },
    {
      id: 'keys',
      label: 'Show all keys',
      group: 'Actions',
      icon: <Keyboard size={16} aria-hidden />,
      run: onHelp,
    },
  ]
}

interface LineProps {
  readonly id: string
  readonly choice: Choice
  readonly opensGroup: boolean
  readonly isSelected: boolean
  readonly onRun: () => void
}

const Line = ({ id, choice, opensGroup, isSelected, onRun }: LineProps) => {
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isSelected) line.current?.scrollIntoView({ block: 'nearest' })
  }, [isSelected])
  return (
    <>
      {opensGroup && (
        <div className={classes.group} role="presentation">
          {choice.group}
        </div>
      )}
      {/* The field keeps the focus and handles the keys: this is where its choice points. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div
        ref={line}
        id={id}
        role="option"
        aria-selected={isSelected}
        className={classes.line}
        onPointerDown={(event) => event.preventDefault()}
        onClick={onRun}
      >
        <span className={classes.icon}>{choice.icon}</span>
        <span className={classes.label}>{choice.label}</span>
        {choice.note !== undefined && <span className={classes.note}>{choice.note}</span>}
      </div>
    </>
  )
}
