import { Data } from 'effect'

export class TaskNotFound extends Data.TaggedError('TaskNotFound') {
  override readonly message = 'This task is not here. It may still be arriving from another device.'
}

export class TaskHasEnded extends Data.TaggedError('TaskHasEnded') {
  override readonly message = 'This has ended already.'
}

export class TooManyModels extends Data.TaggedError('TooManyModels')<{ readonly limit: number }> {
  override get message() {
    return `An order holds at most ${this.limit} models.`
  }
}
