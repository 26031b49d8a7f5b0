import { statementIn } from '#proof/checkpoint.ts'
import type { ShardReport, VerifyStep } from '#web/services/history/verify-shard.ts'
import { ServerAway } from '#web/services/server.ts'

export const stepTitles: Readonly<Record<VerifyStep, string>> = {
  rebuild: 'Rebuilding the state from the log',
  server: 'Reading and verifying the server’s log',
  again: 'Rebuilding the state again',
  states: 'Comparing the states',
}

/** One calm sentence when nothing is wrong, with what it rests on. */
export const soundSentence = ({ overview, server, logs }: ShardReport): string => {
  const events = countOf(overview?.head ?? 0, 'event')
  if (server === undefined || server instanceof Error || server.verified === undefined)
    return `What is on this device is sound: ${events} make the state that it keeps and shows. The server’s log was not verified.`
  const { seq, serverKey } = server.verified
  const compared =
    logs === undefined || logs instanceof Error
      ? ''
      : `, equal on this device up to event ${logs.compared.toLocaleString()}`
  return `Nothing is wrong: ${events}${compared}; the last checkpoint is of event ${seq.toLocaleString()}, signed by the server’s key ${serverKey.slice(0, 8)}…`
}

export const serverSentence = ({ server }: ShardReport): string => {
  if (server === undefined) return 'Not looked at yet.'
  if (server instanceof ServerAway)
    return 'The server does not answer, so its chain and signatures were not verified. Everything else needs no network.'
  if (server instanceof Error) return `Not verified: ${server.message}`
  const { verification, verified } = server
  if (verified === undefined) return 'The server has no event of this persona yet.'
  const at = statementIn(verified.checkpoint)?.at
  const when = at === undefined ? '' : ` on ${new Date(at).toLocaleString()}`
  return `${countOf(verification.events, 'event')} read from the first to the last. The newest checkpoint is of event ${verified.seq.toLocaleString()}${when}, by the key ${verified.serverKey}.`
}

export const logsSentence = ({ logs, server, overview }: ShardReport): string => {
  if (logs === undefined) return server === undefined ? 'Not looked at yet.' : 'Not compared: the server was not read.'
  if (logs instanceof Error) return `Not compared: ${logs.message}`
  const waiting = overview === undefined ? 0 : overview.head - overview.confirmed
  const erased =
    logs.erased === 0 ? '' : ` ${countOf(logs.erased, 'of them', 'of them')} erased: nobody can read them any more.`
  const more = waiting === 0 ? '' : ` ${countOf(waiting, 'event')} of this device not with the server yet.`
  return `${countOf(logs.compared, 'event')} opened and held beside this device’s own.${erased}${more}`
}

export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString()} ${count === 1 ? one : many}`
