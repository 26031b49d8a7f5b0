import classes from './importance-bar.module.css'

/** 0–1 as a small bar; the number on hover and for screen readers. */
export const ImportanceBar = ({ importance }: { readonly importance: number }) => {
  const percent = Math.round(Math.max(0, Math.min(1, importance)) * 100)
  return (
    <span className={classes.bar} role="img" aria-label={`importance ${percent} %`} title={`Importance ${percent} %`}>
      <span className={classes.fill} style={{ inlineSize: `${percent}%` }} />
    </span>
  )
}
