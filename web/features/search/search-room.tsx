import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { rebuildIndex } from '#web/services/search/search.ts'
import { ChoiceList } from '#web/ui/choice-list.tsx'
import { type Choice, useChoices } from '#web/ui/use-choices.ts'
import { IndexProblem } from './index-problem.tsx'
import { IndexingLine, Notes } from './notes.tsx'
import { NothingFound } from './nothing-found.tsx'
import { usePersonaFaces } from './persona-faces.ts'
import { rememberQuery } from './recent-queries.ts'
import { resultStateOf } from './result-state.ts'
import { ResultsBar } from './results-bar.tsx'
import classes from './search.module.css'
import { SearchField } from './search-field.tsx'
import { SearchStart } from './search-start.tsx'
import { askedOf, cutNote, isAboutOnePersona } from './typed.ts'
import { useIndexingOf } from './use-indexing-of.ts'
import { useOutcome } from './use-outcome.ts'
import { useRoomGroups } from './use-room-groups.tsx'

export interface SearchAddress {
  readonly q?: string | undefined
  /** `newest` first; the best, if not. */
  readonly sort?: string | undefined
}

interface SearchRoomProps {
  readonly address: SearchAddress
  readonly onChange: (change: SearchAddress) => void
  readonly onOpen: (place: string) => void
}

/** Everything that was said and remembered, with all personas. The address holds what is looked for. */
export const SearchRoom = ({ address, onChange, onOpen }: SearchRoomProps) => {
  const { text, asked, isCut, type, put } = useTyped(address.q ?? '', (q) => onChange({ q }))
  const order = address.sort === 'newest' ? 'newest' : 'best'
  const [pages, setPages] = useState({ of: asked, count: 1 })
  const shownPages = pages.of === asked ? pages.count : 1
  const isOne = isAboutOnePersona(asked)
  const outcome = useOutcome({ typed: asked, limit: isOne ? onePersonaPage * shownPages : everybodyPage, order })
  const faces = usePersonaFaces()
  const indexing = useIndexingOf(faces.size)
  const state = resultStateOf(asked, outcome, indexing)
  const groups = useRoomGroups(state, {
    faces,
    isOne,
    onOpen,
    onAsk: put,
    onMore: () => setPages({ of: asked, count: shownPages + 1 }),
  })
  const onRun = (choice: Choice) => {
    if (choice.href !== undefined) rememberQuery(asked)
    choice.run()
  }
  const choices = useChoices({ groups, choosesFirst: false, onRun, onEnter: () => rememberQuery(asked) })
  const { listId, selectedId } = choices
  const list = <ChoiceList listId={listId} label="Found" groups={groups} selectedId={selectedId} onRun={onRun} />
  return (
    <div className={classes.room}>
      <SearchField
        text={text}
        onType={(typed) => {
          type(typed)
          choices.reset()
        }}
        onPut={put}
        comboProps={choices.fieldProps}
      />
      <div className={classes.results}>
        <Notes notes={[...(isCut ? [cutNote] : []), ...('answer' in state ? state.answer.notes : [])]} />
        <IndexProblem reason={state.kind === 'failed' ? state.reason : indexing.problem} onRebuild={rebuildIndex} />
        {state.kind !== 'notYet' && <IndexingLine indexing={indexing} />}
        {state.kind === 'blank' && <SearchStart hasRecent={groups.length > 0} recent={list} />}
        {state.kind === 'found' && (
          <>
            <ResultsBar answer={state.answer} order={order} onOrder={(sort) => onChange({ sort })} />
            {list}
          </>
        )}
        <NothingFound state={state} indexing={indexing} onAsk={put} />
      </div>
    </div>
  )
}

const everybodyPage = 60
const onePersonaPage = 100

/** What stands in the field. The address follows a moment later, and leads when it is changed from elsewhere. */
const useTyped = (q: string, onQuery: (q: string) => void) => {
  const [text, setText] = useState(q)
  const sent = useRef(q)
  useEffect(() => {
    if (q !== sent.current) setText(q)
    sent.current = q
  }, [q])
  const send = useDebouncedCallback((text: string) => {
    sent.current = askedOf(text).asked
    onQuery(sent.current)
  }, 150)
  const type = (typed: string) => {
    setText(typed)
    send(typed)
  }
  return { text, ...askedOf(text), type, put: type }
}
