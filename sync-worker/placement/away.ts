import { Data } from 'effect'
import type { Place } from '#sync-worker/placement.ts'
import { refuse } from '#sync-worker/refuse.ts'

/** What an object says that does not answer: its log went elsewhere, or is about to. */
export type Away = { readonly away: 'moved'; readonly to: Place } | { readonly away: 'moving' }

export const isAway = (said: unknown): said is Away => typeof said === 'object' && said !== null && 'away' in said

/** The same as an answer to a request. */
export const awayResponse = (away: Away): Response => {
  const response = refuse('StoreMoving', { 'Retry-After': '1' })
  response.headers.set(awayHeader, JSON.stringify(away))
  return response
}

export const awayIn = ({ headers }: Response): Away | undefined => {
  const said = headers.get(awayHeader)
  return said === null ? undefined : JSON.parse(said) // an object of ours wrote it
}

const awayHeader = 'x-pjai-away'

/** A move that does not end. The device tries again. */
export class StoreMoving extends Data.TaggedError('StoreMoving') {
  override get message() {
    return 'This store is being moved. Nothing is lost; it goes on in a moment.'
  }
}
