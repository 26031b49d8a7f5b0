/** What a worker is asked by each call, and what it answers. */
export type CallTable<Calls> = { readonly [Call in keyof Calls]: readonly [asked: unknown, answer: unknown] }

export type AskOf<Calls extends CallTable<Calls>> = {
  readonly [Call in keyof Calls]: {
    readonly call: Call
    readonly serial: number
    readonly asked: Calls[Call][0]
  }
}[keyof Calls]

type AnswerOf<Notice extends object> =
  | { readonly serial: number; readonly answer: unknown }
  | { readonly serial: number; readonly failure: string }
  | Notice

export interface WorkerCalls<Calls extends CallTable<Calls>, Told extends object = never> {
  readonly call: <Call extends keyof Calls>(
    call: Call,
    asked: Calls[Call][0],
    transfer?: Transferable[],
  ) => Promise<Calls[Call][1]>
  /** Heard at once, whatever it answers just then. */
  readonly notify: (told: Told) => void
  /** Ends it, in the middle of whatever it does. What was asked is never answered. */
  readonly end: () => void
}

type Thread = Pick<Worker, 'addEventListener' | 'postMessage' | 'terminate'>

/** A worker that somebody else started, at the other end of a channel: to end it is to leave it. */
export const threadBehind = (port: MessagePort): Thread => {
  port.start()
  return {
    // Errors are heard by whoever started it.
    addEventListener: (name: string, listener: never) => port.addEventListener(name, listener),
    postMessage: (said: unknown, transfer: never) => port.postMessage(said, transfer),
    terminate: () => port.close(),
  }
}

/** The page's side: asks, and hears the answers and what the worker says of itself. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what its messages are read as
export const callsTo = <Calls extends CallTable<Calls>, Notice extends object, Told extends object = never>(
  worker: Thread,
  unloadable: string,
  onNotice: (notice: Notice) => void,
): WorkerCalls<Calls, Told> => {
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>()
  let serials = 0

  worker.addEventListener('message', ({ data }: MessageEvent<AnswerOf<Notice>>) => {
    if (!('serial' in data)) return onNotice(data)
    const asker = waiting.get(data.serial)
    waiting.delete(data.serial)
    if ('failure' in data) asker?.reject(new Error(data.failure))
    // The worker answers each call with what the protocol says.
    else asker?.resolve(data.answer as never)
  })
  worker.addEventListener('error', ({ message }) => {
    const error = new Error(message || unloadable)
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  })

  return {
    call: (call, asked, transfer = []) =>
      new Promise((resolve, reject) => {
        const serial = serials++
        waiting.set(serial, { resolve, reject })
        worker.postMessage({ call, serial, asked }, transfer)
      }),
    notify: (told) => worker.postMessage(told, []),
    end: () => worker.terminate(),
  }
}

/** The worker's side: answers each call, one after the other, and hears what it is told meanwhile. `ports`: those transferred with a call. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what its messages are read as
export const answerCalls = <Ask extends { readonly serial: number }, Told extends object = never>(
  answerTo: (ask: Ask, ports: readonly MessagePort[]) => unknown,
  hear: (told: Told) => void = () => undefined,
  asker: Pick<MessagePort, 'addEventListener' | 'postMessage'> = self,
) => {
  let last: Promise<unknown> = Promise.resolve()
  const settle = async (ask: Ask, ports: readonly MessagePort[]) => {
    try {
      answer({ serial: ask.serial, answer: await answerTo(ask, ports) })
    } catch (error) {
      answer({ serial: ask.serial, failure: error instanceof Error ? error.message : String(error) })
    }
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it has one
  const answer = (said: AnswerOf<never>) => asker.postMessage(said)
  const isAsk = (said: Ask | Told): said is Ask => 'serial' in said
  asker.addEventListener('message', ({ data, ports }: MessageEvent<Ask | Told>) => {
    if (isAsk(data)) last = last.then(() => settle(data, ports))
    else hear(data)
  })
}

/** Of a worker, to the page that started it. */
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- it has one
export const tell = <Notice extends object>(said: AnswerOf<Notice>) => self.postMessage(said)
