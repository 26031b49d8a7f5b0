import { Modal } from '@mantine/core'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { PaletteFoot } from '#web/features/search/palette-foot.tsx'
import { usePaletteHits } from '#web/features/search/use-palette-hits.tsx'
import { ChoiceList } from '#web/ui/choice-list.tsx'
import { type Choice, useChoices } from '#web/ui/use-choices.ts'
import classes from './shell-palette.module.css'
import { useNamedGroups } from './shell-palette-choices.tsx'

interface ShellPaletteProps {
  readonly onClose: () => void
  readonly onHelp: () => void
}

/** Goes anywhere, does what every room can do, and finds what was said and remembered. */
export const ShellPalette = ({ onClose, onHelp }: ShellPaletteProps) => {
  const navigate = useNavigate()
  const { history } = useRouter()
  const [text, setText] = useState('')
  const onAll = (q: string) => void navigate({ to: '/search', search: q === '' ? {} : { q } })
  const named = useNamedGroups(text, onHelp)
  const { asked, groups: found, ...foot } = usePaletteHits(text, { onOpen: (place) => history.push(place), onAll })
  const groups = [...named, ...found]
  const onRun = (choice: Choice) => {
    onClose()
    choice.run()
  }
  const { listId, selectedId, reset, fieldProps } = useChoices({
    groups,
    choosesFirst: true,
    onRun,
    onEnter: () => {
      onClose()
      onAll(asked)
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={640}
      yOffset="12vh"
      title="Find anything"
      classNames={{ header: classes.title ?? '' }}
    >
      <div className={classes.field}>
        <Search size={16} aria-hidden />
        <input
          data-autofocus
          aria-label="Find anything"
          placeholder="Personas, rooms, actions, and everything said or remembered"
          autoComplete="off"
          dir="auto"
          value={text}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value)
            reset()
          }}
          {...fieldProps}
        />
      </div>
      <ChoiceList
        className={classes.list}
        listId={listId}
        label="Found"
        groups={groups}
        selectedId={selectedId}
        onRun={onRun}
      />
      <PaletteFoot {...foot} />
    </Modal>
  )
}
