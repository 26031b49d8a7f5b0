import { IndexingLine, Notes } from './notes.tsx'
import classes from './search.module.css'
import type { usePaletteHits } from './use-palette-hits.tsx'

type PaletteFootProps = Pick<ReturnType<typeof usePaletteHits>, 'state' | 'indexing' | 'notes'>

/** Beneath the choices: what was left aside, how much is searched, and what else one can type. */
export const PaletteFoot = ({ state, indexing, notes }: PaletteFootProps) => (
  <div className={classes.foot}>
    <Notes notes={notes} />
    {state.kind === 'failed' ? <p role="status">{state.reason}</p> : <IndexingLine indexing={indexing} />}
    {state.kind === 'nothing' && <p role="status">Nothing that was said or remembered holds this.</p>}
    {indexing.problem !== null && state.kind !== 'failed' && <p role="status">{indexing.problem}</p>}
    <p className={classes.operators}>
      Narrow it:{' '}
      {hinted.map((operator) => (
        <code key={operator}>{operator}</code>
      ))}
    </p>
  </div>
)

const hinted = ['from:', 'in:', 'kind:', 'before:', 'after:', 'has:']
