import type { PlannedDraft, Remark } from '#schema/imports/plan.ts'
import type { Stamp } from '#schema/shared/stamp.ts'
import type { ImportedRow, Proof, RowKind } from '#schema/stores/import-check.ts'
import type { KnownIds } from '#schema/stores/import-events.ts'
import type { AskOf } from './worker-calls.ts'

// What the page and the worker that reads files say to each other. Plans stay in the worker: the page gets what it
// shows, and the facts one by one.

export interface ChosenFile {
  readonly key: string
  readonly file: File
  /** Into this persona instead of the one the file names. */
  readonly intoPersonaId: string | null
}

/** A persona of the plan: all that the page shows and looks up. */
export interface PersonaOutline {
  readonly personaId: string
  readonly draft: PlannedDraft
  readonly formats: readonly string[]
  readonly fileKeys: readonly string[]
  readonly conversationIds: readonly string[]
  readonly messageIds: readonly string[]
  /** In which conversation each of them is. */
  readonly conversationOfMessages: readonly string[]
  readonly memoryIds: readonly string[]
}

export interface FileRefused {
  readonly fileName: string
  readonly reason: string
}

export interface PlanOutline {
  readonly personas: readonly PersonaOutline[]
  readonly rejected: readonly Remark[]
  readonly notes: readonly Remark[]
  /** Files that cannot be imported at all. */
  readonly refused: readonly FileRefused[]
}

export interface FactsWanted {
  readonly personaId: string
  readonly importId: string
  readonly stamp: Stamp
  readonly known: KnownIds
  /** For a persona that is new. */
  readonly name: string
}

/** One coarse fact, with the number of rows it brings. */
export interface NextFact {
  readonly fact: { readonly name: string; readonly args: unknown }
  readonly rows: number
}

/** Each call and what it answers. */
export interface ImportCalls {
  readonly plan: readonly [
    asked: { readonly files: readonly ChosenFile[]; readonly workspaceId: string; readonly now: Date },
    answer: PlanOutline,
  ]
  readonly begin: readonly [asked: FactsWanted, answer: null]
  readonly next: readonly [asked: null, answer: NextFact | null]
  readonly found: readonly [asked: { readonly kind: RowKind; readonly rows: readonly ImportedRow[] }, answer: null]
  readonly prove: readonly [asked: null, answer: Proof]
}

export interface ReadingProgress {
  readonly fileName: string
  readonly progress: number
}

export type Ask = AskOf<ImportCalls>
