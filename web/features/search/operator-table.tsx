import { operators, otherMarks } from './operators.ts'
import classes from './search.module.css'

export const OperatorTable = () => (
  <dl className={classes.table}>
    {[...otherMarks, ...operators].map(({ example, says }) => (
      <div key={example}>
        <dt>
          <code>{example}</code>
        </dt>
        <dd>{says}</dd>
      </div>
    ))}
  </dl>
)
