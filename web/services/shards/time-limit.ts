/** Milliseconds that a question may take. */
export const timeLimit = 10_000

export class QuestionTooSlow extends Error {
  override readonly message =
    `This took more than ${timeLimit / 1000} seconds, so it was stopped. Nothing else is affected. Narrow it with WHERE, or ask for fewer rows with LIMIT.`
}

export class QuestionStopped extends Error {
  override readonly message = 'You stopped it. Nothing else is affected.'
}

/**
 * What is asked, or the end of it: after the limit, or as soon as `signal` says so. SQLite hears nothing while it computes, so
 * whoever ends it has to `end` its worker.
 */
export const withinTime = <A>(asked: Promise<A>, signal: AbortSignal, end: () => void): Promise<A> =>
  new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
    const giveUp = (why: Error) => {
      settle() // what is ended is never answered
      end()
      reject(why)
    }
    const stop = () => giveUp(new QuestionStopped())
    const timer = setTimeout(() => giveUp(new QuestionTooSlow()), timeLimit)
    signal.addEventListener('abort', stop, { once: true })
    asked.then(
      (answer) => {
        settle()
        resolve(answer)
      },
      (error: unknown) => {
        settle()
        reject(error)
      },
    )
  })
