import { Link } from '@tanstack/react-router'

const place = 'Settings → Models'

/** Why an answer failed, and the way to where accounts, keys and limits are. */
export const FailureWords = ({ detail }: { readonly detail: string }) => {
  const [before = '', after] = detail.split(place, 2)
  return (
    <>
      {before}
      {after === undefined && ' '}
      <Link to="/settings" hash="models">
        {place}
      </Link>
      {after}
    </>
  )
}
