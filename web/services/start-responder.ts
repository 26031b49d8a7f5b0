import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import { openPersona, type PersonaStore } from '#web/livestore/stores.ts'
import { makeQuestions } from './questions.ts'
import { makeReplies } from './replies.ts'
import { makeResponder } from './responder.ts'

export const questions = makeQuestions(localStorage)
export const replies = makeReplies()

const answerAll = makeResponder({
  questions,
  replies,
  openStore: openPersona,
  // What `openStore` gave comes back here.
  write: (store, decision) => execute(store as PersonaStore, decision),
  alone: (name, run) => navigator.locks.request(name, run),
  stampNow,
  clock: () => performance.now(),
  nextFrame: () => new Promise((resolve) => setTimeout(resolve, 32)),
  onError: (error) => console.error('The built-in responder could not answer.', error),
})

let started = false

/** Answers what is owed now, and from now on. Once a page. */
export const startResponder = () => {
  if (started) return
  started = true
  questions.subscribe(() => void answerAll())
  void answerAll()
}
