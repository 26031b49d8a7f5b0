import { Option, Schema } from 'effect'
import type { Presence } from '#sealing/presence.ts'

/** As much of a WebSocket as is used. */
export interface Line {
  readonly send: (text: string) => void
  readonly close: () => void
}

export interface LineEvents {
  readonly opened: () => void
  readonly said: (data: unknown) => void
  readonly ended: () => void
}

interface Shell {
  readonly dial: (events: LineEvents) => Line
  readonly seal: (presence: Presence) => Promise<string>
  readonly open: (text: string) => Promise<Presence | undefined>
  /** Told all who are here, at every change. */
  readonly show: (others: readonly Presence[]) => void
}

/**
 * Says that this device is here, and hears who else is, until it leaves. A line that ends is dialled again after a
 * pause. Whoever is here says so again every minute; who has not for two and a half has gone without a word.
 */
export const joinPresence = ({ dial, seal, open, show }: Shell) => {
  const heard = new Map<string, { readonly presence: Presence; readonly at: number }>()
  let line: Line | undefined
  let isOpen = false
  let own: Presence | undefined
  let failures = 0
  let hearing = Promise.resolve()
  let speaking: ReturnType<typeof setTimeout> | undefined
  let redialling: ReturnType<typeof setTimeout> | undefined

  const tellPage = () => show([...heard.values()].map(({ presence }) => presence))

  const speak = async () => {
    const [said, on] = [own, line]
    if (said === undefined || on === undefined || !isOpen) return
    const text = await seal(said)
    if (own === said && line === on && isOpen) on.send(text)
  }

  const hear = async ({ id, said }: typeof News.Type) => {
    const presence = said === null ? undefined : await open(said)
    if (presence === undefined) heard.delete(id)
    else heard.set(id, { presence, at: Date.now() })
    tellPage()
  }

  const connect = () => {
    const dialled = dial({
      opened: () => {
        isOpen = true
        failures = 0
        void speak()
      },
      said: (data) => {
        const news = decodeNews(data)
        // One after the other: what was said first is heard first.
        if (Option.isSome(news)) hearing = hearing.then(() => (line === dialled ? hear(news.value) : undefined))
      },
      ended: () => {
        if (line !== dialled) return
        hangUp()
        redialling = setTimeout(connect, pauseAfter(failures++))
      },
    })
    line = dialled
  }

  const hangUp = () => {
    line?.close()
    line = undefined
    isOpen = false
    heard.clear()
    tellPage()
  }

  const again = setInterval(() => {
    for (const [id, { at }] of heard) if (Date.now() - at > goneAfter) heard.delete(id)
    tellPage()
    void speak()
  }, sayAgainEvery)

  connect()
  return {
    /** Going through a list says no more than where one stays. */
    say: (presence: Presence) => {
      own = presence
      clearTimeout(speaking)
      speaking = setTimeout(() => void speak(), 500)
    },
    leave: () => {
      clearInterval(again)
      clearTimeout(speaking)
      clearTimeout(redialling)
      hangUp()
    },
  }
}

/** Each device once, however many tabs it has, as it was heard last; this one left out. By who and where, not by who moved. */
export const othersAmong = (
  here: readonly Presence[],
  { deviceId }: Pick<Presence, 'deviceId'>,
): readonly Presence[] => {
  const byDevice = new Map<string, Presence>()
  for (const presence of here) {
    const known = byDevice.get(presence.deviceId)
    if (presence.deviceId !== deviceId && (known === undefined || known.since <= presence.since))
      byDevice.set(presence.deviceId, presence)
  }
  return [...byDevice.values()].toSorted((a, b) => (a.deviceId < b.deviceId ? -1 : 1))
}

const News = Schema.Struct({ id: Schema.String, said: Schema.NullOr(Schema.String) })
const decodeNews = Schema.decodeUnknownOption(Schema.parseJson(News))

const sayAgainEvery = 60_000
const goneAfter = 150_000

/** 2 s, 4 s … 2 min. */
const pauseAfter = (failures: number) => Math.min(2000 * 2 ** failures, 120_000)
